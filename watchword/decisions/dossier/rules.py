# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of what leaves the Desk: one case at a time, seen before, counted, signed by a second person."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases.rules import check_not_recused
from watchword.core.ledger import canonical
from watchword.core.refusals import NotPermitted, Sentence, WrongState, sentence, why_not

GOOD_FOR = timedelta(hours=24)
"""How long after the signature a dossier can be taken."""

PURPOSES: dict[str, Sentence] = {
    "board": sentence("For a meeting of the board"),
    "review": sentence("For a review or an appeal"),
    "law": sentence("Because a law or a court demands it"),
}


class State(StrEnum):
    """Where a dossier stands."""

    ASKED = "asked"
    SIGNED = "signed"
    TAKEN = "taken"
    DROPPED = "dropped"


PENDING = (State.ASKED, State.SIGNED)
"""A case has at most one dossier that waits for somebody."""


@dataclass(frozen=True)
class DossierFacts:
    """What the rules ask about a dossier; staff by pseudonym."""

    state: State
    asked_by: str
    action_hash: str
    signed_at: datetime | None = None

    def over(self, now: datetime) -> bool:
        """Whether the signature is too old."""
        return self.signed_at is not None and now > self.signed_at + GOOD_FOR


def check_may_ask(actor: Actor, ties: Collection[str], *, pending: bool) -> None:
    """A role that prepares decisions, held by somebody without a tie, while no other dossier waits."""
    check_has(actor, Permission.DOSSIER_ASK)
    check_not_recused(actor, ties)
    if pending:
        raise WrongState(sentence("A dossier of this case waits already; it must come to its end first."))


def check_may_sign(actor: Actor, ties: Collection[str], dossier: DossierFacts) -> None:
    """Another person than who asked, without a tie."""
    check_has(actor, Permission.DOSSIER_SIGN)
    check_not_recused(actor, ties)
    if dossier.asked_by == actor.id:
        raise NotPermitted(sentence("You asked for this dossier; someone else must sign that it may leave."))
    if dossier.state is not State.ASKED:
        raise WrongState(sentence("This dossier waits for no signature."))


def check_may_take(actor: Actor, ties: Collection[str], dossier: DossierFacts, now: datetime) -> None:
    """Whoever asked, once, soon after the signature."""
    check_has(actor, Permission.DOSSIER_ASK)
    check_not_recused(actor, ties)
    if dossier.asked_by != actor.id:
        raise NotPermitted(sentence("Only whoever asked for this dossier takes it."))
    if dossier.state is not State.SIGNED:
        raise WrongState(sentence("This dossier is not signed by a second person."))
    if dossier.over(now):
        raise WrongState(sentence("The signature is more than a day old. Drop this dossier, and ask anew."))


def check_may_drop(actor: Actor, ties: Collection[str], dossier: DossierFacts) -> None:
    """Whoever asked, or whoever could sign."""
    check_not_recused(actor, ties)
    if actor.id != dossier.asked_by:
        check_has(actor, Permission.DOSSIER_SIGN)
    if dossier.state not in PENDING:
        raise WrongState(sentence("This dossier waits for nobody."))


def check_same(action_hash: str, now_hash: str) -> None:
    """What leaves is what was previewed and signed, record by record."""
    if action_hash != now_hash:
        raise WrongState(sentence("Something was added to the case since. Look at it again, and ask anew."))


def action(
    *, case: str, asked_by: str, purpose: str, compartments: Sequence[str], records: Sequence[str], salt: str
) -> str:
    """The SHA-256 that is signed: who takes which sealed records of which case, and what for; 64 hex digits.

    ``records`` are the hashes of the sealed bodies, so that they name exactly what is opened later. ``salt``
    (hex) keeps a reader of the ledger from trying which case and compartments it was.
    """
    said = {
        "case": case,
        "asked_by": asked_by,
        "purpose": purpose,
        "compartments": list(compartments),
        "records": list(records),
        "salt": salt,
    }
    return hashlib.sha256(canonical.encode(said)).hexdigest()


why_not_ask = why_not(check_may_ask)
why_not_sign = why_not(check_may_sign)
why_not_take = why_not(check_may_take)
