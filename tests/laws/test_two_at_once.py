# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two windows at the same moment, on a database that lets two write: each thing is done once or refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.cases.test_several import READY, agree, begun, kept_by_ada, sent
from tests.cast import Applicant
from tests.custody.around_a_batch import filled
from tests.decisions.at_the_table import CANDOUR, laid
from tests.organisation import Organisation
from watchword.accounts import selectors
from watchword.accounts import services as accounts
from watchword.accounts.models import Grant, Staff
from watchword.accounts.proposals import open_proposals
from watchword.accounts.rules import Change
from watchword.accounts.services import courier_actor
from watchword.cases import services as cases
from watchword.cases.models import Case, Outgoing
from watchword.cases.rules import several as law
from watchword.core.refusals import Refused
from watchword.custody.models import Batch
from watchword.decisions.models import Decision, Vote

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="SQLite lets one write at a time, in one process"
    ),
]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do all of it in the same moment, each in a thread with a connection of its own; what came of each."""
    start = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        try:
            start.wait()
            act()
        except Refused as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as threads:
        return sorted(threads.map(one, acts))


def test_a_proposal_is_countersigned_once(organisation: Organisation) -> None:
    table = laid(organisation)
    proposal = table.all_vote(table.propose(CANDOUR))
    letters = Outgoing.objects.count()
    organisation.actor("ben")
    assert at_once(*[lambda: table.sign(proposal)] * 3) == ["WrongState", "WrongState", "done"]
    assert Decision.objects.count() == 1
    # One letter and one word of the new stage, not three of each.
    assert Outgoing.objects.count() == letters + 2


def test_a_member_votes_once_from_two_windows(organisation: Organisation) -> None:
    table = laid(organisation)
    proposal = table.propose(CANDOUR)
    organisation.actor("eva")
    assert at_once(*[lambda: table.vote(proposal, "eva")] * 2) == ["WrongState", "done"]
    assert Vote.objects.count() == 1


def test_one_code_opens_one_session(organisation: Organisation) -> None:
    typed = organisation.credentials("ada", organisation.now)
    attempt = [lambda: accounts.log_in(now=organisation.now, **typed)] * 2
    assert at_once(*attempt) == ["NotPermitted", "done"]


def test_a_parcel_that_two_rounds_bring_opens_one_case(organisation: Organisation) -> None:
    """The courier's own round, and somebody who presses "Fetch now"."""
    dov, courier = Applicant(organisation), courier_actor(organisation.now)
    parcel = dov.parcel("application", dov.meta())
    came = at_once(*[lambda: cases.open_case(parcel=parcel, actor=courier, now=organisation.now)] * 2)
    assert came in (["WrongState", "done"], ["done", "done"])
    assert Case.objects.count() == 1


def test_custodians_are_asked_for_one_run_from_two_windows(organisation: Organisation) -> None:
    drawer = filled(organisation)
    drawer.draft()
    asks = [lambda case=case: drawer.ask(case) for case in drawer.both]
    assert at_once(*asks) == ["WrongState", "done"]
    assert Batch.objects.count() == 1


def test_two_administrators_who_ask_and_agree_at_once_change_a_role_once(organisation: Organisation) -> None:
    hugo = organisation.staff["hugo"].uid

    def ask(by: str) -> str:
        return accounts.propose(
            change=Change.GRANT,
            staff_id=hugo,
            role="board",
            reason="more hands",
            actor=organisation.actor(by),
            now=organisation.now,
        ).uid

    organisation.enrol("theo", "administrator")
    for login in ("olha", "petro", "theo"):
        organisation.actor(login)
    assert at_once(lambda: ask("petro"), lambda: ask("olha")) == ["WrongState", "done"]
    waiting = open_proposals().get()
    others = sorted({"olha", "petro", "theo"} - {Staff.objects.get(pk=waiting.proposed_by_id).login})
    agree = [
        lambda by=by: accounts.confirm(uid=waiting.uid, actor=organisation.actor(by), now=organisation.now)
        for by in others
    ]
    assert at_once(*agree) == ["WrongState", "done"]
    assert Grant.objects.filter(staff_id=hugo, role="board").count() == 1


def test_two_administrators_who_throw_each_other_out_do_not_both_go(organisation: Organisation) -> None:
    organisation.enrol("theo", "administrator")
    pairs = (("olha", "petro"), ("petro", "olha"))
    for by, _ in pairs:
        organisation.actor(by)

    def throw_out(by: str, whom: str) -> None:
        accounts.revoke_now(
            staff_id=organisation.staff[whom].uid,
            role="administrator",
            reason="I do not trust them",
            actor=organisation.actor(by),
            now=organisation.now,
        )

    came = at_once(*[lambda by=by, whom=whom: throw_out(by, whom) for by, whom in pairs])
    assert came == ["NotPermitted", "done"]
    assert len(selectors.holders("administrator")) == 2


def test_a_selection_of_cases_that_is_sent_from_two_windows_is_done_once(organisation: Organisation) -> None:
    offices = kept_by_ada(organisation, 3)
    ada = organisation.actor("ada")
    batch = begun(ada, law.LETTER, offices, letter=READY)
    for office in offices:
        agree(ada, batch, office)
    sends = [lambda: cases.carry_out(batch_uid=batch, actor=ada, now=organisation.now)] * 2
    assert at_once(*sends) == ["done", "done"]
    assert [sent(office) for office in offices] == [1, 1, 1]
