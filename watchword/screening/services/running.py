# SPDX-License-Identifier: AGPL-3.0-or-later
"""The run: opens in memory what custodians released, compares it with the lists, and shows nobody.

Each case is a transaction of its own and says by itself what it was compared with, so a run that stops
half-way, for whatever reason, goes on where it stopped. With its last case the shares are destroyed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.core.refusals import Refused, Sentence, WrongState, plain_sentence
from watchword.custody import blind
from watchword.custody import services as custody
from watchword.matching.services import link_case
from watchword.screening import selectors, shelf
from watchword.screening.applicant import identity_of
from watchword.screening.models import Stayed
from watchword.screening.selectors import Matter
from watchword.screening.services.keeping import Found, keep
from watchword.screening.services.unlocking import Bodies, Known, known

AT_ONCE = 50
"""Cases in one request: some seconds, most of them for writing each opening into the ledger."""

Opened = tuple[Matter, Known]


@dataclass(frozen=True)
class Ran:
    """How many cases were compared in this piece, how many stay for a reason, how many are still to come.

    ``unlinked``: why nobody could look for other applications of theirs, if nobody could.
    """

    done: int
    stayed: int
    left: int
    unlinked: Sentence | None


def run_on(*, actor: Actor, now: datetime, most: int = AT_ONCE) -> Ran:
    """Compare the next cases that custodians released to this person; the last piece ends the batch."""
    batch = selectors.batch_to_run(viewer=actor, now=now)
    shelf.check_usable()
    left = selectors.left_of(batch, viewer=actor)
    part = sorted(left[:most], key=_lists_known)
    bodies = blind.open_batch(batch.uid, [one.uid for one in part], actor=actor, now=now) if part else {}
    kept: list[Sentence | None] = []
    for _, alike in groupby(part, key=_lists_known):
        opened = [pair for one in alike if (pair := _opened(one, bodies[one.uid], batch.uid, now))]
        kept += _compared(opened, batch.uid, actor, now)
    if len(part) == len(left):
        custody.end_batch(batch_uid=batch.uid, actor=actor, now=now)
    unlinked = next(filter(None, kept), None)
    return Ran(len(kept), len(part) - len(kept), len(left) - len(part), unlinked)


def _lists_known(one: Matter) -> list[tuple[str, int]]:
    return sorted(one.knows.items())


def _opened(one: Matter, bodies: Bodies | WrongState, batch: str, now: datetime) -> Opened | None:
    """One case that cannot be read must not keep the others from it: it stays, with the reason.

    Whose applicant wrote anew since custodians were asked is among them: nothing of it opens.
    """
    try:
        return one, known(one, bodies)
    except Refused as refused:
        _stays(one, refused.reason, batch, now)
        return None


def _compared(opened: Sequence[Opened], batch: str, actor: Actor, now: datetime) -> Iterator[Sentence | None]:
    """Cases that know the same lists are searched in one go; for each kept, why it was not linked."""
    if not opened:
        return
    # Read before the search: a list that is swapped in meanwhile is then looked at once more, never skipped.
    lists = shelf.versions()
    found = shelf.search([applicant.person for _, applicant in opened], opened[0][0].knows)
    for (one, applicant), comparisons in zip(opened, found, strict=True):
        try:
            keep(one, Found(batch, comparisons, lists, applicant.tags), actor=actor, now=now)
        except Refused as refused:
            _stays(one, refused.reason, batch, now)
            continue
        # While the names are in memory anyway; what the matcher could not do stands on the case's page.
        yield link_case(
            case_uid=one.uid,
            person=identity_of(applicant.person),
            identity=applicant.identity,
            actor=actor,
            now=now,
        )


def _stays(one: Matter, reason: Sentence, batch: str, now: datetime) -> None:
    said = {"batch": batch, "reason": plain_sentence(reason), "at": minute(now)}
    Stayed.objects.update_or_create(case_id=one.uid, defaults=said)
