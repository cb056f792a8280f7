# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds the lexicon of names: frequencies and dictionaries out of two packages and our own list, folded.

``python -m tools.lexicon`` writes ``watchword/core/names/built/lexicon.bin``; the same input, the same bytes.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path

import duckdb
from names_translator.dicts import NameDicts

from tools.lexicon_file import Row, contents
from watchword.core.names.family import fathers_roots, surname_base
from watchword.core.names.lexicon import FILE, Gender, Totals
from watchword.core.names.skeleton import skeleton
from watchword.core.names.tables import table

BUILT = Path(__file__).resolve().parents[1] / "watchword" / "core" / "names" / "built"
# A Ukrainian name is often several Russian ones in the dictionary; the third and later are rarely meant.
TRANSLATIONS = 2

Rows = defaultdict[str, Row]


def parquet(name: str, column: str = "") -> Iterator[tuple[str, int, str, str]]:
    """Rows of one of russiannames' three tables: text, count, gender, and one more column, or nothing."""
    path = str(resources.files("russiannames").joinpath(f"data/{name}.parquet"))
    relation = duckdb.read_parquet(path).order("text")
    wanted = ("text", "count", "gender", *([column] if column else []))
    for text, count, gender, *more in relation.select(*wanted).fetchall():
        yield text, count, gender or "", more[0] or "" if more else ""


@cache
def folded(word: str) -> str:
    """The skeleton of a dictionary's word."""
    return skeleton(word.lower().replace("'", "").replace("’", ""))


class Groups:
    """Which given names are forms of one: ours by head, the packages' by what they translate to."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.heads: dict[str, set[str]] = defaultdict(set)
        self.spelt: dict[str, str] = {}
        for gender, flag in (("male", Gender.GIVEN_MALE), ("female", Gender.GIVEN_FEMALE)):
            for head, forms in table("given")[gender].items():
                for form in [head, *forms.split()]:
                    self.heads[folded(form)].add(head)
                    rows[folded(form)].gender |= flag

    def of(self, russian: str) -> set[str]:
        """The groups of a Russian given name; one that no list knows is a group of its own."""
        here = folded(russian)
        return self.heads.get(here) or {self.spelt.setdefault(here, russian.capitalize())}

    def settle(self) -> None:
        """Give every form of our list its groups; ours say more than a dictionary's."""
        for form, heads in self.heads.items():
            self.rows[form].groups = set(heads)


def given_names(rows: Rows, groups: Groups, dictionaries: NameDicts) -> int:
    """Given names with their counts, and their Ukrainian forms."""
    total = 0
    for text, count, gender, _ in parquet("names"):
        row = rows[folded(text)]
        row.given += count
        row.gender |= {"m": Gender.GIVEN_MALE, "f": Gender.GIVEN_FEMALE}.get(gender, 0)
        total += count
    for ukrainian, russian in dictionaries.as_dict("first").items():
        here = folded(ukrainian)
        for name in russian[:TRANSLATIONS]:
            if folded(name) != here:
                rows[here].groups |= groups.of(name)
                rows[folded(name)].groups |= groups.of(name)
    return total


def patronymics(rows: Rows, groups: Groups, dictionaries: NameDicts) -> int:
    """Patronymics with their counts and the father's name."""
    total = 0
    for text, count, gender, father in parquet("midnames", "fname"):
        row = rows[folded(text)]
        row.patronymic += count
        row.gender |= Gender.PATRONYMIC_MALE if gender == "m" else Gender.PATRONYMIC_FEMALE
        total += count
        if father:
            row.fathers |= groups.of(father)
            rows[folded(father)].groups |= groups.of(father)
    for ukrainian, russian in dictionaries.as_dict("patronymic").items():
        here = folded(ukrainian)
        for name in russian[:TRANSLATIONS]:
            rows[here].fathers |= rows[folded(name)].fathers
    return total


def surnames(rows: Rows) -> int:
    """Surnames: bearers counted by family, both genders together; feminine forms tied to masculine ones."""
    total, families = 0, defaultdict[str, int](int)
    for text, count, gender, feminine in parquet("surnames", "f_form"):
        here = folded(text)
        rows[here].gender |= {"m": Gender.SURNAME_MALE, "f": Gender.SURNAME_FEMALE}.get(gender, 0)
        rows[here].surname += count
        if feminine and surname_base(folded(feminine)) != surname_base(here):
            rows[folded(feminine)].base = surname_base(here)
        total += count
    for name, row in rows.items():
        families[row.base or surname_base(name)] += row.surname
    for name, row in list(rows.items()):
        row.surname = families[row.base or surname_base(name)]
    for base in families:
        rows[base].surname = max(rows[base].surname, families[base])
    return total


def translated_surnames(rows: Rows, dictionaries: NameDicts) -> None:
    """A Ukrainian surname takes the Russian one's base where it is hardly a Russian surname itself."""
    for ukrainian, russian in dictionaries.as_dict("last").items():
        here, there = folded(ukrainian), folded(russian[0])
        ours, theirs = surname_base(here), surname_base(there)
        if ours != theirs and theirs and rows[ours].surname * 10 < rows[theirs].surname:
            rows[here].base = rows[ours].base = theirs
            rows[here].surname = rows[theirs].surname


def built() -> bytes:
    """The whole file."""
    rows: Rows = defaultdict(Row)
    dictionaries = NameDicts()
    groups = Groups(rows)
    totals = Totals(
        given_names(rows, groups, dictionaries), patronymics(rows, groups, dictionaries), surnames(rows)
    )
    translated_surnames(rows, dictionaries)
    groups.settle()
    for name, row in list(rows.items()):
        if not row.fathers:
            row.fathers = {
                group for root in fathers_roots(name) if root in rows for group in rows[root].groups
            }
    rows.pop("", None)
    sources = {name: version(name) for name in ("names-translator", "russiannames")}
    return contents(rows, totals, sources)


def main() -> None:
    BUILT.mkdir(exist_ok=True)
    # Written whole and then renamed: a process that starts meanwhile reads the old one or the new one.
    fresh = BUILT / f"{FILE}.new"
    fresh.write_bytes(built())
    fresh.replace(BUILT / FILE)


if __name__ == "__main__":
    main()
