# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looks for applications that are nearly the same, a batch at a time; takes one out of its group for good.

Nothing else follows: no case is moved, answered or closed, and none changes its place in any order. A batch
is opened, compared and forgotten within one request; what stays is which cases are alike and how much. Each
batch is one transaction, so a run that is stopped goes on where it stopped and opens nothing twice that it
has kept. It can lose one batch, whose openings are in the ledger and whose words nobody saw.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases import rules
from watchword.cases.models import Case, Likeness
from watchword.cases.selectors.alike import is_grouped, still_first, to_compare, triage
from watchword.cases.selectors.visibility import find_by_uid
from watchword.cases.services import alike_texts, sketches
from watchword.cases.services.alike_texts import Said
from watchword.cases.services.locking import locked
from watchword.cases.services.routing import note_danger
from watchword.cases.services.sketches import OpenedSheet
from watchword.core.linkage import Gathering, Place, Sheet, Sketch, Sketcher
from watchword.core.sealing.primitives import hmac_sha256
from watchword.journal.events import Event
from watchword.journal.services import record

BATCH = 100
"""Applications in one request: a few seconds, most of them for writing each opening into the ledger."""


@dataclass(frozen=True)
class Compared:
    """How many applications were compared, how many wait, and how many could not be read."""

    done: int
    left: int
    unread: int


def compare_next(*, actor: Actor, now: datetime, most: int = BATCH) -> Compared:
    """Compare the applications that came first of those that wait. WrongState when there are none."""
    check_has(actor, Permission.ALIKE_COMPARE)
    waiting = to_compare(actor)
    count = waiting.count()
    rules.check_may_compare(actor, count)
    batch = list(waiting[:most])
    opened = sketches.open_sheet(actor=actor, now=now)
    said = alike_texts.read(batch, actor=actor, now=now)
    _keep(batch, said, opened, actor=actor, now=now)
    return Compared(len(batch), count - len(batch), sum(one.unread for one in said.values()))


@transaction.atomic
def set_apart(*, case_uid: str, actor: Actor, now: datetime) -> None:
    """Somebody looked: this application is not the same as the others of its group."""
    case = find_by_uid(case_uid, viewer=actor)
    locked(case.uid)
    rules.check_may_set_apart(actor, case.standing(), grouped=is_grouped(case, actor))
    Likeness.objects.filter(case=case).update(apart=True)
    record(Event.ALIKE_PART, signer=actor.signer, case=case.uid, payload={}, at=rules.minute(now))


@transaction.atomic
def _keep(
    batch: Sequence[Case], said: Mapping[str, Said], opened: OpenedSheet, *, actor: Actor, now: datetime
) -> None:
    now = rules.minute(now)
    row = sketches.hold_sheet(opened)
    if opened.new:
        Likeness.objects.update(current=False)
    # A case that has left triage and comes back is compared anew: its sketch may be gone by then.
    Likeness.objects.filter(current=True).exclude(case__in=triage()).update(current=False)
    made = _sketches(said, opened.sheet.key)
    places = _places(batch, made, opened.sheet)
    for case in batch:
        _note(case, places.get(case.uid), made.get(case.uid))
        for section, answers in said[case.uid].answers.items():
            note_danger(case_uid=case.uid, section=section, answers=answers, actor=actor, now=now)
    firsts = still_first()
    kept = {name: sketch for name, sketch in {**opened.sheet.sketches, **made}.items() if name in firsts}
    sealed = sketches.seal_sheet(row, Sheet(opened.sheet.key, kept), actor=actor, now=now)
    beside = sum(place.first != name for name, place in places.items())
    record(
        Event.ALIKE_COMPARE,
        signer=actor.signer,
        case=None,
        payload={"cases": len(batch), "alike": beside, "sketches": sealed},
        at=now,
    )


def _sketches(said: Mapping[str, Said], key: bytes) -> dict[str, Sketch]:
    """Of what could be read whole; half an application is no ground to call it like another."""
    sketcher = Sketcher(partial(hmac_sha256, key))
    return {
        name: sketcher.sketch(one.text, whole=one.whole)
        for name, one in said.items()
        if one.whole and not one.unread
    }


def _places(batch: Sequence[Case], made: Mapping[str, Sketch], sheet: Sheet) -> dict[str, Place]:
    """Compared with the first texts of before, the earliest first, and with each other as they came."""
    gathering = Gathering()
    for name in (
        Case.objects.filter(pk__in=still_first()).order_by("received", "code").values_list("pk", flat=True)
    ):
        if name in sheet.sketches:
            gathering.add_first(name, sheet.sketches[name])
    return gathering.place_all((case.uid, made[case.uid]) for case in batch if case.uid in made)


def _note(case: Case, place: Place | None, sketch: Sketch | None) -> None:
    found = {
        "first_id": place.first if place else None,
        "agree": place.agree if place else 0,
        "short": bool(sketch and sketch.short),
        "current": True,
    }
    Likeness.objects.update_or_create(case=case, defaults=found)
