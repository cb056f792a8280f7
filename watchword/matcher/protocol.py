# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the Desk and the matcher speak: one question and one answer a connection, JSON after its length."""

import json
import socket
from typing import Any

from watchword.core.refusals import WrongState, sentence

LONGEST = 1 << 20
"""Bytes of a message: the keys of one case, or the cases of one answer."""

_SIZE = 4
Message = dict[str, Any]


def send(connection: socket.socket, message: Message) -> None:
    """One message; OSError when nobody listens any more."""
    data = json.dumps(message, separators=(",", ":")).encode()
    connection.sendall(len(data).to_bytes(_SIZE) + data)


def receive(connection: socket.socket) -> Message:
    """One message; WrongState for what is none."""
    size = int.from_bytes(_exactly(connection, _SIZE))
    if size > LONGEST:
        raise WrongState(sentence("This message is too long for the matcher."))
    try:
        message = json.loads(_exactly(connection, size))
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise WrongState(sentence("This is no message of the matcher."))
    return message


def _exactly(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = connection.recv(size - len(data))
        if not piece:
            raise WrongState(sentence("The connection with the matcher ended too early."))
        data += piece
    return data
