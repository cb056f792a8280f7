# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens what custodians released: the ledger first, then the shares put together in memory."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.cases.selectors.pieces import SECTION, Piece
from watchword.cases.services.pages import Page
from watchword.core.procedure import AnswersError, Line, Text
from watchword.core.refusals import NotFound, Sentence, WrongState
from watchword.core.sealing.recipients import Identity
from watchword.custody import rules, selectors
from watchword.custody.models import Body, Release
from watchword.custody.selectors import Lodged, Matter, matter
from watchword.custody.together import one_time_key, put_together
from watchword.vault.opening import open_released
from watchword.vault.rules import Released


@dataclass(frozen=True)
class Shown:
    """One thing that was released, in words; ``fault``: why it cannot be shown, ``amiss``: what is wrong."""

    title: Text | str
    lines: tuple[Line, ...] = ()
    amiss: tuple[Sentence, ...] = ()
    fault: Sentence | None = None


@dataclass(frozen=True)
class Opened:
    """Everything that was released; lives as long as one answer to a request."""

    code: str
    until: datetime
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class _Visit:
    release: Release
    one: Matter
    released: Released
    actor: Actor
    now: datetime
    language: str


def open_release(*, release_uid: str, actor: Actor, now: datetime, language: str = "en") -> Opened:
    """Open what this very person asked for and enough custodians gave; each showing is a new opening."""
    release = selectors.own(release_uid, viewer=actor)
    one = _still_theirs(release, actor)
    rules.check_may_open(actor, release.facts(), one.standing.ties, now)
    action = release.request().hash
    rules.check_same(release.action_hash, release.action_hash, action.hex())
    bodies = selectors.bodies_of(release)
    released = Released(
        uid=release.uid,
        action=action,
        to=release.asked_by_id,
        records=frozenset(body.uid for body in bodies),
        purpose=release.serves,
        until=release.until,
        told=release.told,
    )
    visit = _Visit(release, one, released, actor, now, language)
    return Opened(one.code, release.until, tuple(_shown(visit, body) for body in bodies))


def _still_theirs(release: Release, actor: Actor) -> Matter:
    """The case, still in the hands of whoever asked; a custodian who broke the glass has none."""
    if release.glass:
        return matter(release.case)
    one = selectors.matter_by_uid(release.case_id, viewer=actor)
    rules.check_keeps(actor, one.standing)
    return one


def _shown(visit: _Visit, body: Lodged) -> Shown:
    title = visit.one.profile.compartment(body.compartment).title
    try:
        payload = open_released(
            body.uid,
            key=lambda: _key(visit, body),
            actor=visit.actor,
            released=visit.released,
            now=visit.now,
        )
        return _in_words(visit, body, payload, title)
    except (AnswersError, NotFound, WrongState) as refused:
        # One thing that cannot be shown must not hide the others.
        return Shown(title, fault=refused.reason)


def _in_words(visit: _Visit, body: Lodged, payload: bytes, title: Text) -> Shown:
    section = visit.one.profile.questionnaire.section(body.kind.removeprefix(SECTION))
    page = Page(section, visit.language, lambda _piece: payload)
    page.add(Piece(body.uid, body.compartment, body.kind, body.revision), payload)
    lines = tuple(line for line in page.lines() if not line.elsewhere)
    return Shown(title, lines, tuple(page.amiss))


def _key(visit: _Visit, body: Lodged) -> Identity:
    """The key of one body, from the shares that custodians sealed to the one-time key."""
    once = one_time_key(bytes(visit.release.sealed_key), visit.actor)
    kept = Body.objects.get(release=visit.release, record=body.uid)
    given = [(part.answer.seat, bytes(part.sealed)) for part in kept.parts.select_related("answer")]
    return put_together(given, once)
