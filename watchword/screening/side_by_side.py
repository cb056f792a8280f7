# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two records, line beside line, with a word on each word and field that the comparison weighed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from watchword.core.refusals import Sentence, sentence
from watchword.core.screening.record import NameKind, Person
from watchword.screening.comparison import Comparison, Weighed

AGREES, DIFFERS = sentence("matches"), sentence("differs")
NAME_KINDS = {
    NameKind.PRIMARY: sentence("main name"),
    NameKind.ALIAS: sentence("also known as"),
    NameKind.FORMER: sentence("former name"),
    NameKind.WEAK: sentence("weak alias"),
}


@dataclass(frozen=True)
class Word:
    """A piece of a line; ``mark`` says what the comparison made of it, if it was weighed at all."""

    text: str
    mark: Sentence | None
    agrees: bool = False


@dataclass(frozen=True)
class Line:
    """One line on one side: words, and what kind of name it is where that is known."""

    words: tuple[Word, ...]
    kind: Sentence | None = None


@dataclass(frozen=True)
class Row:
    """One field of both records."""

    title: Sentence
    left: tuple[Line, ...]
    right: tuple[Line, ...]


def side_by_side(found: Comparison) -> list[Row]:
    """The fields of which either record holds something."""
    left, right = _marks(found, lambda one: one.left), _marks(found, lambda one: one.right)
    fields = zip(_fields(found.applicant, left), _fields(found.listed, right), strict=True)
    rows = [Row(title, mine, theirs) for (title, mine), (_, theirs) in fields]
    return [row for row in rows if row.left or row.right]


Marks = dict[str, Weighed]


def _marks(found: Comparison, side: Callable[[Weighed], str]) -> Marks:
    """Each weighed piece of one side in small letters; what is worth nothing is left unmarked."""
    return {side(one).casefold(): one for one in found.findings if side(one) and one.bits}


def _fields(person: Person, marks: Marks) -> list[tuple[Sentence, tuple[Line, ...]]]:
    documents = [" ".join(filter(None, (one.number, one.country))) for one in person.documents]
    return [
        (sentence("Names"), tuple(_name(one.text, NAME_KINDS[one.kind], marks) for one in person.names)),
        (sentence("Born"), _whole((str(day) for day in person.births), marks)),
        (sentence("Places"), _whole(person.places, marks)),
        (sentence("Countries"), _whole(person.countries, marks)),
        (sentence("Documents"), _whole(documents, marks)),
        (sentence("Contacts"), _whole(person.contacts, marks)),
        (sentence("Listed under"), _whole(person.programmes, marks)),
        (sentence("Remarks of the list"), _whole(filter(None, [person.remarks]), marks)),
    ]


def _name(text: str, kind: Sentence, marks: Marks) -> Line:
    return Line(tuple(_word(word, marks) for word in text.split()), kind)


def _whole(lines: Iterable[str], marks: Marks) -> tuple[Line, ...]:
    return tuple(Line((_word(line, marks),)) for line in lines)


def _word(text: str, marks: Marks) -> Word:
    found = marks.get(text.casefold())
    if found is None:
        return Word(text, None)
    return Word(text, AGREES if found.bits > 0 else DIFFERS, found.bits > 0)
