# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register of clones as it stands, what waits for a second person, and what waits for the courier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from watchword import trust
from watchword.accounts.rules import Actor, Permission, check_has
from watchword.genuine import rules
from watchword.genuine.models import CloneProposal, IssuedCard, RegisterDelivery
from watchword.genuine.rules import State
from watchword.trust import clones
from watchword.trust.clones import Clone, Register

# Signed anew this often, so that its day tells readers whether a Gate withholds newer ones.
RENEWED = timedelta(days=7)
MOST_CARDS_AT_ONCE = 200


@dataclass(frozen=True)
class Waiting:
    """A proposal as its page shows it."""

    uid: str
    address: str
    removes: bool
    by: str
    at: datetime
    own: bool
    may_confirm: bool


@dataclass(frozen=True)
class ClonesPage:
    """Everything about clones on one page."""

    known: Sequence[Clone]
    waiting: Sequence[Waiting]


def clones_page(*, viewer: Actor) -> ClonesPage:
    """For whoever may propose; each address newest first."""
    check_has(viewer, Permission.CLONE_PROPOSE)
    rows = CloneProposal.objects.filter(state=State.PROPOSED).select_related("proposed_by")
    waiting = [
        Waiting(
            row.uid,
            row.address,
            row.removes,
            row.proposed_by.name,
            row.proposed_at,
            row.proposed_by_id == viewer.id,
            rules.may_confirm(viewer, row.facts()),
        )
        for row in rows.order_by("proposed_at", "uid")
    ]
    return ClonesPage(sorted(known().values(), reverse=True), waiting)


def known() -> dict[str, Clone]:
    """The clones in the register, by their addresses."""
    found: dict[str, Clone] = {}
    for row in CloneProposal.objects.filter(state=State.CONFIRMED).order_by("number"):
        if row.removes:
            found.pop(row.address, None)
        else:
            assert row.settled_at is not None
            found[row.address] = Clone(row.settled_at.date(), row.address)
    return found


def version() -> int:
    """How often the register was changed."""
    newest = CloneProposal.objects.filter(state=State.CONFIRMED).order_by("-number").first()
    return newest.number or 0 if newest else 0


def due_register(today: date) -> Register | None:
    """The register that the Gate should have and has not; None when it has it, signed lately."""
    sent = RegisterDelivery.objects.first()
    present = version()
    if sent and sent.version == present and today - sent.signed < RENEWED:
        return None
    return Register(trust.current().organisation, present, today, tuple(known().values()))


def signed(register: Register) -> str:
    """The register as everybody may read and check it."""
    return clones.sign(register, trust.desk_signer(), trust.current()).decode()


def cards_for_the_gate() -> list[tuple[str, bytes]]:
    """Tags and sealed phrases that the Gate has not yet."""
    rows = IssuedCard.objects.filter(delivered_at=None).order_by("tag")[:MOST_CARDS_AT_ONCE]
    return [(row.tag, bytes(row.for_gate)) for row in rows]
