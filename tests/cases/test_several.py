# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same for several cases: never to one that is not theirs, never twice, never what nobody looked at."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Applicant, Office, case_in
from tests.organisation import Organisation
from watchword.accounts.rules import Actor
from watchword.cases import selectors, services
from watchword.cases.models import Batch, BatchCase, Case, Letter, Offer, Task
from watchword.cases.rules import several as law
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.journal.events import Event
from watchword.journal.selectors import timeline

READY = "message/longer"


def code(case: str) -> str:
    return Case.objects.values_list("code", flat=True).get(pk=case)


def kept_by_ada(organisation: Organisation, count: int) -> list[Office]:
    """One with a past of its own, and bare rows beside it that share its mailbox."""
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    first = Case.objects.get(pk=office.case)
    rows = []
    for number in range(1, count):
        rows.append(copy(first))
        rows[-1].uid, rows[-1].code = f"{number:032x}", f"WW-SAME-{number:02d}"
    Case.objects.bulk_create(rows)
    return [office, *(Office(organisation, row.uid) for row in rows)]


def begun(actor: Actor, act: str, offices: Sequence[Office], **arranged: Any) -> str:
    """Chosen and arranged; ``arranged``: what the act takes besides."""
    codes = [code(one.case) for one in offices]
    now = offices[0].organisation.now
    batch = services.choose_several(codes, act=act, actor=actor, now=now).uid
    arrange: Mapping[str, Callable[..., None]] = {
        law.HAND: services.arrange_hand_over,
        law.LETTER: services.arrange_letter,
        law.TASK: services.arrange_task,
    }
    arrange[act](batch_uid=batch, actor=actor, **arranged)
    return batch


def agree(actor: Actor, batch: str, office: Office, reason: str = "") -> None:
    """Yes to one case, as it stands now."""
    asked = selectors.asked_case(batch, code(office.case), viewer=actor, language="en")
    services.answer_of_case(
        batch_uid=batch, code=asked.code, agreed=True, reason=reason, seen=asked.seen, actor=actor
    )


def done(organisation: Organisation, actor: Actor, batch: str) -> dict[str, str]:
    """Carry it out; what became of each case."""
    services.carry_out(batch_uid=batch, actor=actor, now=organisation.now)
    return {row.case_id: row.outcome for row in BatchCase.objects.filter(batch=batch)}


def sent(office: Office) -> int:
    return Letter.objects.filter(case=office.case, direction="out", kind="message").count()


def test_a_case_that_is_not_theirs_is_no_case_in_a_selection_either(organisation: Organisation) -> None:
    mine, hugos = kept_by_ada(organisation, 1)[0], case_in(organisation, "checks")[1]
    hugos.keep("hugo")
    ada, now = organisation.actor("ada"), organisation.now
    for strange in ([code(hugos.case)], ["WW-AAAA-00"], []):
        with pytest.raises(WrongState, match="No case is chosen"):
            services.choose_several(strange, act=law.TASK, actor=ada, now=now)
    batch = services.choose_several(
        [code(hugos.case), code(mine.case), "WW-AAAA-00"], act=law.TASK, actor=ada, now=now
    )
    assert [row.case_id for row in batch.cases.all()] == [mine.case]
    with pytest.raises(NotPermitted):
        services.choose_several([code(mine.case)], act=law.LETTER, actor=organisation.actor("sofia"), now=now)
    for who in ("hugo", "iris", "olha"):
        with pytest.raises(NotFound):
            selectors.batch_page(batch.uid, viewer=organisation.actor(who), today=now.date())
        with pytest.raises(NotFound):
            services.carry_out(batch_uid=batch.uid, actor=organisation.actor(who), now=now)


def test_letters_go_to_those_alone_that_were_looked_at_and_have_not_changed(
    organisation: Organisation,
) -> None:
    written, left_out, looked, moved, unseen = offices = kept_by_ada(organisation, 5)
    ada = organisation.actor("ada")
    batch = begun(ada, law.LETTER, offices, letter=READY)
    for office in (looked, written, moved):
        agree(ada, batch, office)
    services.answer_of_case(batch_uid=batch, code=code(left_out.case), agreed=False, actor=ada)
    Applicant(organisation, case=written.case).answer("Please wait.", compartment="story")
    Case.objects.filter(pk=moved.case).update(stage="board")
    Case.objects.filter(pk=moved.case).update(keeper=organisation.staff["hugo"])
    outcomes = done(organisation, ada, batch)
    assert outcomes == {
        looked.case: "done",
        left_out.case: "",
        written.case: "refused",
        moved.case: "refused",
        unseen.case: "",
    }
    assert [sent(one) for one in offices] == [0, 0, 1, 0, 0]
    page = selectors.batch_page(batch, viewer=ada, today=organisation.now.date())
    reasons = {line.code: str(line.why_not) for line in page.lines if line.outcome == "refused"}
    assert "Look at it again" in reasons[code(written.case)]
    assert "any more" in reasons[code(moved.case)]


def test_what_was_looked_at_before_it_changed_is_not_agreed_to(organisation: Organisation) -> None:
    (office,) = kept_by_ada(organisation, 1)
    ada = organisation.actor("ada")
    batch = begun(ada, law.LETTER, [office], letter=READY)
    seen = selectors.asked_case(batch, code(office.case), viewer=ada, language="en").seen
    office.write("ada", "message", message="Something else.")
    with pytest.raises(WrongState, match="changed"):
        services.answer_of_case(batch_uid=batch, code=code(office.case), agreed=True, seen=seen, actor=ada)


def test_who_looks_is_told_that_this_letter_went_out_before(organisation: Organisation) -> None:
    _, office = case_in(organisation, "questionnaire")
    _, fresh = case_in(organisation, "prescreen")
    iris = organisation.actor("iris")
    batch = begun(iris, law.LETTER, [office, fresh], letter="countersign/")
    asked = [
        selectors.asked_case(batch, code(one.case), viewer=iris, language="en") for one in (office, fresh)
    ]
    assert [bool(one.sent_before) for one in asked] == [True, False]


def test_sent_twice_or_after_a_crash_each_is_done_once(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine stops in the middle of the second case: the first is done, and the others wait."""
    offices = kept_by_ada(organisation, 3)
    ada = organisation.actor("ada")
    batch = begun(ada, law.LETTER, offices, letter=READY)
    for office in offices:
        agree(ada, batch, office)
    stored = BatchCase.save

    def stops(row: BatchCase, *, update_fields: Sequence[str]) -> None:
        if row.case_id == offices[1].case:
            raise SystemExit
        stored(row, update_fields=update_fields)

    with monkeypatch.context() as patch:
        patch.setattr(BatchCase, "save", stops)
        with pytest.raises(SystemExit):
            done(organisation, ada, batch)
    assert [sent(one) for one in offices] == [1, 0, 0]
    (waiting,) = selectors.unfinished(ada)
    assert waiting.uid == batch
    for _ in range(2):
        assert set(done(organisation, ada, batch).values()) == {"done"}
        assert [sent(one) for one in offices] == [1, 1, 1]
    assert selectors.unfinished(ada) == []


def test_two_officers_do_not_write_the_same_letter_to_one_case(organisation: Organisation) -> None:
    (office,) = kept_by_ada(organisation, 1)
    office.ask("ada", "hugo")
    people = [organisation.actor(who) for who in ("ada", "hugo")]
    batches = [begun(who, law.LETTER, [office], letter=READY) for who in people]
    for who, batch in zip(people, batches, strict=True):
        agree(who, batch, office)
    outcomes = [
        done(organisation, who, batch)[office.case] for who, batch in zip(people, batches, strict=True)
    ]
    assert outcomes == ["done", "refused"]
    assert sent(office) == 1


def test_cases_are_offered_with_a_reason_and_never_to_somebody_with_a_tie(organisation: Organisation) -> None:
    free, tied, offered = offices = kept_by_ada(organisation, 3)
    tied.ask("ada", "hugo")
    tied.tie("hugo")
    ada, hugo = organisation.actor("ada"), organisation.staff["hugo"].uid
    batch = begun(ada, law.HAND, offices, staff_id=hugo)
    with pytest.raises(WrongState, match="why you hand"):
        agree(ada, batch, free)
    for office in offices:
        agree(ada, batch, office, "away")
    services.offer_case(
        case_uid=offered.case, staff_id=organisation.staff["lena"].uid, actor=ada, now=organisation.now
    )
    assert done(organisation, ada, batch) == {
        free.case: "done",
        tied.case: "refused",
        offered.case: "refused",
    }
    made = Offer.objects.get(case=free.case)
    assert (made.to_id, made.reason, made.outcome) == (hugo, "away", "")
    assert Case.objects.get(pk=free.case).keeper_id == ada.id, "until it is accepted"
    (told,) = [moment for moment in timeline(free.case) if moment.event is Event.CASE_OFFER]
    assert told.payload["reason"] == "away"


def test_a_task_for_each_keeper_is_set_in_the_cases_that_have_one(organisation: Organisation) -> None:
    (kept,) = kept_by_ada(organisation, 1)
    _, nobodys = case_in(organisation, "prescreen")
    day = organisation.now.date() + timedelta(days=3)
    iris, ada = organisation.actor("iris"), organisation.actor("ada")
    said = {"kind": "look", "mine": False, "due": day, "remind": None}
    assert set(done(organisation, ada, begun(ada, law.TASK, [kept], **said)).values()) == {"done"}
    assert Task.objects.get(case=kept.case).given_to_id == ada.id
    assert set(done(organisation, iris, begun(iris, law.TASK, [nobodys], **said)).values()) == {"refused"}
    mine = begun(iris, law.TASK, [nobodys], **(said | {"mine": True}))
    assert set(done(organisation, iris, mine).values()) == {"done"}


@pytest.mark.parametrize("who", ["ada", "iris"])
def test_no_letter_that_ends_a_case_or_leaves_a_blank_goes_to_several(
    organisation: Organisation, who: str
) -> None:
    (office,) = kept_by_ada(organisation, 1)
    if who == "iris":
        _, office = case_in(organisation, "prescreen")
    actor = organisation.actor(who)
    batch = services.choose_several([code(office.case)], act=law.LETTER, actor=actor, now=organisation.now)
    offered = {letter for letter, _ in selectors.letters_for(batch.uid, viewer=actor)}
    assert READY in offered
    assert not {
        one for one in offered if one.partition("/")[0] in {"closed", "held", "redirected", "question"}
    }
    assert ("countersign/" in offered) is (who == "iris")
    with pytest.raises(WrongState, match="Choose a letter"):
        services.arrange_letter(batch_uid=batch.uid, letter="closed/", actor=actor)


def test_the_pages_lead_from_ticked_rows_to_a_line_for_each_case(organisation: Organisation) -> None:
    offices = kept_by_ada(organisation, 2)
    codes = [code(one.case) for one in offices]
    browser = organisation.browser("ada")
    page = browser.get("/cases/").content.decode()
    assert all(f'name="case" value="{one}"' in page for one in codes)
    assert browser.post("/cases/several/", {"act": "letter"}).status_code == 409
    begun_at = browser.post("/cases/several/", {"case": [*codes, "WW-AAAA-00"], "act": "letter"})["Location"]
    assert browser.post(begun_at, {"letter": "closed/"}).status_code == 422
    asking = browser.post(begun_at, {"letter": READY}, follow=True).content.decode()
    assert "Нам потрібно більше часу" in asking, "as the applicant will read it"
    assert "We need more time" in asking, "and as its sender can"
    for one in codes:
        seen = selectors.asked_case(
            Batch.objects.get().uid, one, viewer=organisation.actor("ada"), language="en"
        ).seen
        browser.post(f"{begun_at}answer/", {"code": one, "seen": seen})
    before = browser.get(begun_at).content.decode()
    assert "Do it to 2 cases now" in before
    for _ in range(2):
        after = browser.post(f"{begun_at}do/", follow=True).content.decode()
        assert after.count(">done<") == 2
    assert [sent(one) for one in offices] == [1, 1]
