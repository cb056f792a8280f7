# SPDX-License-Identifier: AGPL-3.0-or-later
"""A flood of one application is one row for intake; it hides nobody in danger and refuses nobody."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from tests.cast import PROFILE, Applicant, Office
from tests.clock import TODAY
from tests.core.linkage.test_alike import prose
from tests.moments import Moment
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases import selectors, services
from watchword.cases.models import Case, Likeness, SketchSheet
from watchword.cases.parcels import ParcelEntry
from watchword.cases.rules import COMPARING, LEAST_SHORT
from watchword.cases.selectors.alike import alike_of
from watchword.cases.services.sketches import hold_sheet, open_sheet
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.core.sealing.seal import seal
from watchword.journal.events import Event
from watchword.journal.selectors import counts, timeline
from watchword.trust import installed
from watchword.vault import bodies
from watchword.vault.models import SealedRecord

FLOOD = prose(1)
STRANGER = prose(2)
PRESCREEN = PROFILE.questionnaire.section("prescreen")
CONTACT = PROFILE.questionnaire.contact


def sent(organisation: Organisation, text: str, *, minutes: int = 0, danger: str = "no") -> Case:
    """An application with this text in its free answer, received so many minutes after the test began."""
    dov = Applicant(organisation, danger=danger)
    first = dov.section(CONTACT, card="", found_where="")
    brief = dov.section(PRESCREEN, languages=text, citizenships="", country="")
    parcel = dov.parcel("application", dov.meta(), first, brief)
    now = organisation.now + timedelta(minutes=minutes)
    return services.open_case(parcel=parcel, actor=courier_actor(organisation.now), now=now)


def compare(organisation: Organisation, who: str = "iris", most: int = 100) -> services.Compared:
    return services.compare_next(actor=organisation.actor(who), now=organisation.now, most=most)


def listed(organisation: Organisation, who: str = "iris") -> list[tuple[str, int]]:
    """The rows of the list, and how many applications each stands for."""
    rows = selectors.case_list(viewer=organisation.actor(who), today=TODAY).rows
    return [(row.code, row.alike.behind if row.alike else 1) for row in rows]


def codes(cases: Iterable[Case]) -> list[tuple[str, int]]:
    return [(case.code, 1) for case in cases]


def openings(case: Case) -> list[str]:
    moments = timeline(case.uid)
    return [str(one.payload["purpose"]) for one in moments if one.event is Event.COMPARTMENT_OPEN]


@pytest.fixture
def flood(organisation: Organisation) -> list[Case]:
    """Three copies that are padded and out of order; the first of them came first of all."""
    moment, words = Moment(organisation, "flood"), FLOOD.split()
    flood: list[Case] | None = moment.put_back()
    if flood is None:
        flood = [
            sent(
                organisation, " ".join([*words[n * 20 :], *words[: n * 20], prose(30 + n, 6)]), minutes=2 * n
            )
            for n in range(3)
        ]
        organisation.actor("iris")
        moment.keep(flood)
    return [Case.objects.get(pk=case.pk) for case in flood]


def test_padded_and_reordered_copies_are_one_row_in_the_place_of_the_earliest(
    organisation: Organisation, flood: list[Case]
) -> None:
    """And nothing else follows (law 6): nobody is refused, moved or answered, whatever a machine finds."""
    honest = sent(organisation, STRANGER, minutes=1)
    before = list(Case.objects.order_by("pk").values())
    assert compare(organisation) == services.Compared(done=4, left=0, unread=0)
    assert list(Case.objects.order_by("pk").values()) == before
    assert not any(case.letters.exists() for case in flood)
    iris = organisation.actor("iris")
    assert listed(organisation) == [(flood[0].code, 3), (honest.code, 1)]
    at_home = selectors.steps_waiting_for(iris, today=organisation.now.date())
    assert [row.code for row in at_home.later.rows] == [flood[0].code, honest.code]
    page = selectors.group_page(flood[2].code, viewer=iris, number=1)
    assert [one.code for one in page.members] == [case.code for case in flood]
    assert all(50 < one.agree <= 100 for one in page.members)
    Case.objects.filter(pk=flood[1].pk).update(keeper=organisation.staff["hugo"])
    somebody_works_on_it = (flood[1].code, 1)
    assert listed(organisation) == [(flood[0].code, 2), (honest.code, 1), somebody_works_on_it]


def test_a_case_in_danger_is_never_behind_another(organisation: Organisation, flood: list[Case]) -> None:
    """Danger that nobody has read yet counts as well: the comparison sees it and puts the case forward.

    A flood that declares danger in every copy hides nobody either, itself included.
    """
    danger = [sent(organisation, FLOOD, minutes=60 + n, danger="yes") for n in range(2)]
    compare(organisation)
    assert listed(organisation) == [*codes(danger), (flood[0].code, 3)]
    *_, row = selectors.case_list(viewer=organisation.actor("iris"), today=TODAY).rows
    assert row.alike is not None
    assert (row.alike.size, row.alike.danger) == (5, 2)
    page = organisation.browser("iris").get("/cases/").content.decode()
    assert "2 more in danger" in page
    assert "one of 5 that are alike" in page
    case = organisation.browser("iris").get(f"/case/{danger[0].code}/").content.decode()
    assert "one of 5 that are alike" in case


def test_whoever_may_not_compare_neither_starts_it_nor_sees_it(
    organisation: Organisation, flood: list[Case]
) -> None:
    compare(organisation)
    for who in ("ada", "sofia", "ben", "aud", "petro"):
        actor = organisation.actor(who)
        with pytest.raises(NotPermitted):
            compare(organisation, who)
        with pytest.raises(NotPermitted):
            selectors.alike_page(viewer=actor)
        with pytest.raises((NotFound, NotPermitted)):
            selectors.group_page(flood[0].code, viewer=actor, number=1)
        with pytest.raises((NotFound, NotPermitted)):
            services.set_apart(case_uid=flood[0].uid, actor=actor, now=organisation.now)
        assert alike_of(flood, viewer=actor) == {}


def test_a_case_to_which_i_have_a_tie_is_neither_opened_nor_counted_for_me(
    organisation: Organisation, flood: list[Case]
) -> None:
    """Law 4, also where the tie is to the first of the group."""
    Office(organisation, flood[0].uid).tie("iris")
    assert compare(organisation).done == 2
    assert openings(flood[0]) == []
    assert listed(organisation) == [(flood[1].code, 2)]


def test_what_was_only_compared_was_read_by_nobody(organisation: Organisation) -> None:
    """An exit that needs the first answers to be read stays shut."""
    case = sent(organisation, STRANGER)
    compare(organisation)
    assert set(openings(case)) == {COMPARING}
    assert selectors.case_facts(case, now=organisation.now).opened == frozenset()
    page = organisation.browser("iris").get(f"/case/{case.code}/").content.decode()
    assert "Compared with other applications" in page
    Office(organisation, case.uid).open("iris", "routing")
    page = organisation.browser("iris").get(f"/case/{case.code}/").content.decode()
    assert "Opened: First answers" in page, "the reading is told beside the comparison"
    assert selectors.case_facts(case, now=organisation.now).opened == {"routing"}


def test_a_run_goes_on_where_it_stopped_and_opens_nothing_twice(
    organisation: Organisation, flood: list[Case]
) -> None:
    late = sent(organisation, STRANGER, minutes=90)
    assert compare(organisation, most=2) == services.Compared(done=2, left=2, unread=0)
    assert listed(organisation)[0] == (flood[0].code, 2)
    compare(organisation, most=2)
    assert listed(organisation) == [(flood[0].code, 3), (late.code, 1)]
    assert all(len(openings(case)) == 2 for case in [*flood, late])
    with pytest.raises(WrongState):
        compare(organisation)
    sheets = SealedRecord.objects.filter(case=SketchSheet.objects.get().uid)
    assert [bool(one.header) for one in sheets.order_by("revision")] == [False, True], "the older one is gone"
    assert counts()[Event.ALIKE_COMPARE] == 2
    assert organisation.audit().ok


def test_a_run_killed_before_it_kept_a_batch_leaves_nothing_half_done(
    organisation: Organisation, flood: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was opened stays in the ledger: it was opened."""
    monkeypatch.setattr("watchword.cases.services.sketches.seal_sheet", killed)
    with pytest.raises(KeyboardInterrupt):
        compare(organisation)
    assert not Likeness.objects.exists()
    assert all(openings(case) == [COMPARING] * 2 for case in flood)
    monkeypatch.undo()
    assert compare(organisation).done == 3
    assert listed(organisation) == [(flood[0].code, 3)]


def killed(*_args: object, **_named: object) -> None:
    raise KeyboardInterrupt


def test_two_who_compare_at_once_do_not_overwrite_each_other(
    organisation: Organisation, flood: list[Case]
) -> None:
    """The second finds that the sheet which she has opened is no longer the one in force."""
    organisation.enrol("ivo", "intake")
    opened = open_sheet(actor=organisation.actor("iris"), now=organisation.now)
    with pytest.raises(WrongState):
        compare(organisation, "ivo")  # nobody has handed him the key: he opens nothing and keeps nothing
    compare(organisation, most=2)
    with pytest.raises(WrongState, match="Somebody else"), transaction.atomic():
        hold_sheet(opened)
    assert listed(organisation)[0] == (flood[0].code, 2)


def test_later_copies_join_the_group_of_an_earlier_run(organisation: Organisation, flood: list[Case]) -> None:
    compare(organisation)
    sent(organisation, FLOOD, minutes=500)
    compare(organisation)
    assert listed(organisation) == [(flood[0].code, 4)]


def test_not_the_same_sticks(organisation: Organisation, flood: list[Case]) -> None:
    """Also when the sheet is lost and everything is compared again."""
    compare(organisation)
    iris, now = organisation.actor("iris"), organisation.now
    services.set_apart(case_uid=flood[2].uid, actor=iris, now=now)
    with pytest.raises(WrongState, match="by itself"):
        services.set_apart(case_uid=flood[2].uid, actor=iris, now=now)
    assert listed(organisation) == [(flood[0].code, 2), (flood[2].code, 1)]
    assert timeline(flood[2].uid)[-1].event is Event.ALIKE_PART
    damage_sheet()
    sent(organisation, STRANGER, minutes=400)
    while selectors.alike_page(viewer=iris).waiting:
        compare(organisation)
    assert listed(organisation)[:2] == [(flood[0].code, 2), (flood[2].code, 1)]


def damage_sheet() -> None:
    record = SealedRecord.objects.get(pk=SketchSheet.objects.get().record)
    bodies.path_of(record.body_sha256).unlink()


def test_a_sheet_that_cannot_be_read_is_made_anew_from_the_applications(
    organisation: Organisation, flood: list[Case]
) -> None:
    compare(organisation)
    damage_sheet()
    sent(organisation, FLOOD, minutes=500)
    assert compare(organisation).done == 1
    assert selectors.alike_page(viewer=organisation.actor("iris")).waiting == 3
    compare(organisation)
    assert [behind for _, behind in listed(organisation)] == [4]


def test_short_answers_are_alike_only_when_very_many_give_exactly_the_same(
    organisation: Organisation,
) -> None:
    honest = [sent(organisation, "русский", minutes=n) for n in range(2)]
    other = sent(organisation, "русский и грузинский", minutes=2)
    compare(organisation)
    assert listed(organisation) == codes([*honest, other])
    Likeness.objects.filter(case=honest[1]).delete()
    copied = [Case(uid=f"{n:032x}", code=f"WW-T{n}") for n in range(LEAST_SHORT - 2)]
    for case in copied:
        blank = Case.objects.get(pk=honest[0].pk)
        blank.pk, blank.code, blank.received = case.uid, case.code, other.received
        blank.save(force_insert=True)
        Likeness.objects.create(case=blank, first=honest[0], agree=100, short=True)
    assert len(listed(organisation)) == LEAST_SHORT + 1, "nineteen are not twenty"
    compare(organisation)
    assert listed(organisation) == [(honest[0].code, LEAST_SHORT), (other.code, 1)]


def test_what_was_sealed_by_hand_is_compared_with_what_came_through_the_form(
    organisation: Organisation, flood: list[Case]
) -> None:
    dov, now = Applicant(organisation), organisation.now
    readers = installed.current().recipients(PROFILE.compartment("routing").readers)
    by_hand = ParcelEntry("routing", "by-hand", 90, seal(FLOOD.encode(), readers))
    parcel = dov.parcel("application", dov.meta(), by_hand)
    services.open_case(parcel=parcel, actor=courier_actor(now), now=now)
    compare(organisation)
    assert [behind for _, behind in listed(organisation)] == [4]


def test_one_altered_application_stands_by_itself_and_holds_up_nobody(
    organisation: Organisation, flood: list[Case]
) -> None:
    record = SealedRecord.objects.get(case=flood[1].uid, kind="section:prescreen")
    bodies.path_of(record.body_sha256).unlink()
    assert compare(organisation) == services.Compared(done=3, left=0, unread=1)
    assert listed(organisation) == [(flood[0].code, 2), (flood[1].code, 1)]


def test_no_word_and_no_sketch_lies_in_clear_after_a_run(
    organisation: Organisation, flood: list[Case]
) -> None:
    """Canaries: a word of the text, its mark, and the sketch that the sealed sheet holds."""
    compare(organisation)
    kept = open_sheet(actor=organisation.actor("iris"), now=organisation.now).sheet
    (sketch,) = kept.sketches.values()
    canaries = [FLOOD.split()[5].encode(), FLOOD[:20].encode(), kept.key, sketch.whole, sketch.slots[:12]]
    stored = b"".join(
        path.read_bytes() for path in Path(settings.WATCHWORD_VAULT_DIR).rglob("*") if path.is_file()
    )
    stored += everything_in_the_database()
    assert [canary for canary in canaries if canary in stored or canary.hex().encode() in stored] == []


def everything_in_the_database() -> bytes:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += [
                    bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row
                ]
    return b"\n".join(found)


def test_the_sheet_goes_when_a_case_is_erased_that_it_may_speak_of(
    organisation: Organisation, flood: list[Case]
) -> None:
    compare(organisation)
    sheet = SealedRecord.objects.get(pk=SketchSheet.objects.get().record)
    organisation.now += timedelta(days=1)
    Case.objects.filter(pk=flood[0].pk).update(
        stage="withdrawn", closed_at=organisation.now - timedelta(days=900)
    )
    for who, act in (("ada", services.ask_erasure), ("iris", services.erase_case)):
        act(case_uid=flood[0].uid, actor=organisation.actor(who), now=organisation.now)
    sheet.refresh_from_db()
    assert bytes(sheet.header) == b""
    assert not Likeness.objects.filter(case=flood[0]).exists()
    assert selectors.alike_page(viewer=organisation.actor("iris")).waiting == 2
    compare(organisation)
    assert listed(organisation) == [(flood[1].code, 2)]


def test_the_pages_work_without_scripts(organisation: Organisation, flood: list[Case]) -> None:
    iris = organisation.browser("iris")
    assert "0 of 3 applications" in iris.get("/cases/alike/").content.decode()
    page = iris.post("/cases/alike/compare/", follow=True).content.decode()
    assert "3 applications compared." in page
    assert "3 applications are nearly the same" in iris.get("/cases/").content.decode()
    group = iris.get(f"/case/{flood[2].code}/alike/").content.decode()
    assert "of 100 parts of the text agree" in group
    after = iris.post(f"/case/{flood[0].code}/alike/apart/", follow=True).content.decode()
    assert f"{flood[0].code} stands by itself" in after
    assert "2 applications are nearly the same" in after
    assert iris.get(f"/case/{flood[0].code}/alike/").status_code == 404
