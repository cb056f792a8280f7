# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 9 for screening: without its ledger entries no service changes anything."""

import inspect
from collections.abc import Callable

import pytest
from django.db import IntegrityError
from pytest_django import Settings

from tests.laws.test_law_9_ledger import FULL, changed_things, journal_fails_at
from tests.organisation import Organisation
from tests.screening.booth import DOV, STRANGER, Booth, opened_booth
from tests.screening.test_sheet import TAGS
from watchword.cases.rules.judged import Verdict
from watchword.journal.events import Event
from watchword.journal.models import PendingEntry
from watchword.screening import selectors, services
from watchword.screening.services import keeping
from watchword.screening.services.sides import beside

Step = Callable[[Booth], object]


def listed(booth: Booth) -> None:
    booth.load(DOV, STRANGER)


def keeps(booth: Booth) -> object:
    """What a run does with each case, in a transaction of its own."""
    sofia = booth.organisation.actor("sofia")
    one = selectors.matter(booth.case, viewer=sofia)
    found = keeping.Found("0011", (beside(DOV, DOV, "harbour", 1),), {"harbour": 1}, TAGS)
    return keeping.keep(one, found, actor=sofia, now=booth.now)


def judged_first(booth: Booth) -> None:
    booth.found()
    booth.judge(Verdict.SAME)


def cleared(booth: Booth) -> None:
    booth.found()
    booth.judge(Verdict.DIFFERENT)


ATTEMPTS: dict[str, tuple[Step, Step, Event]] = {
    "run_on": (listed, keeps, Event.SCREENING_RUN),
    "judge": (lambda booth: booth.found(), lambda booth: booth.judge(Verdict.SAME), Event.SCREENING_JUDGE),
    "second": (judged_first, lambda booth: booth.second(Verdict.SAME), Event.SCREENING_SECOND),
    "hand_over": (cleared, lambda booth: booth.tell(), Event.EVIDENCE_ADD),
}
NOT_TRIED = {
    "drawn_up": "stores nothing",
    "open_both": "an opening: recorded before it happens, see tests/vault",
    "open_hit": "an opening: recorded before it happens, see tests/vault",
    "open_pair": "an opening: recorded before it happens, see tests/vault",
    "open_sides": "an opening: recorded before it happens, see tests/vault",
}


@pytest.mark.parametrize("service", ATTEMPTS)
def test_without_its_entries_a_service_changes_nothing(
    organisation: Organisation, settings: Settings, service: str
) -> None:
    prepare, act, event = ATTEMPTS[service]
    booth = opened_booth(organisation, settings)
    for who in ("sofia", "stas"):
        organisation.actor(who)
    prepare(booth)
    before = changed_things()
    for entries in range(30):
        journal_fails_at(entries)
        try:
            act(booth)
        except IntegrityError as error:
            assert FULL in str(error)  # noqa: PT017 - the loop goes on only after this refusal
            assert changed_things() == before, f"{service} left something behind after {entries} entries"
        else:
            break
    assert entries > 0
    assert changed_things() != before
    newest = PendingEntry.objects.order_by("-pk").values_list("detail__event", flat=True)[:entries]
    assert event in newest


def test_every_service_of_screening_is_tried() -> None:
    offered = {name for name, _ in inspect.getmembers(services, inspect.isfunction)}
    assert offered == set(ATTEMPTS) | set(NOT_TRIED)
