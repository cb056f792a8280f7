# SPDX-License-Identifier: AGPL-3.0-or-later
"""Moments in the life of the small organisation that several tests begin with: lived once, then put back."""

from collections.abc import Hashable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import connection

from tests.kept import Kept
from tests.organisation import Organisation, founded, same_people
from watchword.accounts.services import courier
from watchword.accounts.session_keys import SessionKeys
from watchword.journal.models import PendingEntry

Begun = tuple[Hashable, ...]
"""The moments by which one came to where one stands; none at the founding."""


@dataclass(frozen=True)
class _Lived:
    """What came after the moment before, who was logged in, and what the test held in its hands."""

    came: Kept
    whole: Kept
    organisation: Organisation
    courier: dict[str, SessionKeys]
    held: Any


_lived: dict[Begun, _Lived] = {}


class Moment:
    """One moment by its name. Only who comes straight from the founding can be put there, or lead there.

    ``further`` is for what several tests do next: who stands at a moment, and has changed no row and no file
    since, goes on from there.
    """

    def __init__(self, organisation: Organisation, name: Hashable, *, further: bool = False) -> None:
        self._organisation, self._name = organisation, name
        self._begun = _standing(organisation) if further else _founding(organisation)

    def put_back(self) -> Any | None:
        """Be there, and get a copy of what the test held; None if nobody was there yet, or it is too late."""
        lived = None if self._begun is None else _lived.get((*self._begun, self._name))
        if lived is None:
            return None
        organisation = self._organisation
        lived.came.put_back(organisation.home)
        organisation.actors = same_people(lived.organisation, organisation.home).actors
        courier._open.update(lived.courier)
        self._stand()
        return copy(lived.held)

    def keep(self, held: object) -> None:
        """Remember this moment for later tests."""
        if self._begun is not None:
            before = _lived[self._begun].whole if self._begun else founded()
            whole = Kept.take(self._organisation.home)
            organisation = same_people(self._organisation, self._organisation.home)
            _lived[(*self._begun, self._name)] = _Lived(
                whole.since(before), whole, organisation, dict(courier._open), copy(held)
            )
            self._stand()

    def _stand(self) -> None:
        organisation = self._organisation
        organisation.stands = (*(self._begun or ()), self._name), _touched(organisation)


def _founding(organisation: Organisation) -> Begun | None:
    # Whoever did anything, a log-in included, wrote it into the ledger.
    entries = sum(isinstance(row, PendingEntry) for row in founded().rows)
    return () if organisation.version == 1 and PendingEntry.objects.count() == entries else None


def _standing(organisation: Organisation) -> Begun | None:
    begun, touched = organisation.stands or ((), None)
    return begun if touched is not None and touched == _touched(organisation) else None


def _touched(organisation: Organisation) -> object | None:
    """Something else after every change; None on an engine that does not count changes of rows."""
    if connection.vendor != "sqlite":
        return None
    files = frozenset((path, path.stat().st_mtime_ns) for path in organisation.home.rglob("*"))
    return connection.connection.total_changes, organisation.now, files
