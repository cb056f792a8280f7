# SPDX-License-Identifier: AGPL-3.0-or-later
"""C2SP checkpoints: the origin, size and root of a log as the text of a signed note."""

from collections.abc import Sequence
from dataclasses import dataclass

from watchword.core.ledger.errors import Malformed
from watchword.core.ledger.note import Note
from watchword.core.ledger.spelling import from_base64, from_decimal, to_base64
from watchword.core.ledger.tree import EMPTY_ROOT, HASH_LENGTH, TreeHead


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Which log (``origin``, an opaque line) and what its tree was. Extension lines are never trusted."""

    origin: str
    head: TreeHead
    extensions: Sequence[str] = ()

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the text of a note; Malformed when it is no checkpoint."""
        lines = text.removesuffix("\n").split("\n")
        if not text.endswith("\n") or len(lines) < 3 or "" in lines:
            raise Malformed("a checkpoint has three lines or more, none of them empty")
        size = from_decimal(lines[1], what="the size of a checkpoint")
        root = from_base64(lines[2], what="the root of a checkpoint")
        if len(root) != HASH_LENGTH:
            raise Malformed(f"the root of a checkpoint has {HASH_LENGTH} bytes")
        if size == 0 and root != EMPTY_ROOT:
            raise Malformed("a checkpoint of size 0 has the root of the empty tree")
        return cls(lines[0], TreeHead(size, root), tuple(lines[3:]))

    def text(self) -> str:
        """The text of the note, with its final newline."""
        return "".join(
            f"{line}\n"
            for line in (self.origin, str(self.head.size), to_base64(self.head.root), *self.extensions)
        )


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint and the note that carries it, signatures not yet checked."""

    checkpoint: Checkpoint
    note: Note

    @classmethod
    def parse(cls, raw: bytes) -> "SignedCheckpoint":
        """Read a checkpoint file; Malformed when it is not a signed note with a checkpoint in it."""
        note = Note.parse(raw)
        return cls(Checkpoint.parse(note.text), note)

    @property
    def head(self) -> TreeHead:
        """The size and root that this checkpoint fixes."""
        return self.checkpoint.head
