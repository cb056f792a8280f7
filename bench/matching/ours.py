# SPDX-License-Identifier: AGPL-3.0-or-later
"""The matcher's own table and rules, asked about everybody who applies again."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.matching.again import Applicant
from bench.matching.tally import Tally
from watchword.core import names
from watchword.core.linkage import Likeness, NameReader, likeness, match_keys
from watchword.core.sealing.primitives import sha256
from watchword.matcher.keys import KINDS, Keys, new_secret
from watchword.matcher.table import CASE_SIZE, Table, Token

AGAIN = b"applied again..."


class Matching:
    """A table of a crowd in a file, filled at once."""

    def __init__(self, file: Path, first: Iterable[Applicant]) -> None:
        self._keys, self._reader = Keys([new_secret()]), NameReader(names.lexicon())
        self._table = Table(file, self._keys)
        self.rows = 0
        began = time.perf_counter()
        self._table.load(self._cases(first))
        self.seconds = time.perf_counter() - began
        self.took: list[float] = []

    def _cases(self, first: Iterable[Applicant]) -> Iterator[tuple[bytes, list[Token]]]:
        for row, applicant in enumerate(first):
            tokens = self.tokens(applicant)
            self.rows += len(tokens)
            yield row.to_bytes(CASE_SIZE), tokens

    def tokens(self, applicant: Applicant) -> list[Token]:
        """What the Desk and the matcher do with one applicant's answers."""
        keys = match_keys(applicant.identity(), self._reader)
        numbered = [(KINDS.index(kind), sha256(f"{kind} {value}".encode())) for kind, value in keys]
        return [(kind, self._keys.token(kind, digest)) for kind, digest in numbered]

    def ask(self, applicant: Applicant, row: int, tally: Tally) -> None:
        """Link one case with all others; only the answer itself is timed."""
        self._table.put(AGAIN, self.tokens(applicant))
        began = time.perf_counter()
        found = self._table.sharing(AGAIN)
        said = [(one.case, _likeness(one.shared, one.unshared)) for one in found]
        self.took.append(time.perf_counter() - began)
        true = row.to_bytes(CASE_SIZE)
        likely = {case for case, like in said if like is Likeness.LIKELY}
        possible = {case for case, like in said if like is Likeness.POSSIBLE}
        tally.add(true in likely, len(likely - {true}), true in possible, len(possible - {true}))


def _likeness(shared: frozenset[int], unshared: frozenset[int]) -> Likeness:
    return likeness({KINDS[kind] for kind in shared}, {KINDS[kind] for kind in unshared})
