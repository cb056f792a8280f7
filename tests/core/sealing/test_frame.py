# SPDX-License-Identifier: AGPL-3.0-or-later
"""Frames and padding beyond the vectors: one record is never taken for another, and every inverse holds."""

import math
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from watchword.core.sealing.errors import Malformed, SealingError, Tampered
from watchword.core.sealing.frame import Frame, pack, pack_stream, unpack, unpack_stream
from watchword.core.sealing.padding import padded_length

FRAME = Frame(bytes(range(16)), "story", 3)
PAYLOADS = st.one_of(
    st.binary(max_size=500), st.lists(st.sampled_from([b"\0" * 40, b"a", b"\1\0"])).map(b"".join)
)
FRAMES = st.builds(
    Frame,
    st.binary(min_size=16, max_size=16),
    st.from_regex("[a-z]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True),
    st.integers(0, 2**32 - 1),
)


@given(FRAMES, FRAMES, PAYLOADS)
@hypothesis_settings(max_examples=50, deadline=None)
def test_a_record_is_never_taken_for_another(frame: Frame, other: Frame, payload: bytes) -> None:
    assume(frame != other)
    with pytest.raises(Tampered, match=r"case|compartment|revision"):
        unpack(pack(frame, payload), other)


@given(PAYLOADS, st.data())
@hypothesis_settings(max_examples=100, deadline=None)
def test_a_frame_has_one_form(payload: bytes, data: st.DataObject) -> None:
    framed = bytearray(pack(FRAME, payload))
    at = data.draw(st.integers(0, len(framed) - 1))
    framed[at] ^= data.draw(st.integers(1, 255))
    try:
        found = unpack(bytes(framed), FRAME)
    except SealingError:
        return
    assert pack(FRAME, found) == framed


@given(FRAMES, PAYLOADS, st.integers(1, 50), st.integers(1, 50))
@hypothesis_settings(max_examples=60, deadline=None)
def test_what_was_packed_is_what_is_unpacked(
    frame: Frame, payload: bytes, step_in: int, step_out: int
) -> None:
    framed = pack(frame, payload)
    inward = (payload[at : at + step_in] for at in range(0, len(payload), step_in))
    outward = (framed[at : at + step_out] for at in range(0, len(framed), step_out))
    assert b"".join(pack_stream(frame, inward)) == framed
    assert b"".join(unpack_stream(outward, frame)) == unpack(framed, frame) == payload


@pytest.mark.parametrize(
    ("case", "compartment", "revision"),
    [
        (bytes(15), "story", 0),
        (bytes(16), "Story", 0),
        (bytes(16), "story\n", 0),
        (bytes(16), "story", -1),
        (bytes(16), "story", 2**32),
    ],
)
def test_a_frame_that_could_not_be_read_is_not_made(case: bytes, compartment: str, revision: int) -> None:
    with pytest.raises(Malformed):
        Frame(case, compartment, revision)


def test_all_the_zeros_of_a_large_attachment_come_back_in_constant_memory() -> None:
    size = 50_000_000

    def zeros() -> Iterator[bytes]:
        yield from (bytes(1_000_000) for _ in range(size // 1_000_000))

    tracemalloc.start()
    try:
        found = sum(map(len, unpack_stream(pack_stream(FRAME, zeros()), FRAME)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == size
    assert peak < 10_000_000


@given(st.integers(2, 2**60))
@hypothesis_settings(max_examples=200)
def test_padding_costs_little_and_tells_little(length: int) -> None:
    padded = padded_length(length)
    assert length <= padded <= length * 1.12
    assert padded_length(padded) == padded
    exponent = int(math.log2(padded)) if padded < 2**50 else padded.bit_length() - 1
    assert len(f"{padded:b}".rstrip("0")) <= exponent.bit_length() + 1


def test_a_length_is_not_negative() -> None:
    with pytest.raises(Malformed):
        padded_length(-1)
