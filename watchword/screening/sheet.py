# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is sealed of a hit: both records as they were that day, and what the comparison said of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from watchword.core.refusals import Refused, Sentence, WrongState, sentence
from watchword.core.screening.dates import from_iso
from watchword.core.screening.record import Document, NameKind, Person, PersonName


@dataclass(frozen=True)
class Likeness:
    """One line of a comparison: what stood on either side, what that says, and its worth in bits."""

    feature: str
    left: str
    right: str
    bits: float
    reason: Sentence


@dataclass(frozen=True)
class Sheet:
    """A hit, whole. ``prior``: log2 odds before the comparison; ``bits``: what all findings add to them."""

    list_id: str
    version: int
    applicant: Person
    listed: Person
    prior: float
    bits: float
    probability: float
    findings: tuple[Likeness, ...]

    @property
    def about(self) -> tuple[str, str]:
        """What recognises the same hit in another version of the list."""
        return self.list_id, self.listed.key

    def says_the_same(self, other: "Sheet") -> bool:
        """Whether both are about the same words on either side, whatever a later model makes of them."""
        return (self.applicant, self.listed) == (other.applicant, other.listed)


def encode(sheet: Sheet) -> bytes:
    """Canonical JSON (RFC 8785)."""
    return rfc8785.dumps(
        {
            "list": sheet.list_id,
            "version": sheet.version,
            "applicant": _person(sheet.applicant),
            "listed": _person(sheet.listed),
            "prior": sheet.prior,
            "bits": sheet.bits,
            "probability": sheet.probability,
            "findings": [_likeness(one) for one in sheet.findings],
        }
    )


def decode(payload: bytes) -> Sheet:
    """What ``encode`` wrote; WrongState for anything else."""
    try:
        found = json.loads(payload)
        return Sheet(
            list_id=str(found["list"]),
            version=int(found["version"]),
            applicant=_read_person(found["applicant"]),
            listed=_read_person(found["listed"]),
            prior=float(found["prior"]),
            bits=float(found["bits"]),
            probability=float(found["probability"]),
            findings=tuple(_read_likeness(one) for one in found["findings"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, Refused) as error:
        raise WrongState(
            sentence("What was sealed here is not in a form that this programme writes.")
        ) from error


def _person(person: Person) -> dict[str, Any]:
    return {
        "key": person.key,
        "names": [[one.text, one.kind.value, one.surname, one.given, one.patronymic] for one in person.names],
        "births": [str(day) for day in person.births],
        "places": list(person.places),
        "countries": list(person.countries),
        "gender": person.gender,
        "documents": [[one.kind, one.number, one.country] for one in person.documents],
        "contacts": list(person.contacts),
        "programmes": list(person.programmes),
        "remarks": person.remarks,
    }


def _read_person(found: Mapping[str, Any]) -> Person:
    return Person(
        key=found["key"],
        names=tuple(PersonName(one[0], NameKind(one[1]), *one[2:]) for one in found["names"]),
        births=tuple(from_iso(day) for day in found["births"]),
        places=tuple(found["places"]),
        countries=tuple(found["countries"]),
        gender=found["gender"],
        documents=tuple(Document(*one) for one in found["documents"]),
        contacts=tuple(found["contacts"]),
        programmes=tuple(found["programmes"]),
        remarks=found["remarks"],
    )


def _likeness(one: Likeness) -> dict[str, Any]:
    return {
        "feature": one.feature,
        "left": one.left,
        "right": one.right,
        "bits": one.bits,
        "reason": _sentence(one.reason),
    }


def _read_likeness(found: Mapping[str, Any]) -> Likeness:
    reason = _read_sentence(found["reason"])
    return Likeness(found["feature"], found["left"], found["right"], float(found["bits"]), reason)


def _sentence(words: Sentence) -> dict[str, Any]:
    """The English sentence and its gaps, so that each reader gets it in a language of their own."""
    gaps = {name: _sentence(one) if isinstance(one, Sentence) else one for name, one in words.params.items()}
    plain = {
        name: one if isinstance(one, dict | str | int | float) else str(one) for name, one in gaps.items()
    }
    return {"text": words.text, "gaps": plain, "many": words.many, "count": words.count}


def _read_sentence(found: Mapping[str, Any]) -> Sentence:
    gaps = {
        name: _read_sentence(one) if isinstance(one, dict) else one for name, one in found["gaps"].items()
    }
    return Sentence(str(found["text"]), gaps, str(found["many"]), int(found["count"]))
