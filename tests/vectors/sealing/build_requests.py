# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds the vectors of seats held outside: one request, its answers, and what is no such file."""

import hashlib
import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from watchword.core.sealing import base64
from watchword.core.sealing.recipients import Identity

SEED = bytes(range(64, 96))
RECIPIENT = str(Identity.from_seed(SEED).recipient)
ONCE = str(Identity.from_seed(bytes(range(32))).recipient)
CASE, SHA, WORDS = "c0" * 16, "5a" * 32, "77" * 32
Plain = dict[str, Any]
Change = Callable[[Plain], object]


def requests() -> Plain:
    built = {
        "seed": SEED.hex(),
        "address": _address(),
        "mark": hashlib.sha256(b"watchword/seat-mark/v1\0" + _address().encode()).digest()[:16].hex(),
        "request": text(_request()),
        "action": hashlib.sha256(text(_asked()).encode()).hexdigest(),
        "answers": [text(_signed(_answer(True))), text(_signed(_answer(False)))],
        "reject_address": _addresses(),
        "reject_request": [{"why": why, "text": found} for why, found in _requests_wrong()],
        "reject_answer": [{"why": why, "text": found} for why, found in _answers_wrong()],
    }
    return short(built)


def short(built: Plain) -> Plain:
    """What is two thousand letters long stands here many times: written once, named elsewhere."""
    named = {"$recipient": RECIPIENT, "$once": ONCE, "$sealed": sealed()}
    written = json.dumps(built)
    for name, found in named.items():
        written = written.replace(found, name)
    return {"named": {name: found for name, found in named.items() if name in written}, **json.loads(written)}


def text(plain: Plain) -> str:
    """Members in order and no blanks: as RFC 8785 writes what stands here."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sealed() -> str:
    """The kept sample that is sealed to one post-quantum key, as one file."""
    kept = json.loads((Path(__file__).with_name("samples.json")).read_text(encoding="utf-8"))
    return base64.encode(kept["samples"][0]["header"].encode())


def _signer() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(
        HKDF(SHA256(), 32, b"watchword/seat/v1", b"answers").derive(SEED)
    )


def _address() -> str:
    return f"{RECIPIENT} {_signer().public_key().public_bytes_raw().hex()}"


def _asked() -> Plain:
    return {
        "asked_by": "ad" * 16,
        "case": CASE,
        "elements": ["relatives"],
        "glass": False,
        "needed": 3,
        "recipient": ONCE,
        "records": [SHA],
        "seats": 5,
        "serves": "protect-relatives",
        "told": "",
        "until": 1795600000,
        "words": WORDS,
    }


def _request() -> Plain:
    return {
        "asked": _asked(),
        "bodies": [{"case": CASE, "compartment": "relatives", "entry": 0, "sha256": SHA}],
        "entries": [{"case": CASE, "revision": 2, "sealed": sealed()}],
        "format": 1,
        "ledger": ledger(),
        "seat": "custodian-2",
        "told": {"before": [], "check": "To warn relatives", "code": "WW-7K2M-41", "who": "Ada K."},
        "what": "request",
        "words": [{"by": "", "hash": WORDS, "revision": 1, "sealed": sealed()}],
    }


def ledger() -> Plain:
    return {
        "checkpoint": "watchword.invalid/log\n7\n…\n",
        "entry": "{}",
        "growth": ["01" * 32],
        "index": 6,
        "manifest": "watchword-manifest/v1\n",
        "proof": ["02" * 32, "03" * 32],
        "since": 5,
    }


def _answer(gave: bool) -> Plain:
    return {
        "action": hashlib.sha256(text(_asked()).encode()).hexdigest(),
        "gave": gave,
        "parts": [{"sealed": sealed(), "sha256": SHA}] if gave else [],
        "reason": "" if gave else "I cannot picture it.",
        "seat": "custodian-2",
    }


def _signed(answer: Plain) -> Plain:
    said = (
        b"watchword/seat-answer/v1\0"
        + json.dumps(answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    )
    return {**answer, "format": 1, "signature": _signer().sign(said).hex(), "what": "answer"}


def _addresses() -> list[Plain]:
    key = "00" * 32
    return [
        {"why": "a recipient alone", "text": RECIPIENT},
        {"why": "capital letters", "text": f"{RECIPIENT.upper()} {key}"},
        {"why": "two blanks", "text": f"{RECIPIENT}  {key}"},
        {"why": "a wrong letter", "text": f"{RECIPIENT[:-1]}{'q' if RECIPIENT[-1] != 'q' else 'p'} {key}"},
        {"why": "a short key", "text": f"{RECIPIENT} {key[:-2]}"},
        {"why": "the older type", "text": f"age1{'q' * 58} {key}"},
    ]


def _requests_wrong() -> list[tuple[str, str]]:
    changes: list[tuple[str, Change]] = [
        ("another format", lambda one: one.update(format=2)),
        ("a format that is true", lambda one: one.update(format=True)),
        ("another file", lambda one: one.update(what="answer")),
        ("a member too many", lambda one: one.update(note="")),
        ("a member too few", lambda one: one.pop("told")),
        ("no bodies", lambda one: one.update(bodies=[])),
        ("no entries", lambda one: one.update(entries=[])),
        ("no words", lambda one: one.update(words=[])),
        ("a body without a hash", lambda one: one["bodies"][0].pop("sha256")),
        ("a hash in capital letters", lambda one: one["bodies"][0].update(sha256=SHA.upper())),
        ("a place below none", lambda one: one["bodies"][0].update(entry=-1)),
        ("a revision with a fraction", lambda one: one["entries"][0].update(revision=1.5)),
        ("padded base64", lambda one: one["entries"][0].update(sealed="AA==")),
        ("a short hash in a proof", lambda one: one["ledger"]["proof"].append("00")),
        ("more needed than there are", lambda one: one["asked"].update(needed=6)),
        ("seventeen seats", lambda one: one["asked"].update(seats=17)),
        ("nothing asked for", lambda one: one["asked"].update(elements=[])),
        ("one record twice", lambda one: one["asked"].update(records=[SHA, SHA])),
        ("records out of order", lambda one: one["asked"].update(records=["ff" * 32, SHA])),
        ("a glass in words", lambda one: one["asked"].update(glass="no")),
        ("no day", lambda one: one["asked"].update(told="soon")),
        ("an older recipient", lambda one: one["asked"].update(recipient="age1" + "q" * 58)),
        ("an end that is no number", lambda one: one["asked"].update(until="1795600000")),
    ]
    return [
        *((why, text(changed(_request(), change))) for why, change in changes),
        ("nothing", ""),
        ("no JSON", "{"),
        ("no object", "[]"),
        ("blanks", json.dumps(_request(), sort_keys=True)),
        ("a member twice", text(_request()).replace('{"asked"', '{"seat":"custodian-2","asked"')),
    ]


def _answers_wrong() -> list[tuple[str, str]]:
    given, refused = _answer(True), _answer(False)
    signed: list[tuple[str, Plain]] = [
        ("gives nothing", {**given, "parts": []}),
        ("gives and says why not", {**given, "reason": "No."}),
        ("refuses and gives", {**refused, "parts": given["parts"]}),
        ("refuses without a reason", {**refused, "reason": " "}),
        ("a reason too long", {**refused, "reason": "x" * 2001}),
        ("what is sealed is nothing", {**given, "parts": [{"sealed": "", "sha256": SHA}]}),
        ("an action cut short", {**given, "action": given["action"][:-2]}),
    ]
    whole = _signed(given)
    changes: list[tuple[str, Change]] = [
        ("no signature", lambda one: one.pop("signature")),
        ("a signature cut short", lambda one: one.update(signature=one["signature"][:-2])),
        ("a signature in capital letters", lambda one: one.update(signature=one["signature"].upper())),
        ("a member too many", lambda one: one.update(note="")),
        ("a request", lambda one: one.update(what="request")),
    ]
    return [
        *((why, text(_signed(one))) for why, one in signed),
        *((why, text(changed(whole, change))) for why, change in changes),
    ]


def changed(plain: Plain, change: Change) -> Plain:
    copy = deepcopy(plain)
    change(copy)
    return copy
