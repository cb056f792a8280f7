# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes the vectors of this folder: ``python -m tests.vectors.sealing.generate`` (``--samples``: all).

The sealed samples hold fresh randomness, so they are made once and kept: old files must open for ever.
"""

import base64
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.vectors.sealing import (
    build_batches,
    build_custody,
    build_frames,
    build_headers,
    build_keystore,
    build_receipts,
    build_requests,
    build_shares,
)
from watchword.core.sealing.envelope import split
from watchword.core.sealing.frame import Frame, pack
from watchword.core.sealing.primitives import sha256
from watchword.core.sealing.recipients import X25519, Identity
from watchword.core.sealing.seal import seal
from watchword.core.sealing.unseal import rewrap

FOLDER = Path(__file__).resolve().parent
BUILDERS: dict[str, Callable[[], dict[str, Any]]] = {
    "batches": build_batches.batches,
    "custody": build_custody.custody,
    "frames": build_frames.frames,
    "headers": build_headers.headers,
    "keys": build_headers.keys,
    "keystore": build_keystore.keystore,
    "padding": build_frames.padding,
    "passphrases": build_receipts.passphrases,
    "receipts": build_receipts.receipts,
    "requests": build_requests.requests,
    "shares": build_shares.shares,
}


def text_of(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def samples() -> dict[str, Any]:
    """Whole sealed records, each with its key, its frame, and a second header made by re-wrapping."""
    frame = Frame(bytes(range(16)), "story", 0)
    built = []
    for name, key_type in (("hybrid", None), ("x25519", X25519)):
        first, second = (_identity(f"{name} {number}", key_type) for number in (1, 2))
        payload = f"A record sealed to {name}, for every reader to come.".encode()
        header, body = split(seal(pack(frame, payload), [first.recipient]))
        new_header = rewrap(header, [first], [second.recipient])
        built.append(
            {
                "name": name,
                "identity": str(first),
                "recipient": str(first.recipient),
                "header": header.decode(),
                "new_identity": str(second),
                "new_header": new_header.decode(),
                "body": base64.b64encode(body).decode(),
                "payload": payload.decode(),
            }
        )
    return {"case": frame.case.hex(), "compartment": "story", "revision": 0, "samples": built}


def _identity(label: str, key_type: Any) -> Identity:
    seed = sha256(label.encode())
    return Identity.from_seed(seed) if key_type is None else Identity(key_type, seed)


def main() -> None:
    for name, build in BUILDERS.items():
        (FOLDER / f"{name}.json").write_text(text_of(build()), encoding="utf-8")
    if "--samples" in sys.argv:
        (FOLDER / "samples.json").write_text(text_of(samples()), encoding="utf-8")


if __name__ == "__main__":
    main()
