# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking the matcher, from another process of the same machine."""

import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from watchword.core.linkage import Key
from watchword.core.linkage.matchkeys import VERSION
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import sha256
from watchword.core.sealing.shares import Share
from watchword.matcher import protocol
from watchword.matcher.protocol import Message
from watchword.matcher.sealed_key import share_text

PATIENCE = 30.0
"""Seconds; a rotation of a large table takes longer, and is asked for with another patience."""


@dataclass(frozen=True)
class State:
    """``given`` of the ``needed`` shares are in while it is locked; ``key`` tells which key it is.

    ``agreed``: how many custodians have named the same successors so far.
    """

    locked: bool
    needed: int
    given: int
    agreed: int
    key: str
    generation: int


@dataclass(frozen=True)
class Sharing:
    """Another case, the kinds of keys that it shares, and those that both have and none agrees."""

    case: str
    shared: frozenset[str]
    unshared: frozenset[str]


class Client:
    """Speaks to the socket at ``path``. WrongState when nobody answers, or the answer is a refusal."""

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self._path, self._patience = path, patience

    def state(self) -> State:
        """Whether it is locked."""
        return _state(self._ask({"act": "state"}))

    def unlock(self, share: Share) -> State:
        """Hand over one share."""
        return _state(self._ask({"act": "unlock", "share": share_text(share)}))

    def lock(self) -> State:
        """Make it forget its key."""
        return _state(self._ask({"act": "lock"}))

    def rotate(self) -> State:
        """Put a new secret on top of the old ones."""
        return _state(self._ask({"act": "rotate"}))

    def pass_on(self, share: Share, successor: str) -> State:
        """Let it seal this share to somebody else."""
        return _state(self._ask({"act": "pass-on", "share": share_text(share), "to": successor}))

    def replace(self, share: Share, needed: int, successors: Sequence[str]) -> State:
        """Name, as one custodian, those who shall hold the key from now on."""
        named = {"share": share_text(share), "needed": needed, "to": list(successors)}
        return _state(self._ask({"act": "replace", **named}))

    def put(self, case: str, keys: Iterable[Key]) -> None:
        """Let it hold the keys of a case instead of those that it held. Only hashes leave this process."""
        hashed = [[kind.value, sha256(f"{kind} {value}".encode()).hex()] for kind, value in sorted(keys)]
        self._ask({"act": "put", "case": case, "keys": hashed, "version": VERSION})

    def forget(self, case: str) -> None:
        """Let it hold nothing of a case."""
        self._ask({"act": "forget", "case": case})

    def ask(self, case: str) -> list[Sharing]:
        """Which cases share a key with this one."""
        answer = self._ask({"act": "ask", "case": case})
        return [
            Sharing(one["case"], frozenset(one["shared"]), frozenset(one["unshared"]))
            for one in answer["cases"]
        ]

    def _ask(self, question: Message) -> Message:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(self._patience)
                connection.connect(str(self._path))
                protocol.send(connection, question)
                answer = protocol.receive(connection)
        except OSError:
            raise WrongState(sentence("The matcher does not answer.")) from None
        if "refused" in answer:
            raise WrongState(sentence("The matcher refused: %(reason)s", reason=answer["refused"]))
        return answer


def _state(answer: Message) -> State:
    return State(**{name: answer[name] for name in State.__dataclass_fields__})
