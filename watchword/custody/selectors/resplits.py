# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a splitting anew stands: what the rules ask of it, what is still as it was, and what keeps it so."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from django.conf import settings

from watchword import profiles
from watchword.accounts import key_states
from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor, Permission
from watchword.cases import selectors as cases
from watchword.core.refusals import NotFound, Sentence, WrongState, sentence
from watchword.custody.models import Anew, AsItWas, Batch, Release, Resplit
from watchword.custody.rules import CeremonyFacts, Stage, State
from watchword.custody.selectors.matter import Lodged, Matter, in_custody, matters
from watchword.vault import selectors as vault

_WAITS = sentence("A release of this case waits, or is open: it is split anew when that is over.")
_TIED = sentence("You declared a tie in this case: another custodian splits it anew.")


def ceremony_at(stage: Stage) -> Resplit | None:
    """The one that is proposed, or the one that goes on; there is one of each at a time."""
    return Resplit.objects.filter(stage=stage).select_related("proposed_by", "settled_by").first()


def ceremony(uid: str, *, viewer: Actor) -> Resplit:
    """A ceremony, for administrators and custodians."""
    knows = viewer.has(Permission.RESPLIT_PROPOSE) or viewer.has(Permission.RESPLIT_RUN)
    found = Resplit.objects.filter(pk=uid).select_related("proposed_by", "settled_by").first()
    if found is None or not knows:
        raise NotFound(sentence("There is no such splitting."))
    return found


def facts_of(one: Resplit, *, left: int | None = None) -> CeremonyFacts:
    """What the rules ask of it now."""
    seats = frozenset(one.seats)
    fresh = {seat: at for seat in seats if (at := _renewed(one, seat))}
    return CeremonyFacts(
        seats=seats,
        stage=Stage(one.stage),
        proposed_by=one.proposed_by_id,
        held=accounts.ever_held(seats),
        holding=frozenset(person.pk for seat in seats - fresh.keys() for person in accounts.with_key(seat)),
        reachable=frozenset(seat for seat in seats_now() if accounts.with_key(seat)),
        needed=_needed(),
        fresh=frozenset(fresh),
        renewed=max(fresh.values(), default=None) if fresh.keys() == seats else None,
        left=sum(map(len, still_as_it_was(one).values())) if left is None else left,
    )


def still_as_it_was(one: Resplit) -> dict[str, list[Lodged]]:
    """By case, every record in custody, of whatever revision, that this ceremony has not split anew."""
    done = set(Anew.objects.filter(resplit=one).values_list("record", "sha256"))
    left: dict[str, list[Lodged]] = defaultdict(list)
    for case, lodged in _everything():
        if (lodged.uid, lodged.sha256) not in done:
            left[case].append(lodged)
    return dict(left)


def lodged_in(case_uid: str) -> list[Lodged]:
    """Every record of one case in custody that is not erased."""
    return [lodged for _, lodged in _everything(case_uid)]


def splittable(one: Resplit, *, viewer: Actor, now: datetime) -> tuple[list[Matter], Mapping[str, Sentence]]:
    """The cases that this custodian can have split anew now, what lies first; why each other cannot be.

    ``lodged`` of each is everything that is left of it. What could not be opened before comes last.
    """
    left = still_as_it_was(one)
    inside, why_not = to_split(one, left.keys(), viewer=viewer, now=now)
    tried = set(AsItWas.objects.filter(resplit=one).values_list("case", flat=True))
    return sorted(inside, key=lambda matter: matter.uid in tried), why_not


def to_split(
    one: Resplit, case_uids: Collection[str], *, viewer: Actor, now: datetime
) -> tuple[list[Matter], dict[str, Sentence]]:
    """Of these cases, those of which something is left, with all of it; why each other cannot be split."""
    left, open_still = still_as_it_was(one), _with_releases(now)
    inside: list[Matter] = []
    why_not: dict[str, Sentence] = {}
    for found in matters(cases.of_uids([uid for uid in case_uids if uid in left])):
        if found.uid in open_still:
            why_not[found.uid] = _WAITS
        elif viewer.id in found.standing.ties:
            why_not[found.uid] = _TIED
        else:
            inside.append(replace(found, lodged=tuple(left[found.uid])))
    return inside, why_not


def resplit_batch(one: Resplit, *, viewer: Actor) -> Batch | None:
    """This person's batch of a ceremony that is not over."""
    mine = Batch.objects.filter(ceremony=one, asked_by=viewer.id, ended_at=None)
    return mine.prefetch_related("answers", "bodies").first()


def left_of_batch(
    one: Resplit, batch: Batch, *, viewer: Actor, now: datetime
) -> tuple[list[Matter], dict[str, Sentence]]:
    """Of the cases of a batch what it was asked for and not tried; and why some cannot be done now."""
    asked = set(batch.bodies.values_list("record", "sha256"))
    tried = set(AsItWas.objects.filter(resplit=one, batch=batch).values_list("case", flat=True))
    cases_of = {body.case_id for body in batch.bodies.all()} - tried
    inside, why_not = to_split(one, cases_of, viewer=viewer, now=now)
    as_asked = [
        replace(found, lodged=tuple(body for body in found.lodged if (body.uid, body.sha256) in asked))
        for found in inside
    ]
    return [found for found in as_asked if found.lodged], why_not


def check_no_release(case_uid: str, now: datetime) -> None:
    """WrongState while a release of this case waits or is open: what was given for it would open nothing."""
    if case_uid in _with_releases(now):
        raise WrongState(_WAITS)


def _everything(*case_uids: str) -> Iterator[tuple[str, Lodged]]:
    """Every record in custody that is not erased, with its case; of these cases, or of all."""
    pinned = cases.pinned(*case_uids)
    kept = {place: in_custody(profiles.load(*place)) for place in set(pinned.values())}
    rows = vault.kept_by_applicants(frozenset().union(*kept.values()))
    if case_uids:
        rows = rows.filter(case__in=case_uids)
    columns = rows.values_list("case", "uid", "compartment", "kind", "revision", "body_sha256")
    for case, uid, compartment, kind, revision, sha256 in columns:
        if case in pinned and compartment in kept[pinned[case]]:
            yield case, Lodged(uid, compartment, kind, revision, sha256)


def _with_releases(now: datetime) -> frozenset[str]:
    rows = Release.objects.filter(ended_at=None, until__gt=now).prefetch_related("answers")
    going = (State.WAITING, State.OPEN)
    return frozenset(row.case_id for row in rows if row.facts().state(now) in going)


def seats_now() -> tuple[str, ...]:
    """The seats of the procedure in force."""
    custody = profiles.load(settings.WATCHWORD_PROFILE).custody
    return custody.seats if custody else ()


def _needed() -> int:
    """The most shares that any procedure takes under which something lies here."""
    here = [profiles.load(*place) for place in set(cases.pinned().values())]
    every = [*here, profiles.load(settings.WATCHWORD_PROFILE)]
    return max((profile.custody.needed for profile in every if profile.custody), default=0)


def _renewed(one: Resplit, seat: str) -> datetime | None:
    """Since when the seat has a key that came after it was distrusted, once the signed list names it."""
    key, distrusted = accounts.current_role_key(seat), one.epochs.get(seat)
    if key is None or distrusted is None or key.epoch <= distrusted or not key_states.is_published(seat):
        return None
    return key.created
