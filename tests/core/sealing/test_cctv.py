# SPDX-License-Identifier: AGPL-3.0-or-later
"""The public test vectors of the age format, all of them: what must open, what must not, and why not."""

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from tests.core.sealing.other_programs import as_bytes, run_node
from watchword.core.sealing.armor import armor, dearmor
from watchword.core.sealing.envelope import parse_header, split
from watchword.core.sealing.errors import Malformed, NoMatchingKey, SealingError, Tampered
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.scrypt import Passphrase
from watchword.core.sealing.unseal import unseal, unseal_stream
from watchword.core.sealing.wrapping import Unwraps

REFUSALS: dict[str, type[SealingError]] = {
    "header failure": Malformed,
    "armor failure": Malformed,
    "no match": NoMatchingKey,
    "HMAC failure": Tampered,
    "payload failure": Tampered,
}
COUNT = 143


@dataclass(frozen=True)
class Vector:
    fields: dict[str, list[str]]
    data: bytes

    @property
    def expect(self) -> str:
        return self.fields["expect"][0]

    @property
    def payload_hash(self) -> str:
        return self.fields.get("payload", [""])[0]

    def identities(self) -> list[Unwraps]:
        keys: list[Unwraps] = [Identity.parse(text) for text in self.fields.get("identity", [])]
        return keys + [Passphrase(text) for text in self.fields.get("passphrase", [])]

    def sealed(self) -> bytes:
        return dearmor(self.data) if "armored" in self.fields else self.data


def read(raw: bytes) -> Vector:
    head, _, data = raw.partition(b"\n\n")
    fields: dict[str, list[str]] = {}
    for line in head.decode().split("\n"):
        key, _, value = line.partition(": ")
        fields.setdefault(key, []).append(value)
    return Vector(fields, zlib.decompress(data) if fields.get("compressed") == ["zlib"] else data)


@cache
def vectors() -> dict[str, Vector]:
    return {name: read(as_bytes(text)) for name, text in run_node("cctv.mjs").items()}


def released(pieces: Iterator[bytes]) -> tuple[str, SealingError | None]:
    """The hash of all the plaintext that was given out, and how it ended."""
    digest = hashlib.sha256()
    try:
        for piece in pieces:
            digest.update(piece)
    except SealingError as refusal:
        return digest.hexdigest(), refusal
    return digest.hexdigest(), None


def test_every_published_vector_is_here() -> None:
    assert len(vectors()) == COUNT


@pytest.mark.parametrize("number", range(COUNT))
def test_a_vector_is_opened_or_refused_as_published(number: int) -> None:
    name, vector = sorted(vectors().items())[number]
    if vector.expect == "success":
        plaintext = unseal(vector.sealed(), vector.identities())
        assert hashlib.sha256(plaintext).hexdigest() == vector.payload_hash, name
    else:
        with pytest.raises(REFUSALS[vector.expect]):
            unseal(vector.sealed(), vector.identities())


@pytest.mark.parametrize("step", [16, 4096, 100_000])
def test_streaming_gives_out_exactly_what_each_vector_allows(step: int) -> None:
    for name, vector in vectors().items():
        if vector.expect not in {"success", "payload failure"} or len(vector.data) > 1000 * step:
            continue
        sealed = vector.sealed()
        pieces = (sealed[at : at + step] for at in range(0, len(sealed), step))
        digest, refusal = released(unseal_stream(pieces, vector.identities()))
        assert digest == vector.payload_hash, name
        assert isinstance(refusal, Tampered) == (vector.expect == "payload failure"), name


def test_every_header_that_parses_has_one_spelling() -> None:
    for name, vector in vectors().items():
        if vector.expect in {"header failure", "armor failure"}:
            continue
        header, _ = split(vector.sealed())
        assert parse_header(header).encode() == header, name


def test_every_armored_vector_has_the_armor_that_we_would_write() -> None:
    for name, vector in vectors().items():
        if "armored" in vector.fields and vector.expect != "armor failure":
            sealed = vector.sealed()
            plain = vector.data.replace(b"\r\n", b"\n").strip() + b"\n"
            assert armor(sealed) == plain, name
