# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known of a skeleton: how many bear it as what, and which other names are forms of the same."""

import json
from enum import IntFlag
from functools import cache
from importlib import resources
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from watchword.core.names.family import fathers_roots, surname_base
from watchword.core.names.tables import TABLE_VERSION
from watchword.core.refusals import WrongState, sentence

FILE = "lexicon.bin"
MAGIC = b"watchword lexicon of names 1\n"
UNKNOWN = -1
DAMAGED = sentence("The lexicon of names is damaged: build it again.")


class Gender(IntFlag):
    """Whose name it is, by each role that the name can have."""

    GIVEN_MALE = 1
    GIVEN_FEMALE = 2
    PATRONYMIC_MALE = 4
    PATRONYMIC_FEMALE = 8
    SURNAME_MALE = 16
    SURNAME_FEMALE = 32


class Entry(NamedTuple):
    """What is known of one skeleton. Counts are bearers in the source; divide by ``Lexicon.totals``.

    ``given`` and ``patronymic`` count this very skeleton, ``surname`` the family in both genders' forms.
    ``groups``: ids of given names that it is a form of; ``patronymic_of``: ids of the father's given names.
    """

    given: int
    patronymic: int
    surname: int
    gender: int
    groups: tuple[int, ...]
    patronymic_of: tuple[int, ...]
    surname_base: str


class Totals(NamedTuple):
    """Bearers counted in the source, by role."""

    given: int
    patronymic: int
    surname: int


class Lexicon:
    """The built lexicon: columns over the sorted skeletons, and a table of hashes to find one."""

    def __init__(self, content: bytes) -> None:
        header, start = _header(content)
        self.columns: dict[str, NDArray[np.integer]] = {
            name: np.frombuffer(content, dtype, length, start + offset)
            for name, dtype, length, offset in header["columns"]
        }
        self.sources: dict[str, str] = header["sources"]
        self.totals = Totals(**header["totals"])
        column = {name: array.data for name, array in self.columns.items()}
        self._text, self._at = bytes(column["text"]), column["text_at"]
        self._slots, self._mask = column["slots"], len(column["slots"]) - 1
        self._counts = column["given"], column["patronymic"], column["surname"], column["gender"]
        self._groups, self._groups_at = column["groups"], column["groups_at"]
        self._fathers, self._fathers_at = column["fathers"], column["fathers_at"]
        self._base = column["base"]
        self._label, self._label_at = bytes(column["label"]), column["label_at"]

    def __len__(self) -> int:
        return len(self._at) - 1

    def skeleton(self, row: int) -> str:
        """The skeleton in ``row``."""
        return self._text[self._at[row] : self._at[row + 1]].decode("ascii")

    def group(self, number: int) -> str:
        """The Russian full form that names a group of given names."""
        return self._label[self._label_at[number] : self._label_at[number + 1]].decode("utf-8")

    def row(self, skeleton: str) -> int:
        """Where the columns tell of ``skeleton``, or ``UNKNOWN``."""
        wanted = skeleton.encode("ascii")
        slot = crc32(wanted) & self._mask
        while (row := self._slots[slot]) != UNKNOWN:
            if self._text[self._at[row] : self._at[row + 1]] == wanted:
                return int(row)
            slot = (slot + 1) & self._mask
        return UNKNOWN

    def look_up(self, skeleton: str) -> Entry:
        """The entry of ``skeleton``; of an unknown one, what its shape says."""
        row = self.row(skeleton)
        if row == UNKNOWN:
            return self._by_shape(skeleton)
        given, patronymic, surname, gender = self._counts
        base = self._base[row]
        return Entry(
            given[row],
            patronymic[row],
            surname[row],
            gender[row],
            tuple(self._groups[self._groups_at[row] : self._groups_at[row + 1]]),
            tuple(self._fathers[self._fathers_at[row] : self._fathers_at[row + 1]]),
            surname_base(skeleton) if base == UNKNOWN else self.skeleton(base),
        )

    def _by_shape(self, skeleton: str) -> Entry:
        fathers: set[int] = set()
        for root in fathers_roots(skeleton):
            row = self.row(root)
            if row != UNKNOWN:
                fathers.update(self._groups[self._groups_at[row] : self._groups_at[row + 1]])
        base = surname_base(skeleton)
        row = self.row(base) if base != skeleton else UNKNOWN
        surname = 0 if row == UNKNOWN else self._counts[2][row]
        return Entry(0, 0, surname, 0, (), tuple(sorted(fathers)), base)


def _header(content: bytes) -> tuple[dict[str, Any], int]:
    """The head of the file, and where its columns begin."""
    end = content.find(b"\n", len(MAGIC))
    if not content.startswith(MAGIC) or end < 0:
        raise WrongState(DAMAGED)
    header = json.loads(content[len(MAGIC) : end])
    if header["table_version"] != TABLE_VERSION:
        raise WrongState(
            sentence(
                "The lexicon of names was built for tables of version %(built)s, not %(version)s:"
                " build it again.",
                built=header["table_version"],
                version=TABLE_VERSION,
            )
        )
    start = -(-(end + 1) // 64) * 64
    if len(content) != start + header["size"]:
        raise WrongState(DAMAGED)
    return header, start


@cache
def lexicon() -> Lexicon:
    """The built lexicon, loaded once in a process."""
    file = resources.files(__package__).joinpath(f"built/{FILE}")
    if not file.is_file():
        raise WrongState(sentence("The lexicon of names has not been built: run python -m tools.lexicon."))
    return Lexicon(file.read_bytes())
