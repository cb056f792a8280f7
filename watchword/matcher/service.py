# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the matcher does: hold keys of cases, and say which other cases share one with a case."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from watchword.core.linkage import matchkeys
from watchword.core.refusals import Refused, WrongState, sentence
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.shares import Share
from watchword.matcher import diary, sealed_key
from watchword.matcher.diary import Diary
from watchword.matcher.keys import KINDS, Keys, new_secret
from watchword.matcher.pace import AN_HOUR, Pace
from watchword.matcher.protocol import Message
from watchword.matcher.questions import case_of, keys_of
from watchword.matcher.succession import Succession, Successors
from watchword.matcher.table import Table

LOCKED = sentence("The matcher is locked: its custodians must unlock it.")
Clock = Callable[[], datetime]


class Matcher:
    """One folder with a sealed key, a table and a diary. Locked until enough shares were given."""

    def __init__(
        self, folder: Path, clock: Clock = lambda: datetime.now(UTC), an_hour: int = AN_HOUR
    ) -> None:
        self._folder, self._clock = folder, clock
        self._key = sealed_key.read(folder)
        self._diary = Diary(folder)
        self._pace = Pace(an_hour, [datetime.fromisoformat(told["at"]) for told in diary.read(folder)])
        self._shares: dict[int, Share] = {}
        self._succession = Succession()
        self._keys: Keys | None = None
        self._table: Table | None = None

    def answer(self, question: Message) -> Message:
        """The answer to one question, or why there is none."""
        acts = {
            "state": self._state,
            "unlock": self._unlock,
            "lock": self._lock,
            "put": self._put,
            "forget": self._forget,
            "ask": self._ask,
            "rotate": self._rotate,
            "pass-on": self._pass_on,
            "replace": self._replace,
        }
        try:
            act = acts.get(str(question.get("act")))
            if act is None:
                raise WrongState(sentence("The matcher does not do this."))
            return act(question)
        except (Refused, SealingError) as refusal:
            return {"refused": str(refusal)}
        except (OSError, sqlite3.Error) as error:
            # A full disk is no reason to end and so to forget the key.
            return {"refused": f"its disk: {type(error).__name__}"}

    def _state(self, _question: Message) -> Message:
        return {
            "locked": self._table is None,
            "needed": self._key.needed,
            "given": len(self._shares),
            "agreed": len(self._succession.agreed),
            "key": self._key.fingerprint,
            "generation": self._key.generation,
            "version": matchkeys.VERSION,
        }

    def _unlock(self, question: Message) -> Message:
        """Take one share; with the last one that is needed the table opens, and the shares are forgotten."""
        share = self._share(question)
        if self._table is None:
            self._shares[share.number] = share
            if len(self._shares) >= self._key.needed:
                self._open(self._key.restore(list(self._shares.values())))
                self._shares.clear()
            self._diary.write("unlock", "", self._clock())
        return self._state(question)

    def _open(self, chain: Sequence[bytes]) -> None:
        # What a rotation left that broke off, before or after the key's file was written.
        sealed_key.forget_others(self._folder, self._key)
        self._keys = Keys(chain)
        self._table = Table(self._folder / self._key.table, self._keys)

    def _lock(self, question: Message) -> Message:
        """Forget the key: it comes back only with the shares."""
        if self._table:
            self._table.close()
        self._keys = self._table = None
        self._shares.clear()
        self._succession.end()
        self._diary.write("lock", "", self._clock())
        return self._state(question)

    def _put(self, question: Message) -> Message:
        """Hold the keys of a case. Values come hashed, so that no name enters this process."""
        keys, table = self._opened()
        case = case_of(question)
        tokens = [(kind, keys.token(kind, digest)) for kind, digest in keys_of(question)]
        self._note("put", case)
        table.put(case, tokens)
        return {}

    def _forget(self, question: Message) -> Message:
        _, table = self._opened()
        case = case_of(question)
        self._diary.write("forget", case.hex(), self._clock())
        table.forget(case)
        return {}

    def _ask(self, question: Message) -> Message:
        """Which cases share a key with this one, and of which kinds: nothing else ever leaves."""
        _, table = self._opened()
        case = case_of(question)
        self._note("ask", case)
        found = [
            {
                "case": one.case.hex(),
                "shared": sorted(KINDS[kind] for kind in one.shared),
                "unshared": sorted(KINDS[kind] for kind in one.unshared),
            }
            for one in table.sharing(case)
        ]
        return {"cases": found}

    def _rotate(self, question: Message) -> Message:
        """A further secret on top of the old ones, for the same custodians."""
        self._opened()
        self._diary.write("rotate", "", self._clock())
        self._renew(self._key.needed, self._key.recipients)
        return self._state(question)

    def _pass_on(self, question: Message) -> Message:
        """One custodian's share for a successor, who is named by nobody but whoever has that share."""
        share = self._share(question)
        self._diary.write("pass-on", "", self._clock())
        self._key = sealed_key.pass_on(self._folder, self._key, share, str(question.get("to")))
        self._succession.end()
        return self._state(question)

    def _replace(self, question: Message) -> Message:
        """Other custodians, once enough of those of today have named the same; old shares open nothing then.

        The Desk may write to this socket too, so a share proves that it is a custodian who speaks.
        """
        self._opened()
        share, named = self._share(question), Successors.of(question)
        self._diary.write("replace", "", self._clock())
        if self._succession.agree(share.number, named) >= self._key.needed:
            self._renew(named.needed, named.recipients)
        return self._state(question)

    def _renew(self, needed: int, recipients: Sequence[str]) -> None:
        """A further secret, shares of it all, and a table that needs it."""
        keys, table = self._opened()
        chain = (*keys.chain, new_secret())
        fresh = Keys(chain)
        # The table first: until the key's file is written, the old one is the one that is read.
        file = self._folder / replace(self._key, generation=len(chain)).table
        file.unlink(missing_ok=True)
        rotated = Table(file, fresh)
        rotated.load(
            (case, [(kind, fresh.next_token(kind, token)) for kind, token in tokens])
            for case, tokens in table.everything()
        )
        self._key = sealed_key.write(self._folder, chain, needed, recipients)
        table.close()
        self._keys, self._table = fresh, rotated
        self._succession.end()
        sealed_key.forget_others(self._folder, self._key)

    def _share(self, question: Message) -> Share:
        share = sealed_key.share_of(str(question.get("share")))
        self._key.check(share)
        return share

    def _opened(self) -> tuple[Keys, Table]:
        if self._keys is None or self._table is None:
            raise WrongState(LOCKED)
        return self._keys, self._table

    def _note(self, act: str, case: bytes) -> None:
        """Counted, and on the disk, before anything is answered."""
        now = self._clock()
        self._pace.step(now)
        self._diary.write(act, case.hex(), now)
