# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is sealed of a hit: on which list, what agrees and what differs, and not a word of either side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from watchword.core.refusals import (
    Refused,
    Sentence,
    WrongState,
    plain_sentence,
    read_sentence,
    sentence,
)


@dataclass(frozen=True)
class Likeness:
    """One line of a comparison: what was looked at, what came of it, and its worth in whole bits."""

    feature: str
    bits: float
    reason: Sentence


@dataclass(frozen=True)
class Sheet:
    """A hit, blind. ``prior``: log2 odds before the comparison; ``bits``: what all findings add to them.

    ``tag`` is by what the listed person is recognised again; nobody can tell from it who that is.
    """

    list_id: str
    version: int
    tag: str
    prior: float
    bits: float
    probability: float
    findings: tuple[Likeness, ...]


def encode(sheet: Sheet) -> bytes:
    """Canonical JSON (RFC 8785)."""
    return rfc8785.dumps(
        {
            "list": sheet.list_id,
            "version": sheet.version,
            "tag": sheet.tag,
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
            tag=str(found["tag"]),
            prior=float(found["prior"]),
            bits=float(found["bits"]),
            probability=float(found["probability"]),
            findings=tuple(_read_likeness(one) for one in found["findings"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, Refused) as error:
        raise WrongState(
            sentence("What was sealed here is not in a form that this programme writes.")
        ) from error


def _likeness(one: Likeness) -> dict[str, Any]:
    return {"feature": one.feature, "bits": one.bits, "reason": plain_sentence(one.reason)}


def _read_likeness(found: Mapping[str, Any]) -> Likeness:
    return Likeness(str(found["feature"]), float(found["bits"]), read_sentence(found["reason"]))
