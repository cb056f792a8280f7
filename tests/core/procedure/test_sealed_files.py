# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file with its name inside: what a stranger wrote there does no harm, and costs no byte of the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchword.core.procedure.sealed_files import encode_head, kind_of, safe_name, split_head


@given(name=st.text(), content=st.binary(), size=st.integers(1, 50))
def test_name_and_bytes_come_back_however_the_stream_is_cut(name: str, content: bytes, size: int) -> None:
    sealed = encode_head(name) + content
    found, rest = split_head(sealed[at : at + size] for at in range(0, len(sealed), size))
    assert b"".join(rest) == content
    assert encode_head(found) == encode_head(name)
    assert found.isprintable()


@given(content=st.binary(max_size=5000), size=st.integers(1, 4096))
def test_what_has_no_head_of_ours_loses_no_byte(content: bytes, size: int) -> None:
    name, rest = split_head(content[at : at + size] for at in range(0, len(content), size))
    if not name:
        assert content.endswith(whole := b"".join(rest))
        assert whole == content or content.startswith(b'{"name":""}')


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("holiday.exe", "holiday.pdf"),
        ("../../etc/passwd", "_.._etc_passwd.pdf"),
        ("a\u202efdp.exe", "a_fdp.pdf"),
        ('x"; filename="y.html', "x__ filename__y.pdf"),
        ("CON\r\nSet-Cookie: a=b", "CON__Set-Cookie_ a_b.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("Довідка № 7.тест.pdf", "Довідка _ 7.тест.pdf"),
        ("x" * 4000, "x" * 80 + ".pdf"),
    ],
)
def test_a_name_does_no_harm_and_ends_as_the_file_begins(said: str, name: str) -> None:
    assert safe_name(said, "pdf") == name


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        (b"\x00\x00\x00\x18ftypmp42", "mp4"),
        (b"\x1a\x45\xdf\xa3", "webm"),
        (b"MZ\x90", None),
        (b"<!doctype html>", None),
        (b"<svg xmlns=", None),
        (b"PK\x03\x04", None),
        (b"#!/bin/sh", None),
        (b"%PD", None),
        (b"", None),
    ],
)
def test_a_kind_is_told_by_the_beginning_alone(beginning: bytes, kind: str | None) -> None:
    found = kind_of(beginning)
    assert (found.extension if found else None) == kind
