# SPDX-License-Identifier: AGPL-3.0-or-later
"""The file of the key store: a small secret for each case, under a root that changes when one is forgotten.

A file belongs to one epoch and is sealed under that epoch's root: everything known when the epoch began, in
the order of the names, then what was added since. Who has the file without its root has nothing; and a root
that was destroyed takes every older copy of the store with it.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from watchword.core.sealing.errors import Malformed, Tampered
from watchword.core.sealing.primitives import (
    KEY_SIZE,
    NONCE_SIZE,
    TAG_SIZE,
    hkdf_expand,
    open_bound,
    random_bytes,
    seal_bound,
)

NAME_SIZE = 16
MAGIC = b"watchword/keystore/v1\n"
HEAD_SIZE = len(MAGIC) + 8 + 4
"""The magic line, the epoch (8 bytes) and the number of keys with which it began (4 bytes)."""
PAIR_SIZE = NAME_SIZE + KEY_SIZE
ADDED_SIZE = NONCE_SIZE + PAIR_SIZE + TAG_SIZE

_FILE, _HEADER = b"watchword/keystore/v1/file", b"watchword/keystore/v1/header"


@dataclass
class Keys:
    """Secrets by name. ``began`` is one piece, sorted: a dict of so many would take five times the memory."""

    began: bytes = field(default=b"", repr=False)
    added: dict[bytes, bytes] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.began) // PAIR_SIZE + len(self.added)

    def get(self, name: bytes) -> bytes | None:
        """The secret of this name; None when it was forgotten, or never known."""
        if name in self.added:
            return self.added[name]
        places = range(len(self.began) // PAIR_SIZE)
        place = bisect_left(places, name, key=self._name)
        if place == len(places) or self._name(place) != name:
            return None
        return self.began[place * PAIR_SIZE + NAME_SIZE : (place + 1) * PAIR_SIZE]

    def without(self, names: Iterable[bytes] = ()) -> "Keys":
        """All but these, in one sorted piece."""
        forgotten = set(names)
        starts = range(0, len(self.began), PAIR_SIZE)
        pairs = [self.began[at : at + PAIR_SIZE] for at in starts]
        pairs += [name + secret for name, secret in self.added.items()]
        return Keys(b"".join(sorted(pair for pair in pairs if pair[:NAME_SIZE] not in forgotten)))

    def _name(self, place: int) -> bytes:
        return self.began[place * PAIR_SIZE : place * PAIR_SIZE + NAME_SIZE]


@dataclass(frozen=True)
class Epoch:
    """One file's number and its root."""

    number: int
    root: bytes = field(repr=False)

    @classmethod
    def after(cls, number: int) -> "Epoch":
        """The next epoch, with a root of its own."""
        return cls(number + 1, random_bytes(KEY_SIZE))

    def encode(self, keys: Keys) -> bytes:
        """A whole file with these keys, of which none is in ``added``."""
        if keys.added:
            raise Malformed("an epoch begins with keys in one piece")
        head = self._head(len(keys))
        return head + seal_bound(self._key, keys.began, head)

    def encode_added(self, place: int, name: bytes, secret: bytes) -> bytes:
        """What is put behind the file to add one key; ``place`` counts the keys added before it."""
        return seal_bound(self._key, name + secret, self._place(place))

    def decode(self, data: bytes) -> tuple[Keys, int]:
        """The keys of a file, and how many of its bytes they took: half a key at the end was never given out.

        Malformed when it is no such file or of another epoch; Tampered when anything before its end was
        changed.
        """
        count = read_head(data, self.number)
        head, start = data[:HEAD_SIZE], HEAD_SIZE + NONCE_SIZE + count * PAIR_SIZE + TAG_SIZE
        keys = Keys(open_bound(self._key, data[HEAD_SIZE:start], head))
        if len(keys) != count:
            raise Malformed("a store does not hold as many keys as it says")
        if not _rise(keys.began):
            raise Malformed("the keys of a store do not stand in the order of their names")
        return keys, start + self.read_added(keys, data[start:])

    def read_added(self, keys: Keys, data: bytes) -> int:
        """Take what was added behind what ``keys`` holds already; how many bytes that took."""
        whole, key = len(data) // ADDED_SIZE, self._key
        for number in range(whole):
            frame = data[number * ADDED_SIZE : (number + 1) * ADDED_SIZE]
            try:
                pair = open_bound(key, frame, self._place(len(keys.added)))
            except Tampered:
                # Only what was being written when the power went may be broken, and nothing comes after it.
                if len(data) - number * ADDED_SIZE > ADDED_SIZE:
                    raise
                return number * ADDED_SIZE
            if keys.get(pair[:NAME_SIZE]) is not None:
                raise Malformed("a key stands twice in a store")
            keys.added[pair[:NAME_SIZE]] = pair[NAME_SIZE:]
        return whole * ADDED_SIZE

    @property
    def _key(self) -> bytes:
        return hkdf_expand(self.root, _FILE)

    def _head(self, count: int) -> bytes:
        return MAGIC + self.number.to_bytes(8, "big") + count.to_bytes(4, "big")

    def _place(self, place: int) -> bytes:
        return MAGIC + self.number.to_bytes(8, "big") + b"added" + place.to_bytes(8, "big")


def _rise(began: bytes) -> bool:
    """Whether the names of the first piece rise, so that halving finds them."""
    names = [began[at : at + NAME_SIZE] for at in range(0, len(began), PAIR_SIZE)]
    return all(one < other for one, other in pairwise(names))


def read_head(data: bytes, number: int) -> int:
    """How many keys the file of this epoch began with; Malformed when it is no such file."""
    if len(data) < HEAD_SIZE or not data.startswith(MAGIC):
        raise Malformed("this is not the file of a key store")
    if data[len(MAGIC) : len(MAGIC) + 8] != number.to_bytes(8, "big"):
        raise Malformed("this file of a key store is of another epoch")
    return int.from_bytes(data[len(MAGIC) + 8 : HEAD_SIZE], "big")


def wrap_header(secret: bytes, header: bytes, *, case: str, record: str) -> bytes:
    """The header of a record as it is stored: under the case's secret, and good for this record alone."""
    return seal_bound(hkdf_expand(secret, _HEADER), header, _bound(case, record))


def unwrap_header(secret: bytes, stored: bytes, *, case: str, record: str) -> bytes:
    """The age header again; Tampered when it was stored for another record, or under another secret."""
    return open_bound(hkdf_expand(secret, _HEADER), stored, _bound(case, record))


def _bound(case: str, record: str) -> bytes:
    return _HEADER + f"\0{case}\0{record}".encode()


def derived(secret: bytes, use: str) -> bytes:
    """A key for one use, 32 bytes: gone when the secret is."""
    return hkdf_expand(secret, f"watchword/keystore/v1/{use}".encode())
