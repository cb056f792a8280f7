# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens the words of a request and of its refusals, for a custodian or for whoever asked; recorded first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.cases.rules import check_not_recused
from watchword.core.procedure import Text
from watchword.core.refusals import Sentence, WrongState
from watchword.custody import rules, selectors
from watchword.custody.action import read_words
from watchword.custody.models import Release
from watchword.custody.selectors import Before, ReleaseRow, before, matter, row_of, seat_title
from watchword.vault.opening import open_together

PURPOSE = "release"


@dataclass(frozen=True)
class Refusal:
    """Why one custodian refused; ``fault``: why that cannot be read. ``earlier``: another request."""

    seat: Text | str
    words: str
    fault: Sentence | None
    earlier: bool


@dataclass(frozen=True)
class Read:
    """A request with its words; lives as long as one answer to a page."""

    row: ReleaseRow
    words: str
    fault: Sentence | None
    refusals: tuple[Refusal, ...]
    before: tuple[Before, ...]


def read(*, release_uid: str, actor: Actor, now: datetime) -> Read:
    """The words of a request, of what refused it, and of what refused the same when it was asked before."""
    return _read(selectors.to_answer(release_uid, viewer=actor), actor, now)


def read_own(*, release_uid: str, actor: Actor, now: datetime) -> Read:
    """The same for whoever asked, as long as the case is in their hands: why it was refused, above all."""
    release = selectors.own(release_uid, viewer=actor)
    rules.check_keeps(actor, matter(release.case).standing)
    return _read(release, actor, now)


def _read(release: Release, actor: Actor, now: datetime) -> Read:
    one = matter(release.case)
    check_not_recused(actor, one.standing.ties)
    others = before(release, viewer=actor, now=now)
    same = [other.release for other in others if other.same]
    refused = [answer for each in (release, *same) for answer in each.answers.all() if not answer.gave]
    hashes = {release.words_id: release.words_hash, **{one.words_id or "": one.words_hash for one in refused}}
    opened = _opened(hashes, actor, now)
    words, fault = opened[release.words_id]
    return Read(
        row=row_of(release, viewer=actor, now=now),
        words=words,
        fault=fault,
        refusals=tuple(
            Refusal(
                seat_title(one, answer.seat), *opened[answer.words_id or ""], answer.release_id != release.pk
            )
            for answer in refused
        ),
        before=others,
    )


def _opened(hashes: Mapping[str, str], actor: Actor, now: datetime) -> dict[str, tuple[str, Sentence | None]]:
    """For each record its text, or why there is none."""
    found = open_together(hashes, actor=actor, purpose=PURPOSE, now=now)
    return {uid: _text(payload, hashes[uid]) for uid, payload in found.items()}


def _text(payload: bytes | WrongState, expected: str) -> tuple[str, Sentence | None]:
    try:
        if isinstance(payload, WrongState):
            raise payload
        return read_words(payload, expected=expected), None
    except WrongState as refused:
        return "", refused.reason
