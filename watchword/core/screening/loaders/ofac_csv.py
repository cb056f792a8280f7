# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists of the US Office of Foreign Assets Control as CSV: entries, other names, addresses, comments.

The four kinds of file have no header and are told apart by their width. All are sorted by the entry's number,
so they are read side by side, one row of each in memory; a row that belongs to no entry is a complaint.
"""

from collections.abc import Iterator, Sequence

from watchword.core.refusals import sentence
from watchword.core.screening.loaders.complaints import Complaint, Tally, Unreadable
from watchword.core.screening.loaders.draft import Draft, tidy
from watchword.core.screening.loaders.ofac_remarks import read_remarks
from watchword.core.screening.loaders.sources import Source
from watchword.core.screening.loaders.tables import Row, rows
from watchword.core.screening.record import NameKind, Person

ENTRY, ALIAS, ADDRESS, COMMENT = 12, 5, 6, 2
ALIAS_KINDS = {"fka": NameKind.FORMER}


class _Beside:
    """Rows of one width from any number of files, handed out entry by entry."""

    def __init__(self, files: Sequence[Iterator[Row]]) -> None:
        self._files = files
        self._next = [next(file, None) for file in files]
        self.strays: list[Complaint] = []

    def of(self, number: int) -> Iterator[Row]:
        """The rows of this entry; rows before it, of entries that do not exist, are kept as ``strays``."""
        for index, file in enumerate(self._files):
            while (row := self._next[index]) is not None and _number(row) <= number:
                if _number(row) == number:
                    yield row
                else:
                    self._stray(row)
                self._next[index] = next(file, None)

    def leave(self) -> None:
        """Everything that was never asked for is a stray too."""
        for index, file in enumerate(self._files):
            for row in filter(None, (self._next[index], *file)):
                self._stray(row)

    def _stray(self, row: Row) -> None:
        reason = sentence("This row belongs to no entry, or the file is not sorted by entry.")
        self.strays.append(Complaint(row.where, reason, " | ".join(row.cells)[:80]))

    def said(self) -> Iterator[Complaint]:
        yield from self.strays
        self.strays.clear()


def read(sources: Sequence[Source], tally: Tally) -> Iterator[Person | Complaint]:
    """The individuals; entities, vessels and aircraft are counted."""
    files: dict[int, list[Iterator[Row]]] = {ENTRY: [], ALIAS: [], ADDRESS: [], COMMENT: []}
    for source in sources:
        _sort_in(source, files)
    if not files[ENTRY]:
        raise Unreadable(sentence("None of these files holds the entries (12 columns, such as sdn.csv)."))
    beside = [_Beside(files[kind]) for kind in (ALIAS, ADDRESS, COMMENT)]
    for entries in files[ENTRY]:
        for row in entries:
            if len(row.cells) == ENTRY:
                yield from _entry(row, beside, tally)
            else:
                yield Complaint(row.where, sentence("This row is not an entry."), " | ".join(row.cells)[:80])
    for side in beside:
        side.leave()
        yield from side.said()


def _sort_in(source: Source, files: dict[int, list[Iterator[Row]]]) -> None:
    found = rows(source)
    first = next(found, None)
    if first is None:
        return
    if len(first.cells) not in files:
        raise Unreadable(
            sentence(
                "%(file)s has %(count)s columns: it is none of the publisher's files.",
                file=source.name,
                count=len(first.cells),
            )
        )
    files[len(first.cells)].append(_with(first, found))


def _with(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _number(row: Row) -> int:
    """The entry that a row belongs to; -1, before every entry, when it says none."""
    digits = row.cells[0].strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else -1


def _entry(row: Row, beside: Sequence[_Beside], tally: Tally) -> Iterator[Person | Complaint]:
    number, name, kind, programmes, title, *_vessel, remarks = (tidy(cell) for cell in row.cells)
    aliases, addresses, comments = (list(side.of(_number(row))) for side in beside)
    for side in beside:
        yield from side.said()
    if kind != "individual":
        tally.other(kind or "entity")
        return
    draft = Draft(row.where, tally)
    name_surname_first(draft, name)
    for alias in aliases:
        if len(alias.cells) == ALIAS:
            name_surname_first(draft, alias.cells[3], ALIAS_KINDS.get(tidy(alias.cells[2]), NameKind.ALIAS))
            draft.remark(alias.cells[4])
    for programme in programmes.split("] ["):
        draft.programme(programme.strip("[] "))
    draft.remark(title)
    read_remarks(draft, remarks + "".join(comment.cells[-1] for comment in comments))
    for address in addresses:
        draft.remark(", ".join(filter(None, map(tidy, address.cells[2:]))))
    yield from draft.finish(number)


def name_surname_first(draft: Draft, text: str, kind: NameKind = NameKind.PRIMARY) -> None:
    """``SURNAME, Given`` with its parts told apart; a name without a comma stays whole."""
    surname, comma, given = tidy(text).partition(", ")
    draft.name(text, kind, surname=surname if comma else "", given=given.replace(",", "") if comma else "")
