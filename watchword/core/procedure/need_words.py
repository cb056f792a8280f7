# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns the strings in which a profile writes its needs into needs."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from watchword.core.procedure.needs import (
    AnyEvidence,
    Days,
    LetterSent,
    Lodged,
    Need,
    NoOpenQuestion,
    Opened,
    Recorded,
    ReplyOrDays,
    SectionsReceived,
    Silent,
)
from watchword.core.procedure.needs_of_appeals import AnyLetter, Breached, NoReply, Replied
from watchword.core.procedure.tables import Table
from watchword.core.procedure.text import Text
from watchword.core.refusals import sentence

EVIDENCE = re.compile(r"([a-z][a-z0-9-]*)>=([1-9][0-9]?)( different)?\Z")
PLAIN: dict[str, Need] = {
    "breach": Breached(),
    "no-open-question": NoOpenQuestion(),
    "no-reply": NoReply(),
    "replied": Replied(),
}
NUMBER = re.compile(r"[1-9][0-9]{0,3}\Z")


@dataclass(frozen=True)
class Vocabulary:
    """What a need may name: ids with their titles.

    ``sections`` are those without which an application is incomplete, ``later`` those that the Desk asks for.
    """

    compartments: Mapping[str, Text]
    letters: Mapping[str, Text]
    evidence: Mapping[str, Text]
    sections: Mapping[str, Text]
    later: Mapping[str, Text]


def read_needs(table: Table, key: str, vocabulary: Vocabulary) -> tuple[Need, ...]:
    """Read the list of needs under ``key``; a word outside the vocabulary is a fault."""
    needs: list[Need] = []
    for written in table.strings(key):
        need = _parse(written, vocabulary)
        if need is None:
            table.note(key, sentence("“%(need)s” is no need that can be checked", need=written))
        else:
            needs.append(need)
    return tuple(needs)


def _parse(written: str, vocabulary: Vocabulary) -> Need | None:
    word, _, rest = written.partition(":")
    if written in PLAIN:
        return PLAIN[written]
    if written == "sections-received":
        return SectionsReceived(tuple(vocabulary.sections.items()))
    if word == "opened" and rest in vocabulary.compartments:
        return Opened(rest, vocabulary.compartments[rest])
    if word == "letter":
        return _parse_letters(rest.split(" or "), vocabulary.letters)
    if word == "lodged" and rest in vocabulary.later:
        return Lodged(rest, vocabulary.later[rest])
    if word == "evidence":
        return _parse_evidence(rest, vocabulary.evidence)
    return _parse_days(word, rest)


def _parse_letters(names: list[str], letters: Mapping[str, Text]) -> Need | None:
    if not letters.keys() >= set(names):
        return None
    sent = tuple(LetterSent(name, letters[name]) for name in names)
    return AnyLetter(sent) if len(sent) > 1 else sent[0]


def _parse_days(word: str, rest: str) -> Need | None:
    counted: dict[str, Callable[[int], Need]] = {"reply-or-days": ReplyOrDays, "days": Days, "silent": Silent}
    return counted[word](int(rest)) if word in counted and NUMBER.match(rest) else None


def _parse_evidence(written: str, kinds: Mapping[str, Text]) -> Need | None:
    options: list[Recorded] = []
    for part in written.split(" or "):
        match = EVIDENCE.match(part)
        if match is None or match[1] not in kinds:
            return None
        options.append(Recorded(match[1], kinds[match[1]], int(match[2]), bool(match[3])))
    return AnyEvidence(tuple(options))
