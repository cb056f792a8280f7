# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads parsed TOML strictly: notes each fault with its place and goes on, so that one run reports all."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches

from watchword.core.procedure.errors import Problem, ProfileError
from watchword.core.procedure.text import LANGUAGES, Text
from watchword.core.refusals import Sentence, sentence

# Of what could stand in the place of a name that is not there.
MOST_NAMED = 12
NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*\Z")


class Table:
    """One table of a profile file. Every getter notes what is wrong and returns a harmless stand-in.

    ``refuse_unknown`` names the keys nobody asked for; ``raise_problems`` ends the reading.
    """

    def __init__(
        self, file: str, data: object, path: str = "", problems: list[Problem] | None = None
    ) -> None:
        self.file = file
        self.path = path
        self.problems: list[Problem] = [] if problems is None else problems
        self._read: set[str] = set()
        self._data: Mapping[str, object] = {}
        if isinstance(data, Mapping):
            self._data = data
        else:
            self.note("", sentence("a table is needed here"))

    def note(self, key: str, what: Sentence) -> None:
        """Remember a fault at ``key`` of this table."""
        self.problems.append(Problem(self.file, ".".join(part for part in (self.path, key) if part), what))

    def has(self, key: str) -> bool:
        """Tell whether ``key`` is written in the file."""
        return key in self._data

    def peek(self, key: str) -> str:
        """Return an identifier without judging it, for lists that refer to one another."""
        value = self._data.get(key)
        return value if isinstance(value, str) else ""

    def string(self, key: str) -> str:
        """Return text without blank edges; empty text is a fault."""
        value = self._take(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self._wrong(key, sentence("words are needed here"))
        return ""

    def name(self, key: str, among: Collection[str] | None = None) -> str:
        """Return an identifier, if given ``among`` one of those."""
        value = self._take(key)
        if not isinstance(value, str) or not NAME.match(value):
            self._wrong(
                key, sentence("a name of small letters, digits, hyphens and underscores is needed here")
            )
            return ""
        self._check_among(key, [value], among)
        return value

    def names(self, key: str, among: Collection[str] | None = None, needed: bool = True) -> tuple[str, ...]:
        """Return a list of different identifiers; an empty one is a fault if ``needed``."""
        if not needed and not self.has(key):
            return ()
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            self._wrong(key, sentence("a list of names is needed here"))
            return ()
        if needed and not value:
            self.note(key, sentence("the list is empty"))
        if len(set(value)) != len(value):
            self.note(key, sentence("a name stands here twice"))
        self._check_among(key, value, among)
        return tuple(value)

    def strings(self, key: str) -> tuple[str, ...]:
        """Return a list of text, empty when the key is not there."""
        value = self._take(key) if self.has(key) else []
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._wrong(key, sentence("a list of words is needed here"))
        return ()

    def integer(self, key: str, least: int = 0, most: int | None = None) -> int:
        """Return a whole number of at least ``least``, and at most ``most``."""
        value = self._take(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            if most is None or value <= most:
                return value
            self._wrong(key, sentence("a whole number of at most %(most)s is needed here", most=most))
            return most
        self._wrong(key, sentence("a whole number of at least %(least)s is needed here", least=least))
        return least

    def optional_integer(self, key: str, least: int = 0) -> int | None:
        """Return a whole number, or None when the key is not there."""
        return self.integer(key, least) if self.has(key) else None

    def flag(self, key: str) -> bool:
        """Return true or false; false when the key is not there."""
        value = self._take(key) if self.has(key) else False
        if not isinstance(value, bool):
            self._wrong(key, sentence("true or false is needed here"))
        return value is True

    def text(self, key: str) -> Text:
        """Return words in every language; a missing or a surplus language is a fault."""
        table = self.table(key)
        words = (
            {code: table.string(code) for code in LANGUAGES}
            if self.has(key)
            else dict.fromkeys(LANGUAGES, "")
        )
        table.refuse_unknown()
        return Text(**words)

    def optional_text(self, key: str) -> Text | None:
        """Return words in every language, or None when the key is not there."""
        return self.text(key) if self.has(key) else None

    def table(self, key: str) -> "Table":
        """Return the table under ``key``; an empty one, with a fault noted, when it is missing."""
        if not self.has(key):
            self._take(key)
            self._wrong(key, sentence("this is missing"))
        inner = f"{self.path}.{key}" if self.path else key
        return Table(self.file, self._take(key) if self.has(key) else {}, inner, self.problems)

    def tables(self, key: str) -> Sequence["Table"]:
        """Return the tables of the list under ``key``, named by their ``id`` in faults; none if missing."""
        value = self._take(key) if self.has(key) else []
        if not isinstance(value, list):
            self._wrong(key, sentence("a list of tables is needed here"))
            return []
        found = list(self._numbered(key, value))
        self._refuse_twins(key, value)
        return found

    def refuse_unknown(self) -> None:
        """Note every key that nobody asked for: a misspelt key must not be silently without effect."""
        for key in sorted(set(self._data) - self._read):
            self.note(key, sentence("nothing of this name is known here"))

    def raise_problems(self) -> None:
        """Raise ProfileError with everything noted so far in this reading, if anything was."""
        if self.problems:
            raise ProfileError(self.problems)

    def _numbered(self, key: str, rows: list[object]) -> Iterator["Table"]:
        inner = f"{self.path}.{key}" if self.path else key
        for number, row in enumerate(rows):
            label = row.get("id", number) if isinstance(row, Mapping) else number
            yield Table(self.file, row, f"{inner}[{label}]", self.problems)

    def _refuse_twins(self, key: str, rows: list[object]) -> None:
        ids = [str(row["id"]) for row in rows if isinstance(row, Mapping) and "id" in row]
        for twin in sorted({one for one in ids if ids.count(one) > 1}):
            self.note(key, sentence("“%(name)s” stands here twice", name=twin))

    def _check_among(self, key: str, values: Sequence[str], among: Collection[str] | None) -> None:
        for value in values if among is not None else ():
            if value not in (among or ()):
                self.note(key, _no_such(value, among or ()))

    def _take(self, key: str) -> object:
        self._read.add(key)
        return self._data.get(key)

    def _wrong(self, key: str, what: Sentence) -> None:
        self.note(key, what if self.has(key) else sentence("this is missing"))


def _no_such(name: str, among: Collection[str]) -> Sentence:
    """Name what could have been meant, or what there is."""
    meant = get_close_matches(name, among, n=1) or sorted(among)[:MOST_NAMED]
    if not meant:
        return sentence("there is no “%(name)s” in this profile", name=name)
    return sentence(
        "there is no “%(name)s” in this profile, but there is: %(known)s", name=name, known=", ".join(meant)
    )
