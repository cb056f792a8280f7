# SPDX-License-Identifier: AGPL-3.0-or-later
"""What protected a volunteer is known outside: a rule holds at once, custodians answer, another closes it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from tests.cast import case_in
from tests.laws.test_law_9_ledger import FULL, changed_things, journal_fails_at
from tests.organisation import CAST, Organisation
from tests.protection.at_the_desk import (
    WHERE,
    closed,
    code_of,
    draw,
    issue,
    read_compromise,
    read_sign,
    reported,
    settled,
)
from watchword.cases.models import Tie
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.journal.models import PendingEntry
from watchword.journal.selectors import timeline
from watchword.protection import selectors, services
from watchword.protection.models import Compromise
from watchword.protection.rules import MEASURES


def settle_all(organisation: Organisation, begun: Compromise) -> None:
    for measure in MEASURES:
        settled(organisation, begun, measure)


def test_only_custodians_without_a_tie_begin_it_read_it_and_close_it(organisation: Organisation) -> None:
    _, office = case_in(organisation)
    begun = reported(organisation, office.case)
    settle_all(organisation, begun)
    Tie.objects.create(
        case_id=office.case, staff=organisation.staff["katrin"], kind="family", at=organisation.now
    )
    for who in (*(one for one in CAST if not CAST[one][0].startswith("custodian")), "katrin"):
        for attempt in (
            lambda who=who: reported(organisation, office.case, who),
            lambda who=who: read_compromise(organisation, begun, who),
            lambda who=who: settled(organisation, begun, "person", who=who),
            lambda who=who: closed(organisation, begun, who),
        ):
            with pytest.raises((NotFound, NotPermitted)):
                attempt()
    assert selectors.open_compromises(viewer=organisation.actor("katrin")) == ()
    assert closed(organisation, begun).ended_by_id == organisation.staff["jonas"].uid


def test_the_ledger_says_nothing_that_whoever_published_it_could_read(organisation: Organisation) -> None:
    """An act of its own, an hour after somebody published a name, would confirm it."""
    _, office = case_in(organisation)
    before = len(timeline(office.case))
    begun = reported(organisation, office.case)
    settle_all(organisation, begun)
    closed(organisation, begun)
    acts = {one.event.value for one in timeline(office.case)[before:]}
    assert acts == {"seal.hash", "compartment.open"}
    assert organisation.audit().ok


def test_whoever_began_it_does_not_close_it_nor_anybody_while_something_is_left(
    organisation: Organisation,
) -> None:
    _, office = case_in(organisation)
    begun = reported(organisation, office.case)
    for measure in list(MEASURES)[1:]:
        settled(organisation, begun, measure)
    with pytest.raises(WrongState, match="still to be done"):
        closed(organisation, begun)
    settled(organisation, begun, next(iter(MEASURES)), "done")
    with pytest.raises(NotPermitted, match="You began this"):
        closed(organisation, begun, "halyna")
    with pytest.raises(WrongState, match="being answered already"):
        reported(organisation, office.case, "jonas")
    closed(organisation, begun)
    with pytest.raises(WrongState, match="closed"):
        settled(organisation, begun, "person")
    again = reported(organisation, office.case, "jonas", rule="no-call-sign")
    assert [row.uid for row in selectors.open_compromises(viewer=organisation.actor("milda"))] == [again.uid]


def test_a_new_call_sign_is_given_before_it_is_said_to_be_given(organisation: Organisation) -> None:
    _, office = case_in(organisation)
    issue(organisation, draw(organisation, office.case))
    organisation.now += timedelta(minutes=5)
    begun = reported(organisation, office.case)
    with pytest.raises(WrongState, match="give one first"):
        settled(organisation, begun, "call-sign", "done")
    issue(organisation, draw(organisation, office.case))
    settled(organisation, begun, "call-sign", "done")
    assert "call-sign" not in read_compromise(organisation, begun).left


@pytest.mark.parametrize(
    "changed",
    [{"known": "other"}, {"rule": "talk"}, {"words": " "}, {"rule": "as-agreed", "words": ""}],
    ids=str,
)
def test_what_is_no_report_begins_nothing(organisation: Organisation, changed: dict[str, str]) -> None:
    _, office = case_in(organisation)
    with pytest.raises(Refused):
        reported(organisation, office.case, **changed)
    assert not Compromise.objects.exists()


def test_the_keeper_reads_the_rule_that_holds_now_and_no_word(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    begun, code, ada = reported(organisation, office.case), code_of(office.case), organisation.actor("ada")
    services.set_rule(
        uid=begun.uid,
        rule="as-agreed",
        words="“I serve, and nothing else.”",
        actor=organisation.actor("jonas"),
        now=organisation.now,
    )
    (row,) = selectors.compromises_of(code, viewer=ada)
    assert (row.rule.text[:14], row.mine) == ("Only the words", False)
    assert selectors.home(viewer=ada, now=organisation.now).compromises == (row,)
    with pytest.raises(NotFound):
        selectors.compromises_of(code, viewer=organisation.actor("cleo"))
    said = read_compromise(organisation, begun).said
    assert [one.words for one in said] == [WHERE, "", "“I serve, and nothing else.”"]


def test_who_knew_is_everybody_who_read_of_this_person_and_nobody_else(organisation: Organisation) -> None:
    _, office = case_in(organisation)
    _, other = case_in(organisation)
    given = issue(organisation, draw(organisation, office.case))
    read_sign(organisation, given, "jonas")
    read_sign(organisation, issue(organisation, draw(organisation, other.case)), "milda")
    office.open("iris", "routing")
    begun = reported(organisation, office.case)
    read_compromise(organisation, begun, "katrin")
    knew = selectors.who_knew(begun)
    names = {(one.name, str(getattr(one.what, "en", one.what))) for one in knew}
    protection = "Call sign and enquiries"
    assert {("Halyna", protection), ("Jonas", protection)} <= {
        (name.split()[0], what) for name, what in names
    }
    assert not any(name.startswith(("Milda", "Katrin", "Cleo")) for name, _ in names)


def settle_and_close(organisation: Organisation, begun: Compromise) -> None:
    settle_all(organisation, begun)
    closed(organisation, begun)


def test_without_its_entry_nothing_is_said_and_no_rule_is_set(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    for act in (
        lambda _: reported(organisation, office.case),
        lambda begun: settled(organisation, begun, "person"),
        lambda begun: settle_and_close(organisation, begun),
    ):
        organisation.actor("jonas")
        before, recorded = changed_things(), PendingEntry.objects.count()
        journal_fails_at(0)
        with pytest.raises(IntegrityError, match=FULL):
            act(Compromise.objects.first())
        assert changed_things() == before
        journal_fails_at(10_000)
        act(Compromise.objects.first())
        assert PendingEntry.objects.count() > recorded
