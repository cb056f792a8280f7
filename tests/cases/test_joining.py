# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two cases of one person: joined by two officers, known and opened together, and parted without a trace."""

from collections.abc import Iterator
from copy import copy

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Applicant, Office, case_in, stage_of
from tests.clock import TODAY
from tests.moments import Moment
from tests.organisation import CAST, Organisation
from watchword.cases import rules, selectors, services
from watchword.cases.models import Case, EvidenceMark, Joining, Letter
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.vault.models import SealedRecord


def code(office: Office) -> str:
    return Case.objects.get(pk=office.case).code


def propose(case: Office, leading: Office, who: str = "ada") -> Joining:
    organisation = case.organisation
    return services.propose_joining(
        code=code(case), leading=code(leading), actor=organisation.actor(who), now=organisation.now
    )


def propose_parting(case: Office, who: str = "ada") -> Joining:
    organisation = case.organisation
    return services.propose_parting(code=code(case), actor=organisation.actor(who), now=organisation.now)


def confirm(case: Office, who: str = "hugo") -> None:
    organisation = case.organisation
    services.confirm_joining(code=code(case), actor=organisation.actor(who), now=organisation.now)


def drop(case: Office, who: str = "hugo") -> None:
    organisation = case.organisation
    services.drop_joining(code=code(case), actor=organisation.actor(who), now=organisation.now)


@pytest.fixture
def two(organisation: Organisation) -> tuple[Applicant, Office, Office]:
    """Ada keeps two cases of the same person, and Hugo helps in both; the first goes on in the second."""
    moment = Moment(organisation, "two to be joined")
    held: tuple[Applicant, str, str] | None = moment.put_back()
    if held is None:
        dov, case = case_in(organisation, "checks")
        _, leading = case_in(organisation, "checks")
        for office in (case, leading):
            office.keep("ada")
            office.ask("ada", "hugo")
        held = dov, case.case, leading.case
        moment.keep(held)
    dov, case_uid, leading_uid = copy(held[0]), *held[1:]
    dov.organisation = organisation
    return dov, Office(organisation, case_uid), Office(organisation, leading_uid)


def contents() -> dict[str, object]:
    """What must be neither copied nor lost."""
    return {
        "records": set(SealedRecord.objects.values_list("uid", "case", "kind", "revision")),
        "letters": set(Letter.objects.values_list("uid", "case")),
        "marks": set(EvidenceMark.objects.values_list("pk", "case")),
        "cases": set(Case.objects.values_list("uid", "stage", "keeper", "mailbox_recipient", "closed_at")),
    }


Two = tuple[Applicant, Office, Office]


def test_two_are_joined_by_two_people_and_parted_by_two_as_they_were(two: Two) -> None:
    _, case, leading = two
    before = contents()
    propose(case, leading)
    waiting = {who: selectors.joinings_waiting_for(case.organisation.actor(who)).rows for who in CAST}
    assert {who: [row.url for row in rows] for who, rows in waiting.items() if rows} == {
        "hugo": [f"/case/{code(case)}/join/"]
    }
    with pytest.raises(NotPermitted, match="somebody else"):
        confirm(case, "ada")
    confirm(case)
    assert Case.objects.get(pk=case.case).standing().continued_in == code(leading)
    assert contents() == before
    propose_parting(case, "hugo")
    with pytest.raises(NotPermitted, match="somebody else"):
        confirm(case, "hugo")
    confirm(case, "ada")
    assert Case.objects.get(pk=case.case).continued_in is None
    assert contents() == before
    joins = {Event.CASE_JOIN_PROPOSE, Event.CASE_JOIN}
    for one in (case, leading):
        told = [moment.event for moment in timeline(one.case) if moment.event in joins]
        assert told == [Event.CASE_JOIN_PROPOSE, Event.CASE_JOIN] * 2
    assert case.organisation.audit().ok


def told_events(office: Office) -> list[str]:
    return [moment.event.value for moment in timeline(office.case)]


def test_joined_cases_are_opened_told_and_written_to_together(two: Two) -> None:
    dov, case, leading = two
    propose(case, leading)
    confirm(case)
    opened = leading.open("ada", "story")
    assert {piece.code for piece in opened.pieces} == {code(case), code(leading)}
    assert "compartment.open" in told_events(case), "the opening is in the file of the case that was opened"
    # Both mailboxes go on working, in both directions.
    dov.answer("It is me again.", compartment="story")
    page = selectors.case_page(
        code(leading), viewer=leading.organisation.actor("ada"), now=leading.organisation.now
    )
    assert code(case) in {letter.code for letter in page.letters if letter.unread}
    assert [row.code for row in page.timeline if row.code], "what happened in the other case is told here"
    assert page.joined.continues == (code(case),)
    case.write("ada", "message", message="We have both of your letters.")
    assert "both of your letters" in dov.mailbox()[-1].text
    waiting = selectors.letters_waiting_for(case.organisation.actor("ada"))
    assert code(case) in {row.code for row in waiting.rows}, "a letter there waits for the keeper"


def test_what_goes_on_elsewhere_is_not_worked_on_here(two: Two) -> None:
    _, case, leading = two
    propose(case, leading)
    confirm(case)
    ada = case.organisation.actor("ada")
    for attempt in (
        lambda: case.move("ada", "interview"),
        lambda: case.record("ada", "check"),
        lambda: case.ask("ada", "lena"),
    ):
        with pytest.raises(WrongState, match=f"goes on in {code(leading)}"):
            attempt()
    assert code(case) not in [row.code for row in selectors.case_list(viewer=ada, today=TODAY).rows]
    leading.record("ada", "check")


def _everybody(organisation: Organisation, offices: tuple[Office, ...]) -> Iterator[tuple[str, bool, bool]]:
    for login in CAST:
        viewer = organisation.actor(login)
        seen = set(selectors.visible_cases(viewer).values_list("uid", flat=True))
        for office in offices:
            case = Case.objects.get(pk=office.case)
            yield f"{login} {case.code}", rules.may_know(viewer, case.standing()), case.uid in seen


def test_who_may_know_of_the_one_knows_of_the_other_and_nobody_else(two: Two) -> None:
    _, case, leading = two
    organisation = case.organisation
    for office in (case, leading):
        office.record("sofia", "screening")
    propose(case, leading)
    confirm(case)
    leading.ask("ada", "lena")
    assert selectors.find_by_uid(case.case, viewer=organisation.actor("lena"))
    case.tie("hugo")
    for office in (case, leading):
        with pytest.raises(NotFound):
            selectors.find_by_uid(office.case, viewer=organisation.actor("hugo"))
        assert selectors.ties(office.case) == {organisation.staff["hugo"].uid}
    for who, by_rule, by_list in _everybody(organisation, (case, leading)):
        assert by_rule == by_list, who


def test_what_we_end_for_a_person_ends_in_both_mailboxes(organisation: Organisation) -> None:
    _, leading = case_in(organisation, "board")
    dov, case = case_in(organisation, "checks")
    case.keep("ada")
    case.ask("ada", "hugo")
    propose(case, leading)
    with pytest.raises(WrongState, match="before the board"):
        propose(leading, case)
    confirm(case)
    services.apply_outcome(
        case_uid=leading.case,
        outcome="accept",
        filled={"reasons": "We believe you."},
        actor=organisation.actor("ben"),
        now=organisation.now,
    )
    assert {stage_of(one.case) for one in (case, leading)} == {"accepted"}
    assert (dov.mailbox()[-1].kind, dov.mailbox()[-1].stage) == ("status", "accepted")


@pytest.mark.parametrize("ended", [0, 1])
def test_a_withdrawal_from_one_mailbox_does_not_end_the_other_case(two: Two, ended: int) -> None:
    """Whoever stole one receipt must not end both; the officers read it and ask."""
    _, case, leading = two
    both = (case, leading)
    propose(case, leading)
    confirm(both[0])
    Applicant(both[0].organisation, case=both[ended].case).withdraw()
    assert stage_of(both[ended].case) == "withdrawn"
    assert stage_of(both[1 - ended].case) == "checks"
    propose_parting(both[0])
    confirm(both[0])
    both[1 - ended].record("ada", "check")


def test_only_cases_that_one_knows_and_that_stand_alone_are_joined(two: Two) -> None:
    _, case, leading = two
    organisation = case.organisation
    _, third = case_in(organisation, "checks")
    with pytest.raises(NotFound):
        propose(case, leading, "lena")
    with pytest.raises(WrongState, match="other case of this person"):
        propose(case, case)
    with pytest.raises(NotPermitted, match="Take this case first"):
        propose(case, third)
    propose(case, leading)
    with pytest.raises(WrongState, match="waits for a second person"):
        propose(case, leading, "hugo")
    drop(case)
    with pytest.raises(NotFound):
        confirm(case)
    propose(case, leading)
    confirm(case)
    third.keep("ada")
    with pytest.raises(WrongState, match="joined with another case already"):
        propose(leading, third)
    with pytest.raises(WrongState, match="joined with another case already"):
        propose(third, case)


def test_what_has_changed_since_it_was_proposed_is_not_confirmed(two: Two) -> None:
    dov, case, leading = two
    propose(case, leading)
    dov.withdraw()
    with pytest.raises(WrongState, match="closed"):
        confirm(case)


def test_a_tie_in_the_one_keeps_its_worker_out_of_joining(two: Two) -> None:
    _, case, leading = two
    case.tie("hugo")
    with pytest.raises(WrongState, match="declared a tie in the other"):
        propose(case, leading)


def test_the_database_refuses_to_join_by_one_hand(two: Two) -> None:
    _, case, leading = two
    made = propose(case, leading)
    for ended_by in (made.by_id, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            Joining.objects.update(outcome="confirmed", ended_by=ended_by, ended_at=made.at)
