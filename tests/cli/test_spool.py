# SPDX-License-Identifier: AGPL-3.0-or-later
"""A long request waits on the disk, and nobody who takes the disk reads a word of it."""

import os
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser

from watchword.cli.spool import BLOCK, SHARE, SMALL, Room, Spool, channel
from watchword.core.sealing.errors import Tampered

CANARY = b"zvonkyj-kanarok "


def filled(folder: Path, size: int) -> Spool:
    spool = Spool(folder)
    words = CANARY * (70_000 // len(CANARY))
    while len(spool) < size:
        spool.append(words)
    return spool


def on_disk() -> list[tuple[int, bytes]]:
    """What every nameless file that this process has open holds."""
    found = []
    for name in os.listdir("/proc/self/fd"):
        link = Path("/proc/self/fd") / name
        if "arriving-" in (os.readlink(link) if link.is_symlink() else ""):
            found.append((int(name), link.read_bytes()))
    return found


@settings(max_examples=25)
@given(sizes=st.lists(st.integers(0, 3 * BLOCK), max_size=20), step=st.integers(1, 2 * BLOCK))
def test_what_came_in_goes_out_in_the_same_order(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], step: int
) -> None:
    spool = Spool(tmp_path_factory.getbasetemp())
    whole = b"".join(bytes([number]) * size for number, size in enumerate(sizes))
    for number, size in enumerate(sizes):
        spool.append(bytes([number]) * size)
    assert len(spool) == len(whole)
    with spool.getfile() as file:
        assert b"".join(iter(lambda: file.read(step), b"")) == whole
    spool.close()


def test_a_form_never_touches_the_disk_and_a_file_lies_there_unreadable(tmp_path: Path) -> None:
    short = filled(tmp_path, SMALL - 100_000)
    assert on_disk() == []
    long = filled(tmp_path, 3 * SMALL)
    [(_, data)] = on_disk()
    assert len(data) > 2 * SMALL
    assert CANARY not in data
    assert list(tmp_path.iterdir()) == []
    assert CANARY in short.getfile().read(1000)
    assert CANARY in long.getfile().read(1000)
    long.close()
    assert on_disk() == []


def test_what_is_changed_on_the_disk_is_not_taken_for_what_came(tmp_path: Path) -> None:
    spool = filled(tmp_path, 2 * SMALL)
    [(descriptor, _)] = on_disk()
    os.pwrite(descriptor, b"other", 1000)
    with closing(spool), pytest.raises(Tampered):
        spool.getfile().read()


def test_sixty_megabytes_wait_in_the_memory_of_a_form(tmp_path: Path) -> None:
    tracemalloc.start()
    spool = filled(tmp_path, 60_000_000)
    with spool.getfile() as file:
        assert sum(len(piece) for piece in iter(lambda: file.read(BLOCK), b"")) == len(spool)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * SMALL
    spool.close()


def ten_gigabytes(folder: Path) -> Room:
    return Room(folder, lambda _: 10 * 2**30)


def parser(folder: Path, room: Room | None = None) -> HTTPRequestParser:
    return channel(room or ten_gigabytes(folder), "/files/").parser_class(
        Adjustments(max_request_body_size=2**40)
    )


def asks(found: HTTPRequestParser, address: str, size: int) -> bool:
    """Whether the head of such a request is refused before its body has come."""
    head = f"POST {address} HTTP/1.1\r\nHost: gate\r\nContent-Length: {size}\r\n\r\n"
    found.received(head.encode())
    return found.error is not None


@pytest.mark.parametrize(
    ("address", "size", "refused"),
    [
        ("/contact/", SMALL, False),
        ("/contact/", SMALL + 1, True),
        ("/mailbox/answer/", SMALL + 1, True),
        ("/files/?into=2", SMALL + 1, False),
        ("/files/", 2**39, True),
    ],
)
def test_a_long_request_is_let_in_only_where_files_come_and_only_with_room(
    tmp_path: Path, address: str, size: int, refused: bool
) -> None:
    assert asks(parser(tmp_path), address, size) is refused


def test_a_request_without_a_length_cannot_be_long(tmp_path: Path) -> None:
    found = parser(tmp_path)
    found.received(b"POST /files/ HTTP/1.1\r\nHost: gate\r\nTransfer-Encoding: chunked\r\n\r\n")
    piece = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    for _ in range(SMALL // 0x10000 + 2):
        found.received(piece)
    assert found.error is not None


def test_requests_on_their_way_leave_most_of_the_disk_free_and_give_it_back(tmp_path: Path) -> None:
    room = ten_gigabytes(tmp_path)
    first = parser(tmp_path, room)
    assert not asks(first, "/files/", 10 * 2**30 // SHARE)
    assert asks(parser(tmp_path, room), "/files/", 2**30)
    del first
    assert not asks(parser(tmp_path, room), "/files/", 2**30)
