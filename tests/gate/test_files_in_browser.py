# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the page of files does in the browser, run in Node: one format, no key twice, no notes of a camera."""

import struct
import zlib

import pytest

from tests.core.sealing.other_programs import as_bytes, as_text, run_node
from watchword.core.procedure.sealed_files import split_head
from watchword.core.sealing import shape
from watchword.core.sealing.frame import Frame, unpack
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.unseal import unseal

READERS = [Identity.generate(), Identity.generate()]
FRAME = Frame(bytes(range(16)), "evidence", 7)
NOISE = bytes(range(251)) * 13_000  # 3.2 MB, four pieces


def asked(content: bytes, **more: object) -> dict[str, object]:
    frame = {"case": FRAME.case.hex(), "compartment": FRAME.compartment, "revision": FRAME.revision}
    recipients = [str(reader.recipient) for reader in READERS]
    return {
        "name": "Військовий\u202e.pdf",
        "content": as_text(content),
        "frame": frame,
        "recipients": recipients,
        **more,
    }


def test_files_of_every_size_open_as_those_that_the_gate_seals() -> None:
    contents = [b"", b"one", bytes(65_536 * 3), NOISE]
    for content, answer in zip(contents, run_node("file.mjs", [asked(one) for one in contents]), strict=True):
        pieces = [as_bytes(piece) for piece in answer["pieces"]]
        sealed = b"".join(pieces)
        assert len(sealed) == answer["size"]
        assert {len(piece) for piece in pieces[:-1]} <= {1 << 20}
        header = shape.check_header(sealed, [reader.recipient.kind for reader in READERS])
        shape.check_length(len(sealed), header)
        for reader in READERS:
            name, rest = split_head([unpack(unseal(sealed, [reader]), FRAME)])
            assert (name, b"".join(rest)) == ("Військовий.pdf", content)


def test_the_same_file_goes_on_with_the_same_bytes_and_another_never_under_the_same_stream() -> None:
    [first] = run_node("file.mjs", [asked(NOISE)])
    changed = NOISE[:-1] + b"!"
    again, other = run_node(
        "file.mjs", [asked(NOISE, kept=first["kept"]), asked(changed, kept=first["kept"])]
    )
    assert again["pieces"] == first["pieces"]
    assert other["kept"]["fingerprint"] != first["kept"]["fingerprint"]
    # Even if a page forgot to compare them: not one chunk is encrypted twice under one key and nonce.
    at = len(as_bytes(first["kept"]["header"]))
    bodies = [as_bytes(one["pieces"][0])[at:] for one in (first, other)]
    assert bodies[0][:16] != bodies[1][:16]
    assert bodies[0][16 : 16 + 65_552] != bodies[1][16 : 16 + 65_552]


CANARY = b"50.4501 N 30.5234 E"


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def exif(way: int) -> bytes:
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, way, 0)
    place = struct.pack(">HHII", 0x010F, 2, len(CANARY), 38)
    return b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02" + place + entry + bytes(4) + CANARY


def jpeg(way: int = 1) -> bytes:
    picture = segment(0xDB, bytes(65)) + segment(0xDA, bytes(10)) + b"\x12\xff\x00\x34\xff\xd0\x56"
    notes = (
        segment(0xE1, exif(way))
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + CANARY)
        + segment(0xE2, b"ICC_PROFILE" + CANARY)
        + segment(0xED, CANARY)
        + segment(0xFE, CANARY)
    )
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0" + bytes(9)) + notes + picture + b"\xff\xd9" + CANARY


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    notes = (
        chunk(b"eXIf", CANARY) + chunk(b"tEXt", CANARY) + chunk(b"iTXt", CANARY) + chunk(b"tIME", bytes(7))
    )
    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13))
    return head + notes + chunk(b"IDAT", b"picture") + chunk(b"IEND", b"") + CANARY


def webp() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)

    parts = chunk(b"VP8X", b"\x2c" + bytes(9)) + chunk(b"VP8 ", b"picture") + chunk(b"EXIF", CANARY)
    parts += chunk(b"XMP ", CANARY) + chunk(b"ICCP", CANARY)
    return b"RIFF" + struct.pack("<I", len(parts) + 4) + b"WEBP" + parts + CANARY


def cleaned(*photographs: bytes) -> list[bytes | None]:
    answers = run_node("photograph.mjs", [as_text(one) for one in photographs])
    return [None if one is None else as_bytes(one) for one in answers]


def test_what_a_camera_wrote_is_gone_and_the_picture_is_untouched() -> None:
    for clean, kept in zip(
        cleaned(jpeg(), png(), webp()),
        (b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9", b"picture", b"picture"),
        strict=True,
    ):
        assert clean is not None
        assert CANARY not in clean
        assert b"Exif" not in clean
        assert kept in clean


def test_which_way_up_it_is_held_is_all_that_is_kept_of_the_notes() -> None:
    [clean] = cleaned(jpeg(way=6))
    assert clean is not None
    assert CANARY not in clean
    note = clean[clean.index(b"Exif") :]
    assert struct.unpack(">HHIHH", note[16:28]) == (0x0112, 3, 1, 6, 0)
    # Cleaned once more, it stays as it is.
    assert cleaned(clean) == [clean]


@pytest.mark.parametrize("cut", [3, 20, 60, 130])
def test_a_broken_photograph_is_no_photograph(cut: int) -> None:
    assert cleaned(jpeg()[:cut], png()[:cut], webp()[: min(cut, 40)], b"%PDF-1.7") == [None] * 4
