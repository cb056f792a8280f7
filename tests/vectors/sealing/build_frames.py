# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds the vectors of frames and padding: what is accepted, and a refusal for each line that refuses."""

from typing import Any

from tests.vectors.sealing.reference import frame, padme

CASE = bytes(range(16))
OTHER_CASE = bytes(16)
PAYLOAD = "Була в Одесі. Так.".encode()
EXPECTED = {"case": CASE.hex(), "compartment": "story", "revision": 7}

LENGTHS = [
    0,
    1,
    2,
    3,
    8,
    9,
    15,
    16,
    17,
    100,
    255,
    256,
    257,
    1000,
    4095,
    65535,
    65537,
    10**6,
    10**8,
    2**40 + 1,
]


def padding() -> dict[str, Any]:
    return {"padded": [[length, padme(length)] for length in LENGTHS]}


def frames() -> dict[str, Any]:
    return {"accept": _accepted(), "reject": _rejected()}


def _accepted() -> list[dict[str, Any]]:
    payloads = [b"", b"\0", b"a", PAYLOAD, b"ends with zeros" + bytes(5), bytes(300), bytes(range(256)) * 5]
    rows = [(CASE, "story", 7, payload) for payload in payloads]
    rows += [
        (OTHER_CASE, "a", 0, b"shortest name"),
        (b"\xff" * 16, "closed-evidence", 2**32 - 1, b"last revision"),
    ]
    rows += [(CASE, "z" * 64, 1, b"longest name")]
    return [
        {
            "case": case.hex(),
            "compartment": name,
            "revision": revision,
            "payload": payload.hex(),
            "frame": frame(case, name.encode(), revision, payload).hex(),
        }
        for case, name, revision, payload in rows
    ]


def _rejected() -> list[dict[str, Any]]:
    good = frame(CASE, b"story", 7, PAYLOAD)
    length_at = len(good) - 8
    named = [(f"compartment {name!r}", "Malformed", frame(CASE, name, 7, PAYLOAD)) for name in _bad_names()]
    rows = [
        ("nothing at all", "Malformed", b""),
        ("another magic", "Malformed", b"WW2" + good[3:]),
        ("cut inside the case", "Malformed", good[:10]),
        ("cut inside the compartment", "Malformed", good[:22]),
        ("cut inside the revision", "Malformed", good[:27]),
        ("cut before the length", "Malformed", good[:29]),
        ("cut by one byte", "Malformed", good[:-1]),
        ("one byte more", "Malformed", good + b"\0"),
        ("another case", "Tampered", frame(OTHER_CASE, b"story", 7, PAYLOAD)),
        ("another compartment", "Tampered", frame(CASE, b"identity", 7, PAYLOAD)),
        ("another revision", "Tampered", frame(CASE, b"story", 8, PAYLOAD)),
        ("a length beyond the end", "Malformed", good[:length_at] + (2**64 - 1).to_bytes(8)),
        ("a length that wants another size", "Malformed", good[:length_at] + (10 * len(PAYLOAD)).to_bytes(8)),
        (
            "a length that leaves payload in the padding",
            "Malformed",
            good[:length_at] + (len(PAYLOAD) - 1).to_bytes(8),
        ),
        ("padding that is not zero", "Malformed", good[: length_at - 1] + b"\1" + good[length_at:]),
        ("more padding than Padmé", "Malformed", good[:length_at] + bytes(8) + good[length_at:]),
        *named,
    ]
    built = [
        {"why": why, "error": error, "expected": EXPECTED, "frame": data.hex()} for why, error, data in rows
    ]
    return [*built, *_cut_lengths()]


def _cut_lengths() -> list[dict[str, Any]]:
    """An empty payload of a size without padding: what is left of its length reads as zero all the same."""
    expected = EXPECTED | {"compartment": "identity"}
    whole = frame(CASE, b"identity", 7, b"")
    return [
        {
            "why": f"only {left} bytes of the length",
            "error": "Malformed",
            "expected": expected,
            "frame": whole[: len(whole) - 8 + left].hex(),
        }
        for left in (0, 7)
    ]


def _bad_names() -> list[bytes]:
    return [b"", b"Story", b"-story", b"story-", b"st ory", "історія".encode(), b"\xff\xfe", b"s" * 65]
