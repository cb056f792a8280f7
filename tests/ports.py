# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ports for programs that a test starts, out of a range from which the system takes none for its own use.

A port that the system had just given back could be the near end of somebody's connection a moment later.
"""

import os
import socket
from itertools import cycle

LOWEST, COUNT = 20_000, 12_000
# Each process begins somewhere else, so that two that run side by side do not choose the same one.
_next = cycle((LOWEST + (os.getpid() * 61 + step) % COUNT) for step in range(COUNT))


def free_port() -> int:
    """A port at which nobody listens; each is given once."""
    for port in _next:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError
