# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 9 for custody: no service changes anything without its entries, nor for whoever may not call it."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError
from pytest_django import Settings

from tests.custody.around_a_batch import Drawer
from tests.custody.around_a_safe import Safe
from tests.custody.around_a_splitting import Ceremony
from tests.laws.breaking import everything
from tests.laws.test_law_9_ledger import FULL, changed_things, journal_fails_at
from watchword.core.refusals import Refused
from watchword.custody import services
from watchword.custody.models import Batch, Release, Resplit
from watchword.custody.services import ending
from watchword.journal.events import Event
from watchword.journal.models import PendingEntry

Prepare = Callable[[Any], Any]
Act = Callable[[Any, Any, str], object]

CUSTODY_AND_CASES = ("ada", "aud", "halyna", "sofia")
"""Roles that have nothing to do with whom a seat is taken from."""

WHO_MAY_NOT = ("iris", "ben", "aud", "petro")
"""Roles that have nothing to do with custody: what a page hides from them, the service must refuse them."""


def nothing(_: Safe | Drawer | Ceremony) -> None:
    """Nobody has asked yet."""


def opened(safe: Safe) -> Release:
    return safe.give(safe.ask(), "halyna", "jonas", "katrin")


def ended(safe: Safe, release: Release, who: str) -> object:
    actor = safe.organisation.actor(who)
    return services.end(release_uid=release.uid, actor=actor, now=safe.now)


def broken(safe: Safe) -> Release:
    return safe.give(safe.break_glass(), "jonas", "katrin")


def reviewed(safe: Safe, release: Release, who: str) -> object:
    actor = safe.organisation.actor(who)
    return services.review(release_uid=release.uid, words="It was needed.", actor=actor, now=safe.now)


def overdue(safe: Safe) -> None:
    opened(safe)
    safe.later(days=3)


def destroyed(safe: Safe, _: None, who: str) -> object:
    return ending.destroy_ended(actor=safe.organisation.actor(who), now=safe.now)


def ended_batch(drawer: Drawer, batch: Batch, who: str) -> object:
    actor = drawer.organisation.actor(who)
    return services.end_batch(batch_uid=batch.uid, actor=actor, now=drawer.organisation.now)


def proposed(it: Ceremony) -> Resplit:
    one = it.propose()
    it.vacate()
    return one


def dropped(it: Ceremony, one: Resplit, who: str) -> object:
    organisation = it.drawer.organisation
    return services.drop_resplit(uid=one.uid, actor=organisation.actor(who), now=organisation.now)


def split_anew(it: Ceremony) -> Resplit:
    one = it.begin()
    it.split()
    it.drawer.later(days=40)
    return one


def ended_splitting(it: Ceremony, one: Resplit, who: str) -> object:
    organisation = it.drawer.organisation
    return services.end_resplit(uid=one.uid, actor=organisation.actor(who), now=organisation.now)


ATTEMPTS: Mapping[str, tuple[Prepare, Act, str, Event]] = {
    "ask": (nothing, lambda safe, _, who: safe.ask(who), "ada", Event.IDENTITY_REQUEST),
    "break_glass": (nothing, lambda safe, _, who: safe.break_glass(who), "halyna", Event.IDENTITY_BREAK),
    "give": (Safe.ask, lambda safe, it, who: safe.give(it, who), "halyna", Event.IDENTITY_SHARE),
    "refuse": (Safe.ask, lambda safe, it, who: safe.refuse(it, who), "halyna", Event.IDENTITY_REFUSE),
    "end": (opened, ended, "ada", Event.IDENTITY_END),
    "review": (broken, reviewed, "milda", Event.IDENTITY_REVIEW),
}
OF_MANY: Mapping[str, tuple[Prepare, Act, str, Event]] = {
    "ask_batch": (nothing, lambda drawer, _, who: drawer.ask(who=who), "sofia", Event.IDENTITY_BATCH),
    "give_batch": (Drawer.ask, lambda drawer, it, who: drawer.give(it, who), "jonas", Event.IDENTITY_SHARE),
    "refuse_batch": (
        Drawer.ask,
        lambda drawer, it, who: drawer.refuse(it, who),
        "jonas",
        Event.IDENTITY_REFUSE,
    ),
    "end_batch": (Drawer.ask, ended_batch, "sofia", Event.IDENTITY_END),
}
OF_A_SEAT: Mapping[str, tuple[Prepare, Act, str, Event]] = {
    "propose_resplit": (nothing, lambda it, _, who: it.propose(by=who), "petro", Event.RESPLIT_PROPOSE),
    "confirm_resplit": (proposed, lambda it, one, who: it.confirm(one, who), "olha", Event.RESPLIT_CONFIRM),
    "drop_resplit": (proposed, dropped, "olha", Event.RESPLIT_DROP),
    "end_resplit": (split_anew, ended_splitting, "petro", Event.RESPLIT_END),
}
NOT_TRIED = {
    "batch_carried": "packs what a page carries along",
    "batch_request_of": "stores nothing",
    "carried_batch": "unpacks what a page carried along",
    "destroy_ended": "the Desk's own program: tried below",
    "draw_up_batch": "stores nothing",
    "draw_up_resplit": "stores nothing",
    "drawn_up": "stores nothing",
    "drawn_up_glass": "stores nothing",
    "read": "an opening: recorded before it happens, see tests/vault",
    "read_batch": "an opening: recorded before it happens, see tests/vault",
    "read_own": "an opening: recorded before it happens, see tests/vault",
    "read_own_batch": "an opening: recorded before it happens, see tests/vault",
    "request_of": "stores nothing",
    "take_answer": "keeps what a machine outside answered by the code of give and refuse",
    "take_batch": "an opening: recorded before the file is handed out",
    "take_batch_answer": "keeps what a machine outside answered by the code of give and refuse",
    "take_request": "an opening: recorded before the file is handed out",
}


def tried(act: Callable[[], object], event: Event) -> None:
    """With a journal that fails at its first entry, at its second, and so on to its last."""
    before = changed_things()
    for entries in range(30):
        journal_fails_at(entries)
        try:
            act()
        except IntegrityError as error:
            assert FULL in str(error)  # noqa: PT017 - the loop goes on only after this refusal
            assert changed_things() == before, f"something was left behind after {entries} entries"
        else:
            break
    assert entries > 0
    assert changed_things() != before
    newest = PendingEntry.objects.order_by("-pk").values_list("detail__event", flat=True)[:entries]
    assert event in newest


def refused(act: Callable[[str], object], everybody: Sequence[str] = WHO_MAY_NOT) -> None:
    """Everybody who may not, by name: no flag of a page stands between them and the service."""
    before = everything()
    for who in everybody:
        with pytest.raises(Refused):
            act(who)
    # An opening for what is then refused would be left behind.
    assert everything() == before


@pytest.mark.parametrize("service", ATTEMPTS)
def test_of_one_case_nothing_is_changed_unrecorded_or_unallowed(safe: Safe, service: str) -> None:
    prepare, act, who, event = ATTEMPTS[service]
    prepared = prepare(safe)
    for one in (*WHO_MAY_NOT, who):
        safe.organisation.actor(one)
    refused(partial(act, safe, prepared))
    tried(partial(act, safe, prepared, who), event)


@pytest.mark.parametrize("service", OF_MANY)
def test_of_many_cases_nothing_is_changed_unrecorded_or_unallowed(drawer: Drawer, service: str) -> None:
    prepare, act, who, event = OF_MANY[service]
    prepared = prepare(drawer)
    for one in (*WHO_MAY_NOT, who):
        drawer.organisation.actor(one)
    refused(partial(act, drawer, prepared))
    tried(partial(act, drawer, prepared, who), event)


@pytest.mark.parametrize("service", OF_A_SEAT)
def test_of_a_seat_nothing_is_changed_unrecorded_or_unallowed(
    drawer: Drawer, settings: Settings, service: str
) -> None:
    prepare, act, who, event = OF_A_SEAT[service]
    ceremony = Ceremony(drawer, settings)
    prepared = prepare(ceremony)
    for one in (*CUSTODY_AND_CASES, who):
        drawer.organisation.actor(one)
    refused(partial(act, ceremony, prepared), CUSTODY_AND_CASES)
    tried(partial(act, ceremony, prepared, who), event)


def test_what_is_past_its_end_is_destroyed_with_its_entry(safe: Safe) -> None:
    overdue(safe)
    safe.organisation.actor("ada")
    tried(partial(destroyed, safe, None, "ada"), Event.IDENTITY_END)


def test_every_service_of_custody_is_tried() -> None:
    offered = {name for name, _ in inspect.getmembers(services, inspect.isfunction)}
    assert offered == {*ATTEMPTS, *OF_A_SEAT, *OF_MANY, *NOT_TRIED}
