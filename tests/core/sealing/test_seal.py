# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sealing and unsealing as callers use them: strangers, cut and altered files first, then every way round."""

import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.core.sealing.cast import ADA, BEN, CLEO, OLD_ADA, OLD_CLEO
from watchword.core.sealing.envelope import HEADER_LIMIT, VERSION_LINE, header_length, split
from watchword.core.sealing.errors import Malformed, NoMatchingKey, SealingError, Tampered
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.scrypt import Passphrase
from watchword.core.sealing.seal import Sealer, seal, seal_stream
from watchword.core.sealing.stream import CHUNK_SIZE
from watchword.core.sealing.unseal import rewrap, unseal, unseal_parts, unseal_stream

LETTER = "Я живу в Одесі.".encode()
EDGES = [0, 1, CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1, 2 * CHUNK_SIZE, 2 * CHUNK_SIZE + 17]


def pieces(data: bytes, step: int) -> Iterator[bytes]:
    return (data[at : at + step] for at in range(0, len(data), step))


def test_a_stranger_cannot_open_and_learns_nothing() -> None:
    with pytest.raises(NoMatchingKey) as refusal:
        unseal(seal(LETTER, [ADA.recipient, BEN.recipient]), [CLEO, OLD_ADA])
    assert "Одес" not in str(refusal.value)


def test_without_any_key_nothing_opens() -> None:
    with pytest.raises(NoMatchingKey):
        unseal(seal(LETTER, [ADA.recipient]), [])


@pytest.mark.parametrize("identity", [ADA, OLD_ADA], ids=["hybrid", "x25519"])
def test_no_byte_of_a_sealed_file_can_be_altered(identity: Identity) -> None:
    sealed = seal(LETTER, [identity.recipient])
    for at in range(0, len(sealed), 7 if identity is ADA else 1):
        altered = bytearray(sealed)
        altered[at] ^= 1
        with pytest.raises(SealingError):
            unseal(bytes(altered), [identity])


@pytest.mark.parametrize("size", EDGES)
def test_no_cut_sealed_file_opens(size: int) -> None:
    sealed = seal(bytes(size), [OLD_ADA.recipient])
    cuts = {1, 16, 17, 32, 33, CHUNK_SIZE + 16, CHUNK_SIZE + 17, 2 * (CHUNK_SIZE + 16), len(sealed)}
    for cut in sorted(cuts):
        if cut <= len(sealed):
            with pytest.raises(SealingError):
                unseal(sealed[:-cut], [OLD_ADA])
            with pytest.raises(SealingError):
                list(unseal_stream(pieces(sealed[:-cut], 10_000), [OLD_ADA]))


def test_chunks_cannot_be_exchanged_repeated_or_left_out() -> None:
    sealed = seal(bytes(3 * CHUNK_SIZE), [ADA.recipient])
    start, step = header_length(sealed) + 16, CHUNK_SIZE + 16
    first, second, third = (sealed[start + at * step : start + (at + 1) * step] for at in range(3))
    for body in (
        second + first + third,
        first + first + third,
        first + third,
        first + second + third + third,
    ):
        with pytest.raises(Tampered):
            unseal(sealed[:start] + body, [ADA])


def test_a_body_does_not_open_with_the_header_of_another_file() -> None:
    header, _ = split(seal(LETTER, [ADA.recipient]))
    _, body = split(seal(LETTER, [ADA.recipient]))
    with pytest.raises(Tampered):
        unseal_parts(header, body, [ADA])


def test_a_recipient_cannot_be_added_to_a_header_by_a_stranger() -> None:
    sealed = seal(LETTER, [ADA.recipient])
    foreign = seal(LETTER, [CLEO.recipient])
    stanza = foreign[len(VERSION_LINE) : foreign.index(b"\n---") + 1]
    with pytest.raises(Tampered):
        unseal(sealed.replace(VERSION_LINE, VERSION_LINE + stanza, 1), [ADA])


def test_post_quantum_and_other_recipients_are_not_mixed() -> None:
    with pytest.raises(Malformed, match="not mixed"):
        seal(LETTER, [ADA.recipient, OLD_CLEO.recipient])


def test_a_passphrase_stands_alone() -> None:
    with pytest.raises(Malformed, match="only recipient"):
        seal(LETTER, [Passphrase("one", 1), Passphrase("two", 1)])
    with pytest.raises(Malformed, match="not mixed"):
        seal(LETTER, [Passphrase("one", 1), ADA.recipient])


def test_something_is_sealed_to_somebody() -> None:
    with pytest.raises(Malformed, match="nobody"):
        seal(LETTER, [])


@pytest.mark.parametrize(
    "junk", [b"", b"age", b"PK\x03\x04" + bytes(100), VERSION_LINE, VERSION_LINE + b"-> x\n"]
)
def test_junk_is_refused_in_words(junk: bytes) -> None:
    with pytest.raises(Malformed):
        unseal(junk, [ADA])
    with pytest.raises(Malformed):
        list(unseal_stream([junk], [ADA]))


def test_a_header_without_an_end_is_not_buffered_for_ever() -> None:
    taken = []

    def endless() -> Iterator[bytes]:
        yield VERSION_LINE
        while True:
            taken.append(1)
            yield b"A" * 63 + b"\n"

    with pytest.raises(Malformed, match="does not end"):
        list(unseal_stream(endless(), [ADA]))
    assert len(taken) * 64 < HEADER_LIMIT + 1000


def test_every_recipient_opens_with_a_key_among_others() -> None:
    sealed = seal(LETTER, [ADA.recipient, BEN.recipient])
    assert unseal(sealed, [CLEO, OLD_ADA, BEN]) == LETTER
    assert unseal(sealed, [ADA]) == LETTER


def test_a_file_under_a_passphrase_opens_with_it_and_no_other() -> None:
    sealed = seal(LETTER, [Passphrase("correct horse", 2)])
    assert unseal(sealed, [Passphrase("correct horse")]) == LETTER
    with pytest.raises(NoMatchingKey):
        unseal(sealed, [Passphrase("correct house"), ADA])


@pytest.mark.parametrize("work", [0, 21])
def test_a_passphrase_has_a_possible_work_factor(work: int) -> None:
    with pytest.raises(Malformed):
        Passphrase("correct horse", work)


def test_a_rewrapped_header_opens_for_the_new_recipients_only() -> None:
    header, body = split(seal(LETTER, [ADA.recipient]))
    renewed = rewrap(header, [ADA], [BEN.recipient, CLEO.recipient])
    assert unseal_parts(renewed, body, [BEN]) == unseal_parts(renewed, body, [CLEO]) == LETTER
    with pytest.raises(NoMatchingKey):
        unseal_parts(renewed, body, [ADA])


def test_a_header_is_not_rewrapped_by_a_stranger_or_after_a_change() -> None:
    header, _ = split(seal(LETTER, [ADA.recipient]))
    with pytest.raises(NoMatchingKey):
        rewrap(header, [CLEO], [CLEO.recipient])
    another, _ = split(seal(LETTER, [ADA.recipient]))
    mac_at = header.index(b"\n---")
    with pytest.raises(Tampered):
        rewrap(header[:mac_at] + another[another.index(b"\n---") :], [ADA], [BEN.recipient])


@given(st.sampled_from(EDGES), st.integers(1, 200_000), st.integers(900, 200_000))
@hypothesis_settings(max_examples=25, deadline=None)
def test_every_way_in_opens_by_every_way_out(size: int, step_in: int, step_out: int) -> None:
    plaintext = bytes(range(251)) * (size // 251 + 1)
    plaintext = plaintext[:size]
    streamed = b"".join(seal_stream(pieces(plaintext, step_in), [OLD_ADA.recipient]))
    for sealed in (streamed, seal(plaintext, [OLD_ADA.recipient])):
        assert unseal(sealed, [OLD_ADA]) == plaintext
        assert b"".join(unseal_stream(pieces(sealed, step_out), [OLD_ADA])) == plaintext


@given(st.binary(max_size=3000))
@hypothesis_settings(max_examples=20, deadline=None)
def test_what_was_sealed_is_what_is_opened(plaintext: bytes) -> None:
    header, body = split(seal(plaintext, [ADA.recipient]))
    assert unseal_parts(header, body, [ADA]) == unseal(header + body, [ADA]) == plaintext


def test_an_upload_can_be_sealed_piece_by_piece_and_its_header_kept_apart() -> None:
    sealer = Sealer([ADA.recipient])
    sealed = sealer.update(b"") + sealer.update(LETTER) + sealer.update(bytes(CHUNK_SIZE)) + sealer.finish()
    assert sealed.startswith(sealer.header)
    assert unseal_parts(sealer.header, sealed[len(sealer.header) :], [ADA]) == LETTER + bytes(CHUNK_SIZE)


def test_an_empty_upload_is_a_whole_file() -> None:
    assert unseal(Sealer([ADA.recipient]).finish(), [ADA]) == b""
    assert unseal(b"".join(seal_stream([], [ADA.recipient])), [ADA]) == b""


def test_sealing_twice_never_gives_the_same_file() -> None:
    once, again = seal(LETTER, [ADA.recipient]), seal(LETTER, [ADA.recipient])
    assert once != again
    assert split(once)[1] != split(again)[1]


def test_a_hundred_megabytes_pass_through_in_constant_memory() -> None:
    size = 100_000_000
    chunk = bytes(60_000)
    source = (chunk for _ in range(size // len(chunk)))
    tracemalloc.start()
    try:
        opened = sum(map(len, unseal_stream(seal_stream(source, [ADA.recipient]), [ADA])))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert opened == size // len(chunk) * len(chunk)
    assert peak < 32_000_000
