# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request for a custodian whose seat's key is on a machine of their own, and the answer that comes back.

The Desk hands out what is sealed to the seat and takes back what is sealed to the one-time key. It opens
neither: of a seat that is held outside it never has a share in clear, not for a moment.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases.rules import check_not_recused, minute
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing import request as requests
from watchword.core.sealing.answer import SeatAnswer
from watchword.core.sealing.handed import Body, Entry
from watchword.core.sealing.request import SealedWords, SeatRequest, Told
from watchword.custody import selectors
from watchword.custody.models import Answer, Release
from watchword.custody.selectors import Matter, before, matter, row_of, seat_title
from watchword.custody.services.answering import check_answer, locked_release, record_answer, refuse
from watchword.custody.services.asking import keep_share
from watchword.custody.services.outside_files import check_held_outside, read_answer, say, shown
from watchword.custody.services.reading import PURPOSE as READING
from watchword.custody.services.shares import PURPOSE as SHARING
from watchword.journal.events import Event
from watchword.vault import selectors as vault
from watchword.vault.opening import take_out

_ASKING = (Event.IDENTITY_REQUEST, Event.IDENTITY_BREAK)


def take_request(*, release_uid: str, since: int, actor: Actor, now: datetime) -> bytes:
    """The file for this custodian's machine. That sealed things left is in the ledger before they do.

    ``since``: the size of the ledger which that machine has kept, 0 for none.
    """
    release = selectors.to_answer(release_uid, viewer=actor)
    one = matter(release.case)
    check_not_recused(actor, one.standing.ties)
    seat = check_answer(release, one, release.action_hash, actor, now)
    check_held_outside(seat, actor)
    bodies, entries = _shares(release, one, seat, actor, now)
    words = _words(release, one, actor, now)
    return requests.pack(
        SeatRequest(
            asked=release.request().asked,
            bodies=bodies,
            entries=entries,
            ledger=shown(release.case_id, _ASKING, ("release", release.uid), since),
            seat=seat,
            told=_told(release, actor, now),
            words=words,
        )
    )


def take_answer(*, release_uid: str, raw: bytes, gave: bool, actor: Actor, now: datetime) -> Release:
    """What that machine answered: kept as a share that was given here, or as a refusal.

    ``gave`` is what this custodian has just confirmed that it does.
    """
    release = selectors.to_answer(release_uid, viewer=actor)
    found = read_answer(raw, action=release.action_hash, gave=gave, actor=actor).answer
    if not gave:
        return refuse(release_uid=release.uid, seen=found.action, reason=found.reason, actor=actor, now=now)
    return _keep(release, found, actor, minute(now))


@transaction.atomic
def _keep(release: Release, found: SeatAnswer, actor: Actor, now: datetime) -> Release:
    release = locked_release(release)
    seat = check_answer(release, matter(release.case), found.action, actor, now)
    given = {part.sha256: part.sealed for part in found.parts}
    bodies = {body.sha256: body.uid for body in selectors.bodies_of(release)}
    if given.keys() != bodies.keys() or len(given) < len(found.parts):
        raise WrongState(sentence("This answer has shares of something else than what was asked for."))
    keep_share(release, [(bodies[sha], part) for sha, part in given.items()], seat=seat, actor=actor, now=now)
    record_answer(Event.IDENTITY_SHARE, release, {"seat": seat}, actor, now)
    return release


def _shares(
    release: Release, one: Matter, seat: str, actor: Actor, now: datetime
) -> tuple[tuple[Body, ...], tuple[Entry, ...]]:
    """What this seat was handed with each sending of which something is asked for, once for each sending."""
    found = {body: selectors.share_of(one.uid, body, seat) for body in selectors.bodies_of(release)}
    records = sorted(set(found.values()))
    taken = _taken(records, SHARING, actor, now)
    revisions = {uid: body.revision for body, uid in found.items()}
    bodies = tuple(
        Body(one.uid, body.compartment, records.index(uid), body.sha256) for body, uid in found.items()
    )
    return bodies, tuple(Entry(one.uid, revisions[uid], taken[uid]) for uid in records)


def _words(release: Release, one: Matter, actor: Actor, now: datetime) -> tuple[SealedWords, ...]:
    """The reason, and why it, or the same when it was asked before, was refused."""
    same = [other.release for other in before(release, viewer=actor, now=now) if other.same]
    refused = [found for each in (release, *same) for found in each.answers.all() if not found.gave]
    hashes = {release.words_id: ("", release.words_hash)}
    hashes |= {found.words_id or "": (_by(one, found), found.words_hash) for found in refused}
    taken = _taken(list(hashes), READING, actor, now)
    return tuple(
        SealedWords(by, digest, vault.record_by_id(uid).revision, taken[uid])
        for uid, (by, digest) in hashes.items()
    )


def _taken(records: Sequence[str], purpose: str, actor: Actor, now: datetime) -> Mapping[str, bytes]:
    found = take_out(records, actor=actor, purpose=purpose, now=now)
    for sealed in found.values():
        if isinstance(sealed, WrongState):
            raise sealed
    return {uid: sealed for uid, sealed in found.items() if isinstance(sealed, bytes)}


def _by(one: Matter, refused: Answer) -> str:
    return say(seat_title(one, refused.seat))


def _told(release: Release, actor: Actor, now: datetime) -> Told:
    row = row_of(release, viewer=actor, now=now)
    others = [other.row for other in before(release, viewer=actor, now=now)]
    lines = [
        f"{other.at:%Y-%m-%d} {other.code}: {', '.join(map(say, other.elements))};"
        f" {say(other.serves)}; {say(other.state_words)}"
        for other in others
    ]
    return Told(tuple(lines), say(row.serves), row.code, row.by)
