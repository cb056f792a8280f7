# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a list tells those who read its hits: title, polarity and note in three languages, format.

A description is TOML: ``polarity``, ``[title]`` and ``[note]`` with ``en``, ``uk`` and ``ru``, ``format``
when it cannot be recognised, and ``[mapping]`` for a CSV of one's own. Those of well-known lists are in
``known/``.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.loaders import ColumnMapping, Format, from_table
from watchword.core.screening.record import Polarity

LANGUAGES = ("en", "uk", "ru")
KEYS = {"polarity", "title", "note", "format", "mapping"}
ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
TEMPLATE = "template"


@dataclass(frozen=True)
class Description:
    """A checked description; ``mapping`` is the table as written, ready to be stored again."""

    title: Mapping[str, str]
    polarity: Polarity
    note: Mapping[str, str]
    format: Format | None = None
    mapping: Mapping[str, Any] | None = None

    @property
    def columns(self) -> ColumnMapping | None:
        """The mapping, checked."""
        return None if self.mapping is None else from_table(self.mapping)


def check_id(name: str) -> str:
    """The id of a list, which is also the name of its directory; raises ``WrongState`` for any other."""
    if not ID.fullmatch(name):
        raise WrongState(
            sentence("The id of a list has up to forty small letters, digits and hyphens, such as eu-fsf.")
        )
    return name


def parse(text: str) -> Description:
    """A description in TOML; raises ``WrongState`` for what is missing, misspelled or not as it should be."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WrongState(sentence("The description is not TOML: %(error)s.", error=error)) from None
    unknown = sorted(set(table) - KEYS)
    if unknown:
        raise WrongState(sentence("A description has no %(keys)s.", keys=", ".join(unknown)))
    return described(table)


def described(table: Mapping[str, Any]) -> Description:
    """A description from a parsed table."""
    kind, mapping = table.get("format"), table.get("mapping")
    if table.get("polarity") not in tuple(Polarity):
        raise WrongState(sentence("The polarity of a list is one of adverse, neutral and persecutor."))
    if kind is not None and kind not in tuple(Format):
        raise WrongState(sentence("%(format)s is not a format that is read here.", format=kind))
    if mapping is not None:
        from_table(mapping)
    return Description(
        title=in_three_languages(table.get("title"), "title"),
        polarity=Polarity(table["polarity"]),
        note=in_three_languages(table.get("note"), "note"),
        format=Format(kind) if kind else Format.MAPPED_CSV if mapping is not None else None,
        mapping=mapping,
    )


def in_three_languages(table: object, what: str) -> dict[str, str]:
    """A text that every reader can read; raises ``WrongState`` when a language is missing."""
    texts = {key: str(text).strip() for key, text in table.items()} if isinstance(table, Mapping) else {}
    if set(texts) != set(LANGUAGES) or not all(texts.values()):
        raise WrongState(sentence("[%(what)s] is given in en, uk and ru, and nothing else.", what=what))
    return texts


def to_json(description: Description) -> str:
    """What is stored beside a list."""
    table = {
        "title": dict(description.title),
        "polarity": description.polarity.value,
        "note": dict(description.note),
        "format": description.format.value if description.format else None,
        "mapping": description.mapping,
    }
    return json.dumps(table, ensure_ascii=False, indent=1)


def from_json(text: str) -> Description:
    """What was stored."""
    return described({key: value for key, value in json.loads(text).items() if value is not None})


def known(name: str) -> Description | None:
    """The description of a well-known list, by its id; None when it is not one."""
    return parse(_packaged(name)) if name in known_ids() else None


def known_ids() -> tuple[str, ...]:
    """The ids of the lists whose descriptions come with the program."""
    found = resources.files("watchword.watchlists").joinpath("known").iterdir()
    names = (entry.name.removesuffix(".toml") for entry in found if entry.name.endswith(".toml"))
    return tuple(sorted(name for name in names if name != TEMPLATE))


def template() -> str:
    """A description to be filled in: a list kept by the persecuting state, as a CSV of one's own."""
    return _packaged(TEMPLATE)


def _packaged(name: str) -> str:
    return (
        resources.files("watchword.watchlists").joinpath("known", f"{name}.toml").read_text(encoding="utf-8")
    )
