# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a case page may say of something in custody: whether it is there, and whether it can be opened."""

from collections.abc import Iterable
from dataclasses import dataclass

from watchword.core.procedure import Profile
from watchword.core.procedure.custody import SEATS
from watchword.vault import selectors as vault


@dataclass(frozen=True)
class Held:
    """The newest of something in custody. ``shares`` came with it, of which ``needed`` open it together."""

    lodged: bool
    shares: int
    needed: int
    seats: int

    @property
    def lost(self) -> bool:
        """Too few shares came for anybody ever to open it."""
        return self.lodged and self.shares < self.needed


def held_in(records: Iterable[vault.Outline], compartment: str, profile: Profile) -> Held | None:
    """How this compartment of one person's cases stands; None when it is not in custody.

    What the shares are worth shows only when they are opened: the ledger counts them, and so do we.
    """
    custody = profile.custody
    if custody is None or not profile.compartment(compartment).custody:
        return None
    every = list(records)
    newest = max(
        (one for one in every if one.compartment == compartment), key=lambda one: one.revision, default=None
    )
    shares = [
        one
        for one in every
        if newest is not None
        and one.compartment in SEATS
        and (one.case, one.kind, one.revision) == (newest.case, newest.kind, newest.revision)
    ]
    return Held(newest is not None, len(shares), custody.needed, len(custody.seats))
