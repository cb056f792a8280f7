# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which sealed pieces the page of a compartment shows: what the applicant sent, newest form only."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from watchword.cases.models import Case
from watchword.vault import selectors as vault

APPLICANT = "applicant"
SECTION = "section:"
META = "meta"
BY_HAND = "by-hand"
FILE = "file:"


class Record(Protocol):
    """A sealed record, as far as choosing among records needs it."""

    @property
    def uid(self) -> str: ...
    @property
    def compartment(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def revision(self) -> int: ...


@dataclass(frozen=True)
class Piece:
    """One sealed piece: a section of the questionnaire, routing data, or an attached file."""

    uid: str
    compartment: str
    kind: str
    revision: int

    @property
    def section(self) -> str | None:
        """The id of the section, for answers to one."""
        return self.kind.removeprefix(SECTION) if self.kind.startswith(SECTION) else None

    @property
    def is_file(self) -> bool:
        """Whether it is downloaded instead of shown."""
        return self.kind.startswith(FILE)


def pieces_of(case: Case) -> list[Piece]:
    """Every piece that the applicant sent with the application, newest revisions only."""
    return pieces_in(vault.outlines([case.uid]))


def pieces_in(records: Iterable[vault.Outline]) -> list[Piece]:
    """Those among the records of one case."""
    return newest(one for one in records if one.written_by == APPLICANT)


def earlier_than(case: Case, piece: Piece) -> list[Piece]:
    """The forms that ``piece`` has corrected, newest first."""
    older = vault.records(case.uid).filter(
        written_by="applicant",
        compartment=piece.compartment,
        kind=piece.kind,
        revision__lt=piece.revision,
    )
    rows = sorted(older, key=lambda record: -record.revision)
    return [Piece(row.uid, row.compartment, row.kind, row.revision) for row in rows]


def newest(records: Iterable[Record]) -> list[Piece]:
    """The newest revision of each piece, in the order in which they came; letters are read elsewhere."""
    found: dict[tuple[str, str, int], Piece] = {}
    for record in records:
        # A file of a later letter has the number of an earlier one and does not take its place.
        own = record.revision if record.kind.startswith(FILE) else 0
        place = (record.compartment, record.kind, own)
        older = found.get(place)
        if _read_here(record.kind) and (older is None or older.revision < record.revision):
            found[place] = Piece(record.uid, record.compartment, record.kind, record.revision)
    return list(found.values())


def _read_here(kind: str) -> bool:
    return kind.startswith((SECTION, FILE)) or kind in (META, BY_HAND)
