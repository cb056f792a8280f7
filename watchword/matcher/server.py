# SPDX-License-Identifier: AGPL-3.0-or-later
"""The matcher as a process: one Unix socket, one question after another."""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from watchword.core.refusals import Refused
from watchword.matcher import protocol
from watchword.matcher.service import Matcher

SOCKET = "socket"
PATIENCE = 5.0
"""Seconds for one question to arrive: nobody holds up the others by saying nothing."""


def listen(path: Path) -> socket.socket:
    """The socket; whoever may write to it may ask, so its group has the Desk in it and nobody else."""
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX)
    before = os.umask(0o117)
    try:
        listening.bind(str(path))
    finally:
        os.umask(before)
    listening.listen()
    return listening


def serve(listening: socket.socket, matcher: Matcher, going_on: Callable[[], bool] = lambda: True) -> None:
    """Answer until the socket is closed."""
    while going_on():
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection, suppress(OSError):
            connection.settimeout(PATIENCE)
            try:
                question = protocol.receive(connection)
            except Refused as refusal:
                protocol.send(connection, {"refused": str(refusal)})
                continue
            protocol.send(connection, matcher.answer(question))
