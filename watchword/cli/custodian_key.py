# SPDX-License-Identifier: AGPL-3.0-or-later
"""What lies on a custodian's own machine: the key of the seat under a passphrase, and whom it believes."""

import getpass
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from watchword.cli import identity_file
from watchword.cli.backup_keys import write_new
from watchword.cli.founding_begun import write_whole
from watchword.cli.founding_ceremony import SHORTEST
from watchword.core.ledger.checkpoint import SignedCheckpoint
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.scrypt import Passphrase
from watchword.core.sealing.seal import seal
from watchword.core.sealing.seat import address_of

PUBLIC, KEPT = ".pub", ".kept"
"""What the two files beside the key file are called behind its name."""
WORK = 18
"""scrypt's cost of one guess, as age's own: about a second."""


class CannotDo(Exception):
    """Nothing was done, with the reason in a sentence."""


@dataclass(frozen=True)
class Kept:
    """The roots that were pinned, how many must sign, and the newest checkpoint that was seen; '' is none."""

    roots: tuple[str, ...]
    needed: int
    checkpoint: str = ""

    @property
    def signed(self) -> SignedCheckpoint | None:
        """The checkpoint."""
        return SignedCheckpoint.parse(self.checkpoint.encode()) if self.checkpoint else None


def make(path: Path, passphrase: str, *, work: int = WORK) -> Identity:
    """A new key in a new file, which stock `age` reads too; beside it the public half."""
    identity = Identity.generate()
    text = f"# the key of a custodian's seat\n# public key: {identity.recipient}\n{identity}\n"
    write_new(path, seal(text.encode("ascii"), [Passphrase(passphrase, work)]))
    write_whole(beside(path, PUBLIC), f"{address_of(identity)}\n".encode("ascii"))
    return identity


def read(path: Path) -> Identity:
    """The key in a file, which its passphrase opens."""
    found = identity_file.read(path)
    if len(found) != 1:
        raise CannotDo(f"{path} is not the key file of one seat")
    return found[0]


def new_passphrase() -> str:
    """Typed twice, without an echo."""
    first = getpass.getpass(f"A passphrase for the key, {SHORTEST} characters or more, such as five words: ")
    if len(first) < SHORTEST:
        raise CannotDo(f"that was {len(first)} characters; {SHORTEST} are needed")
    if first != getpass.getpass("Once more: "):
        raise CannotDo("that was not the same twice")
    return first


def beside(path: Path, ending: str) -> Path:
    """The file beside a key file."""
    return path.with_name(path.name + ending)


def kept_by(path: Path) -> Kept:
    """What this machine believes; CannotDo before it was told whom."""
    try:
        fields = json.loads(beside(path, KEPT).read_text(encoding="utf-8"))
        return Kept(tuple(fields["roots"]), fields["needed"], fields["checkpoint"])
    except FileNotFoundError:
        raise CannotDo(
            f"this machine does not know your organisation yet: run `watchword custodian trust {path.name}`"
            " with the public keys of its roots"
        ) from None
    except (ValueError, KeyError, TypeError):
        raise CannotDo(f"{beside(path, KEPT)} was damaged; put back a copy of it") from None


def keep(path: Path, kept: Kept) -> None:
    """Remember it: whole on the disk after this, or as it was."""
    write_whole(beside(path, KEPT), json.dumps(asdict(kept)).encode())
