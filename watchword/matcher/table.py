# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of match-keys on the disk: rows that say nothing to whoever has not the matcher's secret.

Each row stands at a place that is derived from a token and the number of the case among those that share it,
and holds that case sealed. So no value occurs twice, however many cases share a key: frequencies, which break
a table of plain tokens, do not exist in it (the construction is that of D. Cash and others, Dynamic
searchable encryption in very large databases, NDSS 2014, section 3). What is left to see is how many rows
there are, and rows that belong to nobody blur that.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from watchword.core.refusals import NotFound, WrongState, sentence
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.primitives import NONCE_SIZE, TAG_SIZE, random_bytes
from watchword.matcher.keys import TOKEN_SIZE, Keys, place

CASE_SIZE = 16
LARGEST_BUCKET = 50
"""Cases that may share one key: what more of them have in common tells nobody apart."""

DECOYS = 5
"""Of so many rows one belongs to nobody, so that their number is not the number of applications."""

_STEP = 16
"""The keys of a case are filled up to a multiple of so many: their number tells what else is known of it."""

_ROW = 1 + TOKEN_SIZE
_SEALED_CASE = NONCE_SIZE + CASE_SIZE + TAG_SIZE
_SCHEMA = """
create table if not exists places (place blob primary key, sealed blob not null) without rowid;
create table if not exists cases (label blob primary key, sealed blob not null) without rowid;
"""

Token = tuple[int, bytes]


@dataclass(frozen=True)
class Sharing:
    """Another case: the ``shared`` kinds of keys, and the ``unshared``, which both have and none agrees."""

    case: bytes
    shared: frozenset[int]
    unshared: frozenset[int]


class Table:
    """One file. Every change is on the disk before the next begins."""

    def __init__(self, file: Path, keys: Keys) -> None:
        self._keys = keys
        # One question at a time, by whichever thread answers it.
        self._base = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        # What is deleted is overwritten, and no journal keeps it: an erased case is gone from this file.
        self._base.execute("pragma secure_delete = on")
        self._base.execute("pragma journal_mode = delete")
        self._base.execute("pragma synchronous = full")
        self._base.executescript(_SCHEMA)

    def close(self) -> None:
        self._base.close()

    def put(self, case: bytes, tokens: Sequence[Token]) -> None:
        """Keep these keys of a case instead of those that it had.

        The same keys again change nothing: whoever compares two copies must not see who was looked at twice.
        """
        if set(tokens) == set(self._tokens(case) or ()):
            return
        with self._changing():
            self._forget(case)
            for _, token in tokens:
                free = len(self._bucket(token))
                if free < LARGEST_BUCKET:
                    self._set(place(token, free), self._keys.seal(case))
            self._add_case(case, tokens)

    def forget(self, case: bytes) -> None:
        """Nothing of a case is left. A case that is not there is forgotten already."""
        with self._changing():
            self._forget(case)

    def sharing(self, case: bytes) -> list[Sharing]:
        """Every case that shares a key with this one; NotFound when there are no keys of it.

        A full bucket counts too: its members share what they share, only nobody after them was added.
        """
        tokens = self._tokens(case)
        if tokens is None:
            raise NotFound(sentence("There are no match-keys of this case."))
        found: dict[bytes, set[int]] = {}
        for kind, token in tokens:
            for other in self._bucket(token):
                found.setdefault(other, set()).add(kind)
        found.pop(case, None)
        own = {kind for kind, _ in tokens}
        return [
            Sharing(other, frozenset(shared), frozenset(own & self._kinds(other)) - shared)
            for other, shared in found.items()
        ]

    def load(self, cases: Iterable[tuple[bytes, Sequence[Token]]]) -> None:
        """Fill an empty table at once, its rows in the order of their places, as a large file wants them."""
        with self._changing():
            self._base.execute("create table heap (place, sealed)")
            members: dict[bytes, int] = {}
            for case, tokens in cases:
                for _, token in tokens:
                    number = members[token] = members.get(token, -1) + 1
                    if number < LARGEST_BUCKET:
                        self._set(place(token, number), self._keys.seal(case), "heap")
                self._add_case(case, tokens, "heap")
            self._base.execute("insert into places select place, sealed from heap order by place")
            self._base.execute("drop table heap")
        self._base.execute("vacuum")

    def everything(self) -> Iterator[tuple[bytes, list[Token]]]:
        """Every case with its tokens, for a rotation."""
        for (sealed,) in self._base.execute("select sealed from cases"):
            case, tokens = _unpacked(self._open(sealed))
            if tokens:
                yield case, tokens

    def _forget(self, case: bytes) -> None:
        for _, token in self._tokens(case) or ():
            bucket = self._bucket(token)
            if case not in bucket:
                continue
            # The last of the bucket moves into the gap: a bucket ends where the first place is empty.
            last = len(bucket) - 1
            if bucket[last] != case:
                self._set(place(token, bucket.index(case)), self._keys.seal(bucket[last]))
            self._base.execute("delete from places where place = ?", (place(token, last),))
        self._base.execute("delete from cases where label = ?", (self._keys.label(case),))

    def _bucket(self, token: bytes) -> list[bytes]:
        """The cases with this token."""
        found: list[bytes] = []
        while len(found) < LARGEST_BUCKET:
            row = self._base.execute(
                "select sealed from places where place = ?", (place(token, len(found)),)
            ).fetchone()
            if row is None:
                break
            found.append(self._open(row[0]))
        return found

    def _kinds(self, case: bytes) -> set[int]:
        return {kind for kind, _ in self._tokens(case) or ()}

    def _tokens(self, case: bytes) -> list[Token] | None:
        row = self._base.execute(
            "select sealed from cases where label = ?", (self._keys.label(case),)
        ).fetchone()
        return _unpacked(self._open(row[0]))[1] if row else None

    def _open(self, sealed: bytes) -> bytes:
        try:
            return self._keys.open(sealed)
        except SealingError:
            raise WrongState(sentence("The table of match-keys was altered, or is of another key.")) from None

    def _set(self, where: bytes, sealed: bytes, into: str = "places") -> None:
        self._base.execute(f"replace into {into} values (?, ?)", (where, sealed))  # noqa: S608 - our own names

    def _add_case(self, case: bytes, tokens: Sequence[Token], into: str = "places") -> None:
        """The tokens themselves, sealed, so that a case can be asked about and erased without its plaintext.

        And rows of nobody, which without the secret nothing tells from others.
        """
        sealed = self._keys.seal(_packed(case, tokens))
        self._base.execute("replace into cases values (?, ?)", (self._keys.label(case), sealed))
        nobody, *chances = random_bytes(1 + len(tokens))
        if nobody % DECOYS == 0:
            empty = self._keys.seal(_packed(bytes(CASE_SIZE), (), len(tokens)))
            self._base.execute("insert into cases values (?, ?)", (random_bytes(TOKEN_SIZE), empty))
        for _ in range(sum(chance % DECOYS == 0 for chance in chances)):
            self._set(random_bytes(TOKEN_SIZE), random_bytes(_SEALED_CASE), into)

    def _changing(self) -> sqlite3.Connection:
        self._base.execute("begin immediate")
        return self._base


def _packed(case: bytes, tokens: Sequence[Token], room: int = 0) -> bytes:
    rows = b"".join(bytes([kind]) + token for kind, token in tokens)
    steps = -(-max(len(tokens), room) // _STEP)
    return case + bytes([len(tokens)]) + rows.ljust(steps * _STEP * _ROW, b"\0")


def _unpacked(plain: bytes) -> tuple[bytes, list[Token]]:
    case, count, rows = plain[:CASE_SIZE], plain[CASE_SIZE], plain[CASE_SIZE + 1 :]
    return case, [(rows[at], rows[at + 1 : at + _ROW]) for at in range(0, count * _ROW, _ROW)]
