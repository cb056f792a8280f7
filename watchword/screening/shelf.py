# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists of this Desk, as screening asks for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from watchword.core.procedure import Text
from watchword.core.refusals import Sentence, WrongState, sentence
from watchword.core.screening.record import Person, Polarity
from watchword.screening.comparison import Comparison, compared
from watchword.screening.rules import AT_LEAST, MOST_HITS

if TYPE_CHECKING:
    from watchword.watchlists import Hit, ListFacts, Screen, Shelf, Version
    from watchword.watchlists.delta import Delta

Versions = Mapping[str, int]
"""List id to version: how far somebody was compared."""

POLARITIES: Mapping[Polarity, Sentence] = {
    Polarity.ADVERSE: sentence("Speaks against, and has to be looked into"),
    Polarity.NEUTRAL: sentence("Speaks neither for nor against"),
    Polarity.PERSECUTOR: sentence("Kept by the persecuting state: may speak for the applicant"),
}
FIRST = sentence("The first version")


@dataclass(frozen=True)
class ListRow:
    """One list in words.

    ``change``: what this version brought; ``complaints``: lines of the source that were not understood;
    ``outdated``: its index was built with other tables of names than this program has.
    """

    id: str
    title: Text
    polarity: Polarity
    polarity_words: Sentence
    note: Text
    version: int
    added: date
    change: Sentence
    people: int
    names: int
    complaints: int
    outdated: bool


def lists() -> list[ListRow]:
    """Every list on the shelf, by title."""
    shelf = _shelf()
    rows = [_row(one, shelf.version(one.id)) for one in shelf.lists()]
    return sorted(rows, key=lambda row: row.title.en)


def _row(one: "ListFacts", version: "Version") -> ListRow:
    return ListRow(
        id=one.id,
        title=_text(one.title),
        polarity=one.polarity,
        polarity_words=POLARITIES[one.polarity],
        note=_text(one.note),
        version=one.version,
        added=one.added,
        change=_change(version.delta) if one.version > 1 else FIRST,
        people=one.people,
        names=one.names,
        complaints=one.complaints,
        outdated=version.table_version != table_version(),
    )


def versions() -> Versions:
    """The lists of today."""
    return {row.id: row.version for row in lists()}


def search(people: Sequence[Person], since: Versions) -> list[tuple[Comparison, ...]]:
    """For each person, whoever resembles them among what changed since these versions; see ``rules``.

    All of a list that ``since`` does not name is searched. WrongState when there are no lists at all, or one
    is damaged.
    """
    _check_some()
    screen = _shelf().open(changed_since=since) if since else _shelf().open()
    _verify_once(screen)
    found = screen.search_many(people, limit=MOST_HITS, at_least=AT_LEAST)
    return [tuple(_compared(person, hit) for hit in hits) for person, hits in zip(people, found, strict=True)]


def check_usable() -> None:
    """WrongState when nothing could be compared now; asked before anything is opened for it."""
    _check_some()
    _verify_once(_shelf().open())


def tagged(list_id: str, wanted: Callable[[str], bool]) -> tuple[Person, int] | None:
    """Whoever of a list has the key that is ``wanted``, with the list's version; None when nobody has now.

    Each key of the list is tried: nothing that is stored says whom to look for.
    """
    shelf = _shelf()
    if all(one.id != list_id for one in shelf.lists()):
        return None
    found = (person for person in shelf.changes(list_id, 0) if wanted(person.key))
    person = next(found, None)
    return (person, shelf.version(list_id).number) if person else None


def check_readable(person: Person) -> None:
    """WrongState when no name is in letters that are compared: "nobody found" would be a false statement."""
    from watchword.core import names

    if not any(names.skeletons(name.text) for name in person.names):
        raise WrongState(
            sentence(
                "This name is in letters that are not compared with the lists. Ask the applicant to write it"
                " in Latin or Cyrillic letters as well."
            )
        )


def table_version() -> int:
    """The version of the tables of names; what was compared under another one may meet otherwise."""
    # The tables are read when first asked for, not when a program starts.
    from watchword.core import names

    return names.TABLE_VERSION


def is_current(compared: Versions, now: Versions) -> bool:
    """Whether somebody compared with ``compared`` was compared with all of ``now``."""
    return all(compared.get(name) == version for name, version in now.items())


def _shelf() -> "Shelf":
    # Numbers and kernels load in seconds; the Desk starts without them.
    from watchword import watchlists

    return watchlists.Shelf(Path(settings.WATCHWORD_LISTS))


_verified: set[tuple[str, str, int, int]] = set()


def _verify_once(screen: "Screen") -> None:
    """Read every byte of an index before this process first trusts it: WrongState when one has changed.

    A disk that forgets a bit would otherwise lose a listed person in silence, or end the process.
    """
    place = str(settings.WATCHWORD_LISTS)
    # What has changed is searched in memory: that says nothing of the file.
    indexes = {
        (place, one.id, one.version.number, one.version.table_version)
        for one in screen.lists
        if one.rows is None
    }
    if not indexes <= _verified:
        screen.verify()
        _verified.update(indexes)


def _compared(applicant: Person, hit: "Hit") -> Comparison:
    return compared(applicant, hit.person, hit.judgement, list_id=hit.list_id, version=hit.version)


def _change(delta: "Delta") -> Sentence:
    return sentence(
        "%(added)s added, %(changed)s changed, %(removed)s gone",
        added=delta.added,
        changed=delta.changed,
        removed=delta.removed,
    )


def _check_some() -> None:
    if not _shelf().lists():
        raise WrongState(sentence("No list is loaded yet, so there is nothing to compare with."))


def _text(words: Mapping[str, str]) -> Text:
    return Text(words["en"], words["uk"], words["ru"])


def by_id(rows: Sequence[ListRow]) -> dict[str, ListRow]:
    """The lists by id."""
    return {row.id: row for row in rows}
