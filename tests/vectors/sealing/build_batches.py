# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds the vectors of batches for seats held outside: one file, its hash, and what is no such file."""

import hashlib
import json
from typing import Any

from tests.vectors.sealing.build_requests import (
    CASE,
    ONCE,
    SHA,
    WORDS,
    Change,
    Plain,
    changed,
    ledger,
    sealed,
    short,
    text,
)

OTHER_CASE, OTHER_SHA = "d1" * 16, "6b" * 32


def batches() -> dict[str, Any]:
    return short(
        {
            "batch": text(_batch()),
            "action": hashlib.sha256(text(_asked()).encode()).hexdigest(),
            "reject_batch": [{"why": why, "text": found} for why, found in _wrong()],
        }
    )


def _asked() -> Plain:
    return {
        "asked_by": "ad" * 16,
        "cases": 2,
        "ceremony": "",
        "elements": ["birth", "identity"],
        "needed": 3,
        "recipient": ONCE,
        "records": [f"{CASE}/{SHA}", f"{OTHER_CASE}/{OTHER_SHA}"],
        "run": "screening-run",
        "seats": 5,
        "until": 1795600000,
    }


def _batch() -> Plain:
    return {
        "asked": _asked(),
        "bodies": [{"case": CASE, "compartment": "identity", "entry": 0, "sha256": SHA}],
        "entries": [{"case": CASE, "revision": 2, "sealed": sealed()}],
        "format": 1,
        "ledger": ledger(),
        "seat": "custodian-2",
        "told": {"before": [], "who": "Sofia S."},
        "what": "batch",
        "words": [{"by": "The third seat", "hash": WORDS, "sealed": sealed()}],
    }


def _wrong() -> list[tuple[str, str]]:
    changes: list[tuple[str, Change]] = [
        ("another format", lambda one: one.update(format=2)),
        ("a request of one case", lambda one: one.update(what="request")),
        ("a member too many", lambda one: one.update(note="")),
        ("a member too few", lambda one: one.pop("words")),
        ("no bodies", lambda one: one.update(bodies=[])),
        ("no entries", lambda one: one.update(entries=[])),
        ("a body without a hash", lambda one: one["bodies"][0].pop("sha256")),
        ("a body of no entry", lambda one: one["bodies"][0].update(entry=None)),
        ("a hash in capital letters", lambda one: one["bodies"][0].update(sha256=SHA.upper())),
        ("padded base64", lambda one: one["entries"][0].update(sealed="AA==")),
        ("words with a revision", lambda one: one["words"][0].update(revision=1)),
        ("a code of a case", lambda one: one["told"].update(code="WW-7K2M-41")),
        ("a short hash in a proof", lambda one: one["ledger"]["proof"].append("00")),
        ("no program", lambda one: one["asked"].pop("run")),
        ("no word of a ceremony", lambda one: one["asked"].pop("ceremony")),
        ("half a ceremony", lambda one: one["asked"].update(ceremony="c0" * 16)),
        ("a program in words", lambda one: one["asked"].update(run="Compare with the lists")),
        ("nothing asked for", lambda one: one["asked"].update(elements=[])),
        ("more needed than there are", lambda one: one["asked"].update(needed=6)),
        ("seventeen seats", lambda one: one["asked"].update(seats=17)),
        ("an older recipient", lambda one: one["asked"].update(recipient="age1" + "q" * 58)),
        ("no records", lambda one: one["asked"].update(records=[], cases=0)),
        ("records out of order", lambda one: one["asked"]["records"].reverse()),
        ("one record twice", lambda one: one["asked"]["records"].insert(0, f"{CASE}/{SHA}")),
        ("a record of no case", lambda one: one["asked"].update(records=[SHA], cases=1)),
        ("fewer cases than there are", lambda one: one["asked"].update(cases=1)),
        ("more cases than there are", lambda one: one["asked"].update(cases=3)),
        (
            "more than two hundred cases",
            lambda one: one["asked"].update(records=[f"{n:032x}/{SHA}" for n in range(201)], cases=201),
        ),
        ("an end that is no number", lambda one: one["asked"].update(until="1795600000")),
    ]
    return [
        *((why, text(changed(_batch(), change))) for why, change in changes),
        ("blanks", json.dumps(_batch(), sort_keys=True)),
    ]
