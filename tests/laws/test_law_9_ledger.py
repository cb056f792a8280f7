# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 9: no state changes without its ledger entry, in the same transaction.

Every service that changes a case is tried with a journal that fails at its first entry, at its second, and
so on to its last; each time every table must be as it was. Then the journal works, and the entry is there.
"""

import inspect
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings

from tests.cases.test_alike import sent
from tests.cases.test_handing import accept, decline, offer, take_back
from tests.cases.test_joining import confirm, drop, propose
from tests.cases.test_work import end, note, task
from tests.cast import Applicant, Office, case_in
from tests.core.linkage.test_alike import prose
from tests.decisions.at_the_table import CANDOUR, Table
from tests.laws.breaking import everything
from tests.newer import without_handover
from watchword.accounts.services import courier_actor
from watchword.cases import services as cases
from watchword.cases.models import Call, Case, Offer, Outgoing
from watchword.cases.rules import MAY_KNOW
from watchword.core.refusals import Refused
from watchword.decisions import services as decisions
from watchword.decisions import triggers
from watchword.decisions.guards import Guard
from watchword.decisions.models import Decision, Proposal
from watchword.journal.events import Event
from watchword.journal.models import PendingEntry
from watchword.vetting import services as vetting


class Interrupted(Exception):
    """Something fails after the service has done its work."""


FULL = "the journal is full"
STAFF = ("ada", "ben", "eva", "finn", "gita", "halyna", "hugo", "iris", "lena")
Prepare = Callable[[Table], Any]
Act = Callable[[Table, Any], object]


def nothing(_: Table) -> None:
    """The case stands before the board already."""


def delivered(table: Table, uids: list[str]) -> int:
    return cases.letters_delivered(uids=uids, actor=courier_actor(table.now), now=table.now)


def undelivered(_: Table) -> list[str]:
    return list(Outgoing.objects.values_list("pk", flat=True)[:1])


def kept_by_nobody(table: Table) -> None:
    table.office.tie("ada")


def another_case(table: Table) -> Office:
    """A second case that Ada keeps with Hugo's help."""
    _, other = case_in(table.organisation, "checks")
    other.keep("ada")
    other.ask("ada", "hugo")
    return other


def joining_proposed(table: Table) -> Office:
    other = another_case(table)
    propose(other, table.office)
    return other


def offered(table: Table) -> Offer:
    return offer(table.office, "ada", "hugo")


def newly_enrolled(table: Table) -> str:
    return table.organisation.enrol("rosa", "vetting").login


def sent_back(table: Table, proposal: Proposal) -> object:
    ben = table.organisation.actor("ben")
    return decisions.send_back(proposal_uid=proposal.uid, reason="No.", actor=ben, now=table.now)


def withdrawn(table: Table, proposal: Proposal) -> object:
    ada = table.organisation.actor("ada")
    return decisions.withdraw(proposal_uid=proposal.uid, actor=ada, now=table.now)


def last_vote_missing(table: Table) -> Proposal:
    proposal = table.propose()
    table.vote(proposal, "eva")
    return table.vote(proposal, "finn")


def called(table: Table) -> str:
    table.applicant.call("pressured")
    return Call.objects.get().uid


def taken(table: Table) -> str:
    call = called(table)
    take(table, call)
    return call


def take(table: Table, call: str) -> None:
    cases.take_call(call_uid=call, actor=table.organisation.actor("ada"), now=table.now)


def answered(table: Table, call: str) -> None:
    ada = table.organisation.actor("ada")
    cases.answer_call(call_uid=call, letter="call-pressured", actor=ada, now=table.now)


def tied_from_seat(table: Table, _: None) -> None:
    code, halyna = Case.objects.get(pk=table.case).code, table.organisation.actor("halyna")
    cases.declare_tie_from_seat(code=code, kind="family", actor=halyna, now=table.now)


def ended(table: Table) -> None:
    table.applicant.withdraw()


def erased(table: Table, _: None) -> None:
    cases.erase_case(case_uid=table.case, actor=table.organisation.actor("ada"), now=table.now)


def ended_long_ago(table: Table) -> None:
    ended(table)
    Case.objects.filter(pk=table.case).update(closed_at=table.now - timedelta(days=31))


def erased_by_rule(table: Table, _: None) -> None:
    actor = courier_actor(table.now)
    cases.erase_by_rule(case_uid=table.case, rule_id="withdrawn", actor=actor, now=table.now)


def long_closed(table: Table) -> None:
    """Ended by an officer, so long ago that it is due to be erased."""
    Case.objects.filter(pk=table.case).update(stage="closed", closed_at=table.now - timedelta(days=900))


def erasure_asked(table: Table, who: str = "ada") -> None:
    cases.ask_erasure(case_uid=table.case, actor=table.organisation.actor(who), now=table.now)


def erasure_waits(table: Table) -> None:
    long_closed(table)
    erasure_asked(table, "hugo")


def erasure_dropped(table: Table, _: None) -> None:
    cases.drop_erasure(case_uid=table.case, actor=table.organisation.actor("ada"), now=table.now)


def flooded(table: Table) -> list[Case]:
    return [sent(table.organisation, prose(1)) for _ in range(2)]


def compared(table: Table, _: object = None) -> None:
    cases.compare_next(actor=table.organisation.actor("iris"), now=table.now)


def in_a_group(table: Table) -> Case:
    first, _ = flooded(table)
    compared(table)
    return first


def parted(table: Table, case: Case) -> None:
    cases.set_apart(case_uid=case.uid, actor=table.organisation.actor("iris"), now=table.now)


def newer(table: Table) -> Path:
    return without_handover(table.organisation.home / "newer")


def taken_over(table: Table, newer: Path) -> None:
    with override_settings(WATCHWORD_DIR=newer):
        seen = Case.objects.get(pk=table.case).version, 2
        ben = table.organisation.actor("ben")
        cases.change_version(case_uid=table.case, actor=ben, seen=seen, now=table.now)


def proposed_newer(table: Table) -> Path:
    folder = newer(table)
    taken_over(table, folder)
    return folder


def confirmed(table: Table, newer: Path) -> None:
    with override_settings(WATCHWORD_DIR=newer):
        seen = Case.objects.get(pk=table.case).version, 2
        eva = table.organisation.actor("eva")
        cases.confirm_version(case_uid=table.case, actor=eva, seen=seen, now=table.now)


def dropped(table: Table, newer: Path) -> None:
    with override_settings(WATCHWORD_DIR=newer):
        cases.drop_version(case_uid=table.case, actor=table.organisation.actor("eva"), now=table.now)


ATTEMPTS: dict[str, tuple[Prepare, Act, Event]] = {
    "cases.compare_next": (flooded, compared, Event.ALIKE_COMPARE),
    "cases.set_apart": (in_a_group, parted, Event.ALIKE_PART),
    "cases.ask_erasure": (long_closed, lambda table, _: erasure_asked(table), Event.SHRED_ASK),
    "cases.drop_erasure": (erasure_waits, erasure_dropped, Event.SHRED_DROP),
    "cases.erase_case": (ended, erased, Event.SHRED),
    "cases.erase_by_rule": (ended_long_ago, erased_by_rule, Event.SHRED_RULE),
    "cases.answer_call": (taken, answered, Event.CALL_ANSWER),
    "cases.receive_call": (nothing, lambda table, _: table.applicant.call("pressured"), Event.SUBMIT_PULL),
    "cases.take_call": (called, take, Event.CALL_TAKE),
    "decisions.propose": (nothing, lambda table, _: table.propose(CANDOUR), Event.DECISION_PROPOSE),
    "decisions.vote": (last_vote_missing, lambda table, it: table.vote(it, "gita"), Event.DECISION_VOTE),
    "decisions.countersign": (Table.voted, lambda table, it: table.sign(it), Event.DECISION_SECOND),
    "decisions.send_back": (Table.voted, sent_back, Event.DECISION_REFUSE_SECOND),
    "decisions.withdraw": (Table.propose, withdrawn, Event.DECISION_WITHDRAW),
    "vetting.add_evidence": (
        nothing,
        lambda table, _: table.office.record("ada", "check"),
        Event.EVIDENCE_ADD,
    ),
    "cases.ask_colleague": (
        newly_enrolled,
        lambda table, who: table.office.ask("ada", who),
        Event.CASE_KEEPER,
    ),
    "cases.assign_keeper": (
        kept_by_nobody,
        lambda table, _: table.office.keep("hugo"),
        Event.CASE_KEEPER,
    ),
    "cases.propose_joining": (
        another_case,
        lambda table, other: propose(other, table.office),
        Event.CASE_JOIN_PROPOSE,
    ),
    "cases.confirm_joining": (joining_proposed, lambda _, other: confirm(other), Event.CASE_JOIN),
    "cases.drop_joining": (joining_proposed, lambda _, other: drop(other), Event.CASE_JOIN_DROP),
    "cases.offer_case": (nothing, lambda table, _: offered(table), Event.CASE_OFFER),
    "cases.accept_case": (offered, lambda table, it: accept(table.office, "hugo", it), Event.CASE_KEEPER),
    "cases.decline_case": (
        offered,
        lambda table, it: decline(table.office, "hugo", it, MAY_KNOW),
        Event.CASE_OFFER_END,
    ),
    "cases.take_offer_back": (
        offered,
        lambda table, _: take_back(table.office, "ada"),
        Event.CASE_OFFER_END,
    ),
    "cases.declare_tie": (nothing, lambda table, _: table.office.tie("eva"), Event.CASE_TIE),
    "cases.declare_tie_from_seat": (nothing, tied_from_seat, Event.CASE_TIE),
    "cases.letters_delivered": (undelivered, delivered, Event.COURIER_PUSH),
    "cases.move_stage": (nothing, lambda table, _: table.office.move("ben", "remit"), Event.CASE_STAGE),
    "cases.open_case": (
        lambda table: Applicant(table.organisation),
        lambda _, dov: dov.apply(),
        Event.CASE_OPEN,
    ),
    "cases.receive_letter": (
        nothing,
        lambda table, _: table.applicant.answer("Hello."),
        Event.MESSAGE_RECEIVE,
    ),
    "cases.receive_section": (nothing, lambda table, _: table.applicant.lodge(2), Event.SUBMIT_PULL),
    "cases.receive_withdrawal": (nothing, lambda table, _: table.applicant.withdraw(), Event.CASE_WITHDRAW),
    "cases.set_task": (nothing, lambda table, _: task(table.office, "ada", "ada"), Event.TASK_SET),
    "cases.end_task": (
        lambda table: task(table.office, "ada", "ada").uid,
        lambda table, uid: end(table.office, "ada", uid),
        Event.TASK_END,
    ),
    "cases.change_version": (newer, taken_over, Event.CASE_VERSION_PROPOSE),
    "cases.confirm_version": (proposed_newer, confirmed, Event.CASE_VERSION),
    "cases.drop_version": (proposed_newer, dropped, Event.CASE_VERSION_DROP),
    "cases.write_note": (nothing, lambda table, _: note(table.office, "ada"), Event.NOTE_WRITE),
    "cases.send_letter": (
        nothing,
        lambda table, _: table.office.write("ada", "message", message="All is well."),
        Event.MESSAGE_SEND,
    ),
}
NOT_TRIED = {
    "cases.answer_of_case": "says yes or no to what cases.carry_out does",
    "cases.arrange_hand_over": "says what cases.carry_out is to do",
    "cases.arrange_letter": "says what cases.carry_out is to do",
    "cases.arrange_task": "says what cases.carry_out is to do",
    "cases.carry_out": "does nothing but by cases.offer_case, cases.send_letter and cases.set_task",
    "cases.choose_several": "a list of somebody's own, until cases.carry_out",
    "cases.drop_batch": "a list of somebody's own",
    "cases.drop_choice": "a filter of somebody's own",
    "cases.keep_choice": "a filter of somebody's own",
    "cases.apply_outcome": "part of decisions.countersign",
    "cases.note_evidence": "part of vetting.add_evidence",
    "cases.open_call": "an opening: recorded before it happens, see tests/vault",
    "cases.open_compartment": "an opening: recorded before it happens, see tests/vault",
    "cases.open_file": "an opening: recorded before it happens, see tests/vault",
    "cases.open_letter": "an opening: recorded before it happens, see tests/vault",
    "cases.open_notes": "an opening: recorded before it happens, see tests/vault",
    "cases.note_look": "how far somebody has read is no act in the case",
    "cases.propose_parting": "writes what cases.propose_joining writes, by the same code",
    "cases.tell_openings": "tells the applicant what the ledger holds already",
    "vetting.open_evidence": "an opening: recorded before it happens, see tests/vault",
}


def journal_fails_at(entry: int) -> None:
    """A database that takes so many entries more and then none."""
    limit = PendingEntry.objects.count() + entry
    full = f"(SELECT count(*) FROM journal_pendingentry) >= {limit}"
    triggers.install(connection, [Guard("law_9_attack", "journal_pendingentry", "INSERT", full, FULL)])


def changed_things() -> dict[str, list[tuple[Any, ...]]]:
    """All tables but the journal's own: an opening that was recorded before the failure stays recorded."""
    return {label: rows for label, rows in everything().items() if not label.startswith("journal.")}


def everybody_at_work(table: Table) -> None:
    """Log-ins are entries too; they are made before the journal fails."""
    for who in STAFF:
        table.organisation.actor(who)
    courier_actor(table.now)


@pytest.mark.parametrize("service", ATTEMPTS)
def test_without_its_entries_a_service_changes_nothing(table: Table, service: str) -> None:
    prepare, act, event = ATTEMPTS[service]
    everybody_at_work(table)
    prepared = prepare(table)
    before = changed_things()
    for entries in range(60):
        recorded = PendingEntry.objects.count()
        journal_fails_at(entries)
        try:
            act(table, prepared)
        except IntegrityError as error:
            assert FULL in str(error)  # noqa: PT017 - the loop goes on only after this refusal
            assert changed_things() == before, f"{service} left something behind after {entries} entries"
        else:
            break
    assert PendingEntry.objects.count() - recorded == entries > 0
    assert changed_things() != before
    newest = PendingEntry.objects.order_by("-pk").values_list("detail__event", flat=True)[:entries]
    assert event in newest


def test_every_service_that_changes_a_case_is_tried() -> None:
    offered = {
        f"{name}.{service}"
        for name, module in (("cases", cases), ("decisions", decisions), ("vetting", vetting))
        for service, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__.startswith(module.__name__) and not service.startswith("_")
    }
    assert offered == set(ATTEMPTS) | set(NOT_TRIED)


@transaction.atomic
def propose_and_fail(table: Table) -> None:
    table.propose(CANDOUR)
    raise Interrupted


def test_an_entry_goes_when_its_change_goes(table: Table) -> None:
    """Whoever calls a service and then fails takes back the entry together with the change."""
    everybody_at_work(table)
    before = everything()
    with pytest.raises(Interrupted):
        propose_and_fail(table)
    assert everything() == before


def test_an_outcome_is_not_carried_out_without_the_decision_that_it_follows(table: Table) -> None:
    """Decision, letter and stage are one transaction: when the letter fails there is no decision either."""
    proposal = table.voted()
    Outgoing.objects.filter(case=table.case).delete()
    Case.objects.filter(pk=table.case).update(mailbox_recipient="")
    with pytest.raises(Refused):
        table.sign(proposal)
    assert not Decision.objects.exists()
    assert "decision.second" not in table.events()
    assert Proposal.objects.get(pk=proposal.uid).state == "voted"
