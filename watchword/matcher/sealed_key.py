# SPDX-License-Identifier: AGPL-3.0-or-later
"""The matcher's secret at rest: split among custodians, each share sealed to the key of one of them.

A folder holds ``key.json``, which tells nothing, and a sealed share for each custodian. Of a new generation
the shares are written first and ``key.json`` last: what breaks off in between leaves a key that still opens.
Where one share passes on it is the other way round: what breaks off leaves it with whoever had it, who can
say the same again.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import KEY_SIZE, sha256
from watchword.core.sealing.recipients import Recipient
from watchword.core.sealing.seal import seal
from watchword.core.sealing.shares import Share, combine, split

FILE = "key.json"
_TABLE, _SHARE = "table-{}.db", "share-{}-{}.age"
_HEAD = "watchword matcher share "


@dataclass(frozen=True)
class KeyFile:
    """What may be known of the secret: how many shares open it, whose they are, and a commitment to each.

    A commitment says whose share is wrong, and nothing of the secret: a share is as random as that.
    """

    needed: int
    generation: int
    recipients: tuple[str, ...]
    commitments: tuple[bytes, ...]

    @property
    def table(self) -> str:
        """The file of the table that this generation reads."""
        return _TABLE.format(self.generation)

    @property
    def fingerprint(self) -> str:
        """Eight letters by which custodians know that they open the same key."""
        return sha256(b"".join(self.commitments)).hex()[:8]

    def share_file(self, number: int) -> str:
        """The file with the sealed share of this number, from 1."""
        return _SHARE.format(self.generation, number)

    def check(self, share: Share) -> None:
        """WrongState for a share of another key."""
        ours = 1 <= share.number <= len(self.commitments)
        if not ours or share.commitment != self.commitments[share.number - 1]:
            raise WrongState(sentence("This share is not of this key."))

    def restore(self, shares: Sequence[Share]) -> tuple[bytes, ...]:
        """The chain of secrets, from enough shares."""
        secret = combine(shares, self.commitments, self.needed)
        return tuple(secret[at : at + KEY_SIZE] for at in range(0, len(secret), KEY_SIZE))


def write(folder: Path, chain: Sequence[bytes], needed: int, recipients: Sequence[str]) -> KeyFile:
    """Split a chain and seal the shares; Malformed for a wrong number or a recipient that is none."""
    keys = custodians(recipients)
    shares = split(b"".join(chain), needed, len(keys))
    key = KeyFile(needed, len(chain), tuple(recipients), tuple(share.commitment for share in shares))
    for share, recipient in zip(shares, keys, strict=True):
        _seal(folder, key, share, recipient)
    _publish(folder, key)
    return key


def pass_on(folder: Path, key: KeyFile, share: Share, successor: str) -> KeyFile:
    """Seal one share to somebody else than before; the secret and all other shares stay what they are."""
    at, recipients = share.number - 1, list(key.recipients)
    recipients[at] = successor
    keys = custodians(recipients)
    passed = replace(key, recipients=tuple(recipients))
    _publish(folder, passed)
    _seal(folder, passed, share, keys[at])
    return passed


def custodians(recipients: Sequence[str]) -> list[Recipient]:
    """Their keys; Malformed for what is none, WrongState when one of them would have two shares."""
    if len(set(recipients)) < len(recipients):
        raise WrongState(sentence("Nobody may have two shares of this key."))
    return [Recipient.parse(text) for text in recipients]


def read(folder: Path) -> KeyFile:
    """WrongState when there is none, or it cannot be read."""
    try:
        content = json.loads((folder / FILE).read_text(encoding="ascii"))
        commitments = tuple(bytes.fromhex(one) for one in content["commitments"])
        needed, generation = int(content["needed"]), int(content["generation"])
        return KeyFile(needed, generation, tuple(map(str, content["recipients"])), commitments)
    except (OSError, ValueError, KeyError, TypeError):
        raise WrongState(
            sentence("There is no key of a matcher in %(folder)s.", folder=str(folder))
        ) from None


def forget_others(folder: Path, key: KeyFile) -> None:
    """Shares and tables of other generations: an old secret finds nothing here to open."""
    ours = {key.share_file(number) for number in range(1, len(key.recipients) + 1)}
    for path in folder.glob(_SHARE.format("*", "*")):
        if path.name not in ours:
            path.unlink(missing_ok=True)
    for path in folder.glob(_TABLE.format("*") + "*"):
        if not path.name.startswith(key.table):
            path.unlink(missing_ok=True)


def share_text(share: Share) -> str:
    """What is sealed to a custodian, and handed to the matcher by whoever opened it."""
    return f"{_HEAD}{share.number} {share.data.hex()}"


def share_of(text: str) -> Share:
    """Read what ``share_text`` wrote; WrongState for anything else."""
    try:
        number, data = text.removeprefix(_HEAD).split(" ")
        return Share(int(number), bytes.fromhex(data))
    except ValueError:
        raise WrongState(sentence("This is no share of a matcher's key.")) from None


def _seal(folder: Path, key: KeyFile, share: Share, recipient: Recipient) -> None:
    _write(folder / key.share_file(share.number), seal(share_text(share).encode(), [recipient]))


def _publish(folder: Path, key: KeyFile) -> None:
    content = {
        "needed": key.needed,
        "generation": key.generation,
        "recipients": list(key.recipients),
        "commitments": [one.hex() for one in key.commitments],
    }
    _write(folder / FILE, json.dumps(content, indent=1).encode() + b"\n")


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
