# SPDX-License-Identifier: AGPL-3.0-or-later
"""A batch before it is asked for: which cases are in it and which not, and everything that will be signed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core import signing

from watchword.accounts.passkeys import LIFE
from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases.rules import minute
from watchword.core.refusals import NotPermitted, Refused, Sentence, WrongState, sentence
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seal import seal
from watchword.custody import rules, selectors
from watchword.custody.action import BatchRequest
from watchword.custody.models import Resplit
from watchword.custody.selectors import Lodged, Matter, matters

_SALT = "watchword/batch-draft"


@dataclass(frozen=True)
class BatchDraft:
    """What somebody is about to ask for. ``left_out``: the cases that cannot be in it, each with the reason.

    ``recipient`` is a key made for this batch alone, ``sealed_key`` its private half, sealed to the asker.
    ``ceremony``: the uid of the one by which it splits anew.
    """

    run: str
    elements: tuple[str, ...]
    cases: tuple[str, ...]
    until: datetime
    recipient: str
    sealed_key: bytes
    left_out: Mapping[str, Sentence]
    ceremony: str = ""


def draw_up_batch(
    *,
    case_uids: Collection[str],
    elements: Collection[str],
    run: str,
    until: datetime,
    actor: Actor,
    now: datetime,
) -> BatchDraft:
    """A draft of what may be asked for; nothing is stored. WrongState when nothing of it may be."""
    rules.check_runs(actor, run)
    wanted = tuple(sorted(set(elements)))
    inside, left_out = sorted_out(case_uids, wanted, actor)
    rules.check_may_ask_batch(actor, run, cases=len(inside), until=until, now=now)
    if actor.keys is None:
        raise NotPermitted(sentence("Your keys are locked. Log in again to go on."))
    once = Identity.generate()
    return BatchDraft(
        run=run,
        elements=wanted,
        cases=tuple(one.uid for one in inside),
        until=minute(until),
        recipient=str(once.recipient),
        sealed_key=seal(once.seed, [actor.keys.identity.recipient]),
        left_out=left_out,
    )


def batch_request_of(draft: BatchDraft, actor: Actor, now: datetime) -> BatchRequest:
    """What is signed, as its cases stand now; WrongState when one of them cannot be in it any more."""
    return request_for(draft, still_in(draft, actor, now), actor)


def request_for(draft: BatchDraft, inside: Sequence[Matter], actor: Actor) -> BatchRequest:
    """The same, for whoever has looked at the cases."""
    custody = inside[0].custody
    return BatchRequest(
        run=draft.run,
        asked_by=actor.id,
        elements=draft.elements,
        records=tuple(
            sorted(f"{one.uid}/{body.sha256}" for one in inside for body in one.bodies(draft.elements))
        ),
        cases=len(inside),
        until=draft.until,
        needed=custody.needed,
        seats=len(custody.seats),
        recipient=draft.recipient,
        ceremony=ceremony_of(draft, actor).action.hex() if draft.ceremony else "",
    )


def ceremony_of(draft: BatchDraft, actor: Actor) -> Resplit:
    """That by which a draft splits anew."""
    return selectors.ceremony(draft.ceremony, viewer=actor)


def still_in(draft: BatchDraft, actor: Actor, now: datetime) -> list[Matter]:
    """The cases of a draft, all of which can still be asked for."""
    if draft.ceremony:
        one = ceremony_of(draft, actor)
        rules.check_may_run(actor, selectors.facts_of(one, left=0))
        inside, left_out = selectors.to_split(one, draft.cases, viewer=actor, now=now)
    else:
        inside, left_out = sorted_out(draft.cases, draft.elements, actor)
    for reason in left_out.values():
        raise WrongState(reason)
    return inside


def sorted_out(
    case_uids: Collection[str], elements: Sequence[str], actor: Actor
) -> tuple[list[Matter], dict[str, Sentence]]:
    """The cases that can be asked for together, and why each of the others cannot."""
    left_out = dict.fromkeys(case_uids, _UNKNOWN)
    inside: list[Matter] = []
    for one in matters(cases.find_several(case_uids, viewer=actor)):
        try:
            _check(one, inside[:1], elements, actor)
        except Refused as refused:
            left_out[one.uid] = refused.reason
        else:
            inside.append(one)
            del left_out[one.uid]
    return inside, left_out


def batch_carried(draft: BatchDraft) -> str:
    """A draft as a page carries it, signed."""
    said = {
        "run": draft.run,
        "elements": draft.elements,
        "cases": draft.cases,
        "until": draft.until.isoformat(),
        "recipient": draft.recipient,
        "key": draft.sealed_key.hex(),
        "ceremony": draft.ceremony,
    }
    return signing.dumps(said, salt=_SALT, compress=True)


def carried_batch(text: str) -> BatchDraft:
    """The draft that a page carried; WrongState when it is not one of ours, or too old."""
    try:
        said = signing.loads(text, salt=_SALT, max_age=LIFE)
    except signing.BadSignature:
        raise WrongState(sentence("This page was open for too long. Begin once more.")) from None
    return BatchDraft(
        run=said["run"],
        elements=tuple(said["elements"]),
        cases=tuple(said["cases"]),
        until=datetime.fromisoformat(said["until"]),
        recipient=said["recipient"],
        sealed_key=bytes.fromhex(said["key"]),
        left_out={},
        ceremony=said["ceremony"],
    )


def _check(one: Matter, first: Iterable[Matter], elements: Sequence[str], actor: Actor) -> None:
    bodies: Sequence[Lodged] = one.bodies(elements)
    lodged = bool(elements) and {body.compartment for body in bodies} == set(elements)
    rules.check_in_it(actor, one.standing, lodged=lodged)
    if any(other.profile.custody != one.profile.custody for other in first):
        raise WrongState(sentence("Other custodians hold this case than the first: ask for it apart."))


_UNKNOWN = sentence("There is no such case.")
