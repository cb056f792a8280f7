# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 9 for second applications: with its entry the matcher is asked, and a link judged, or not at all."""

import inspect

import pytest
from django.db import IntegrityError

from tests.laws.test_law_9_ledger import FULL, changed_things, journal_fails_at
from tests.matching.search import Search
from watchword.cases.rules.judged import Verdict
from watchword.journal.events import Event
from watchword.journal.models import PendingEntry
from watchword.journal.selectors import timeline
from watchword.matcher import diary
from watchword.matching import services
from watchword.matching.models import Asking

# Who has judged before, who does now, and the act.
ATTEMPTS: dict[str, tuple[tuple[str, ...], str, Event]] = {
    "judge": ((), "sofia", Event.MATCH_JUDGE),
    "second": (("sofia",), "stas", Event.MATCH_SECOND),
}


@pytest.mark.parametrize("service", ATTEMPTS)
def test_without_its_entries_nobody_judges(search: Search, service: str) -> None:
    earlier, who, event = ATTEMPTS[service]
    link = search.look_at_both()
    search.organisation.actor("stas")
    for one in earlier:
        search.judge(link, Verdict.SAME, one)
    before = changed_things()
    for entries in range(30):
        journal_fails_at(entries)
        try:
            search.judge(link, Verdict.SAME, who)
        except IntegrityError as error:
            assert FULL in str(error)  # noqa: PT017 - the loop goes on only after this refusal
            assert changed_things() == before, f"{service} left something behind after {entries} entries"
        else:
            break
    assert entries > 0
    assert changed_things() != before
    newest = PendingEntry.objects.order_by("-pk").values_list("detail__event", flat=True)[:entries]
    assert event in newest


def test_the_matcher_is_not_asked_before_the_ledger_has_it(search: Search) -> None:
    """The comparison is kept with the fourth entry, after three openings; the question is the fifth."""
    search.custodians.released(case=search.first.case)
    told = diary.read(search.bench.folder)
    journal_fails_at(4)
    with pytest.raises(IntegrityError, match=FULL):
        search.custodians.go_on()
    assert not Asking.objects.exists()
    assert diary.read(search.bench.folder) == told
    assert timeline(search.first.case)[-1].event is Event.SCREENING_RUN


def test_every_service_of_matching_is_tried() -> None:
    offered = {name for name, _ in inspect.getmembers(services, inspect.isfunction)}
    assert offered == {*ATTEMPTS, "link_case", "forget_erased"}
