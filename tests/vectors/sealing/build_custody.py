# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds the vectors of custody: what seats are handed of fixed keys, and what is not read or restored."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from tests.vectors.sealing.reference import share
from watchword.core.sealing.recipients import X25519, Identity

SEED = bytes(range(32))
OTHER = bytes(range(1, 33))
Plain = dict[str, Any]


def custody() -> Plain:
    ways = [(1, [1]), (1, [1, 2, 3]), (2, [1, 2, 3]), (3, [250, 7, 99, 4, 1]), (16, list(range(1, 17)))]
    built = {
        "accept": [_accepted(needed, xs) for needed, xs in ways],
        "reject_handed": _handed_wrongly(),
        "reject_restoring": _restored_wrongly(),
    }
    # A recipient is two thousand letters, and stands here hundreds of times: written once, named elsewhere.
    recipients = {
        "$seed": str(Identity.from_seed(SEED).recipient),
        "$other": str(Identity.from_seed(OTHER).recipient),
    }
    written = json.dumps(built)
    for name, recipient in recipients.items():
        written = written.replace(recipient, name)
    return {"recipients": recipients, **json.loads(written)}


def _accepted(needed: int, xs: list[int]) -> Plain:
    """Two compartments handed out together: their seeds, recipients, and the bytes for each seat."""
    kept = {
        "names": (OTHER, parts(OTHER, "names", needed, xs)),
        "relatives": (SEED, parts(SEED, "relatives", needed, xs)),
    }
    return {
        "needed": needed,
        "seeds": {name: seed.hex() for name, (seed, _) in kept.items()},
        "handed": [
            text({"format": 1, "parts": [made[at] for _, made in kept.values()]}) for at in range(len(xs))
        ],
    }


def parts(seed: bytes, compartment: str, needed: int, xs: list[int]) -> list[Plain]:
    # Any fixed coefficients do: what is tested is the form, and real ones are random.
    rows = [hashlib.shake_256(bytes([degree])).digest(32) for degree in range(1, needed)]
    shares = [share(seed, rows, x) for x in xs]
    return [
        {
            "commitments": [hashlib.sha256(one).hexdigest() for one in shares],
            "compartment": compartment,
            "needed": needed,
            "number": number,
            "recipient": str(Identity.from_seed(seed).recipient),
            "share": one.hex(),
        }
        for number, one in enumerate(shares, start=1)
    ]


def text(plain: Plain) -> str:
    """Members in order and no blanks: as RFC 8785 writes what stands here."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"))


def _handed_wrongly() -> list[Plain]:
    first, second, *_ = parts(SEED, "relatives", 2, [1, 2, 3])
    broken: list[tuple[str, Callable[[Plain], object]]] = [
        ("a number that is true", lambda one: one.update(number=True)),
        ("a number in words", lambda one: one.update(number="1")),
        ("seat 0", lambda one: one.update(number=0)),
        ("a seat beyond the commitments", lambda one: one.update(number=4)),
        ("needed 0", lambda one: one.update(needed=0)),
        ("more needed than there are", lambda one: one.update(needed=4)),
        ("no commitments", lambda one: one.update(commitments=[])),
        ("seventeen commitments", lambda one: one.update(commitments=one["commitments"][:1] * 17)),
        ("a short commitment", lambda one: one.update(commitments=[*one["commitments"][:2], "00"])),
        ("commitments that are no list", lambda one: one.update(commitments="00")),
        ("a share in capital letters", lambda one: one.update(share=one["share"].upper())),
        ("a share cut short", lambda one: one.update(share=one["share"][:-2])),
        ("half a byte", lambda one: one.update(share=one["share"][:-1])),
        ("no share", lambda one: one.update(share="")),
        ("a compartment with a capital", lambda one: one.update(compartment="Relatives")),
        ("a recipient in capital letters", lambda one: one.update(recipient=one["recipient"].upper())),
        (
            "a recipient of the older type",
            lambda one: one.update(recipient=str(Identity(X25519, SEED).recipient)),
        ),
        ("a member too many", lambda one: one.update(note="")),
        ("a member too few", lambda one: one.pop("needed")),
    ]
    rows = [
        {"why": why, "handed": text({"format": 1, "parts": [_changed(first, change)]})}
        for why, change in broken
    ]
    return rows + [{"why": why, "handed": handed} for why, handed in _wholly_wrong(first, second)]


def _wholly_wrong(first: Plain, second: Plain) -> list[tuple[str, str]]:
    """What is wrong with more than one member of a part."""
    good = {"format": 1, "parts": [first]}
    return [
        ("nothing", ""),
        ("no JSON", "{"),
        ("no object", "[]"),
        ("blanks", json.dumps(good, sort_keys=True)),
        ("another order", json.dumps({"parts": [first], "format": 1}, separators=(",", ":"))),
        ("another format", text({**good, "format": 2})),
        ("no format", text({"parts": [first]})),
        ("no parts", text({"format": 1, "parts": []})),
        ("parts that are no list", text({"format": 1, "parts": first})),
        ("a part that is no object", text({"format": 1, "parts": [1]})),
        ("one compartment twice", text({"format": 1, "parts": [first, first]})),
        ("two seats", text({"format": 1, "parts": [first, {**second, "compartment": "story"}]})),
        (
            "compartments out of order",
            text({"format": 1, "parts": [first, {**first, "compartment": "names"}]}),
        ),
        ("a member twice", text(good).replace('{"format":1', '{"format":1,"format":1')),
    ]


def _restored_wrongly() -> list[Plain]:
    made = parts(SEED, "relatives", 3, [1, 2, 3, 4, 5])
    again = parts(SEED, "relatives", 3, [6, 7, 8, 9, 10])
    altered = {**made[1], "share": "ff" + made[1]["share"][2:]}
    exchanged = {**made[2], "share": made[1]["share"]}
    of_another_key = [{**one, "recipient": str(Identity.from_seed(OTHER).recipient)} for one in made]
    rows: list[tuple[str, str, list[int], list[Plain]]] = [
        ("nobody", "Malformed", [], []),
        ("too few", "Malformed", [], made[:2]),
        ("one seat twice", "Malformed", [], [*made[:2], made[1]]),
        ("two compartments", "Malformed", [], [*made[:2], {**made[2], "compartment": "names"}]),
        ("a share that was altered", "WrongShare", [2], [made[0], altered, made[2]]),
        ("the share of another seat", "WrongShare", [3], [made[0], made[1], exchanged]),
        ("a share of another splitting", "WrongShare", [3], [made[0], made[1], again[2]]),
        ("fewer said to be needed", "WrongShare", [2], [made[0], {**made[1], "needed": 2}, made[2]]),
        ("nobody agrees", "WrongShare", [1, 2], [made[0], again[1]]),
        ("the shares of another key", "Tampered", [], of_another_key[:3]),
    ]
    return [
        {
            "why": why,
            "error": error,
            "numbers": numbers,
            "handed": [text({"format": 1, "parts": [one]}) for one in given],
        }
        for why, error, numbers, given in rows
    ]


def _changed(part: Plain, change: Callable[[Plain], object]) -> Plain:
    copy = {**part}
    change(copy)
    return copy
