# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers a compromise: what is known is sealed, a rule is set, measures are taken, and another closes it.

Everything that is said is a sealed record, whose hash is in the ledger as of any record; there is no act that
would tell whoever published something that it was true.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases import selectors as cases
from watchword.cases.rules import minute
from watchword.cases.services.locking import locked
from watchword.core.refusals import Sentence, WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.protection import rules, selectors
from watchword.protection.models import Compromise, Said
from watchword.protection.sealed import END, MEASURE, REPORT, RULE, Step, step
from watchword.protection.selectors import CompromiseRow, Knew
from watchword.vault import services as vault
from watchword.vault.opening import open_together

RECORD_KIND = "compromise"


@dataclass(frozen=True)
class SaidRow:
    """One thing that was said or done, opened. ``what``, ``outcome``: the codes in words."""

    act: str
    what: Sentence
    outcome: Sentence | None
    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Answered:
    """A compromise in words; lives as long as one answer to a page. ``left``: the measures still open."""

    row: CompromiseRow
    said: tuple[SaidRow, ...]
    left: tuple[str, ...]
    knew: tuple[Knew, ...]
    why_not_work: Sentence | None
    why_not_end: Sentence | None


@transaction.atomic
def report(*, code: str, known: str, rule: str, words: str, actor: Actor, now: datetime) -> Compromise:
    """Begin: what is known outside and how that came, and the rule that holds from now on."""
    case = locked(cases.find_for_custodian(code, viewer=actor).uid)
    now = minute(now)
    going = Compromise.objects.filter(case=case, ended_at=None).exists()
    rules.check_may_report(actor, case.standing(), going=going)
    rules.check_known(known, words)
    rules.check_rule(rule, words)
    begun = Compromise.objects.create(
        uid=random_bytes(16).hex(), case=case, rule=rule, reported_by_id=actor.id, at=now
    )
    _seal(begun, Step(REPORT, known, words), actor, now)
    _seal(begun, Step(RULE, rule, ""), actor, now)
    return begun


@transaction.atomic
def set_rule(*, uid: str, rule: str, words: str, actor: Actor, now: datetime) -> Compromise:
    """Another rule holds from now on."""
    begun, now = _locked(uid, actor), minute(now)
    rules.check_rule(rule, words)
    begun.rule = rule
    begun.save(update_fields=["rule"])
    _seal(begun, Step(RULE, rule, words), actor, now)
    return begun


@transaction.atomic
def settle(*, uid: str, measure: str, outcome: str, words: str, actor: Actor, now: datetime) -> Compromise:
    """A measure was taken, or is not needed. Whoever says so again, says what is true now."""
    begun, now = _locked(uid, actor), minute(now)
    rules.check_measure(begun.facts(), measure, outcome, words)
    _seal(begun, Step(MEASURE, measure, words, outcome), actor, now)
    return begun


def end(*, uid: str, words: str, actor: Actor, now: datetime) -> Compromise:
    """Another custodian has read everything, and nothing is left to do; the rule holds on."""
    said = [one for _, one in _opened(selectors.compromise_of(uid, viewer=actor), actor, now)]
    with transaction.atomic():
        begun, now = _locked(uid, actor), minute(now)
        rules.check_may_end(actor, begun.case.standing(), begun.facts(), _settled(said))
        _seal(begun, Step(END, "", words), actor, now)
        begun.ended_by_id, begun.ended_at = actor.id, now
        begun.save(update_fields=["ended_by", "ended_at"])
    return begun


def read(*, uid: str, actor: Actor, now: datetime) -> Answered:
    """Everything that was said, and who knew; each opening is in the ledger first."""
    begun = selectors.compromise_of(uid, viewer=actor)
    opened = _opened(begun, actor, now)
    staff = names({one.by_id for one, _ in opened})
    settled = _settled([one for _, one in opened])
    standing, facts = begun.case.standing(), begun.facts()
    return Answered(
        row=selectors.compromise_row(begun, viewer=actor),
        said=tuple(_row(one, told, staff.get(one.by_id, "")) for one, told in opened),
        left=tuple(one for one in rules.MEASURES if one not in settled),
        knew=selectors.who_knew(begun),
        why_not_work=rules.why_not_work(actor, standing, facts),
        why_not_end=rules.why_not_end(actor, standing, facts, settled),
    )


def _locked(uid: str, actor: Actor) -> Compromise:
    found = selectors.compromise_of(uid, viewer=actor)
    begun = Compromise.objects.select_for_update().get(pk=found.pk)
    begun.case = locked(begun.case_id)
    rules.check_may_work(actor, begun.case.standing(), begun.facts())
    return begun


def _seal(begun: Compromise, said: Step, actor: Actor, now: datetime) -> None:
    lodged = vault.seal_record(
        case=begun.case_id,
        compartment=rules.COMPARTMENT,
        kind=RECORD_KIND,
        payload=said.encode(),
        signer=actor.signer,
        now=now,
        readers=sorted(selectors.readers()),
    )
    Said.objects.create(compromise=begun, record=lodged, by_id=actor.id, at=now)


def _opened(begun: Compromise, actor: Actor, now: datetime) -> list[tuple[Said, Step]]:
    rows = list(begun.said.all())
    opened = open_together([one.record_id for one in rows], actor=actor, purpose=rules.PURPOSE, now=now)
    found = []
    for one in rows:
        payload = opened[one.record_id]
        if isinstance(payload, WrongState):
            raise payload
        found.append((one, step(payload)))
    return found


def _settled(said: Sequence[Step]) -> frozenset[str]:
    return frozenset(one.code for one in said if one.act == MEASURE)


def _row(one: Said, told: Step, by: str) -> SaidRow:
    outcome = rules.OUTCOMES[told.outcome] if told.outcome else None
    return SaidRow(told.act, _WORDS[told.act].get(told.code, _CLOSED), outcome, told.words, by, one.at)


_CLOSED = sentence("Closed")
_WORDS = {REPORT: rules.KNOWN, RULE: rules.PRESS, MEASURE: rules.MEASURES, END: {}}
