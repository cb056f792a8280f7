# SPDX-License-Identifier: AGPL-3.0-or-later
"""Moments in the life of the small organisation that several tests begin with: lived once, then put back."""

from collections.abc import Hashable
from copy import copy
from dataclasses import dataclass
from typing import Any

from tests.kept import Kept
from tests.organisation import Organisation, founded, same_people
from watchword.accounts.services import courier
from watchword.accounts.session_keys import SessionKeys
from watchword.journal.models import PendingEntry


@dataclass(frozen=True)
class _Lived:
    """What came after the founding, who was logged in, and what the test held in its hands."""

    after_founding: Kept
    organisation: Organisation
    courier: dict[str, SessionKeys]
    held: Any


_lived: dict[Hashable, _Lived] = {}


class Moment:
    """One moment by its name. Only who comes straight from the founding can be put there, or lead there."""

    def __init__(self, organisation: Organisation, name: Hashable) -> None:
        self._organisation, self._name = organisation, name
        # Whoever did anything, a log-in included, wrote it into the ledger.
        entries = sum(isinstance(row, PendingEntry) for row in founded().rows)
        self._reachable = organisation.version == 1 and PendingEntry.objects.count() == entries

    def put_back(self) -> Any | None:
        """Be there, and get a copy of what the test held; None if nobody was there yet, or it is too late."""
        lived = _lived.get(self._name) if self._reachable else None
        if lived is None:
            return None
        organisation = self._organisation
        lived.after_founding.put_back(organisation.home)
        organisation.actors = same_people(lived.organisation, organisation.home).actors
        courier._open.update(lived.courier)
        return copy(lived.held)

    def keep(self, held: object) -> None:
        """Remember this moment for later tests."""
        if self._reachable:
            after = Kept.take(self._organisation.home).since(founded())
            organisation = same_people(self._organisation, self._organisation.home)
            _lived[self._name] = _Lived(after, organisation, dict(courier._open), copy(held))
