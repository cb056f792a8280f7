# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every test may ask for."""

import gc
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck
from pytest_django import Settings

from tests.clock import standing_clock
from tests.emptying import emptying_lifts_the_guards
from tests.organisation import Organisation, found

__all__ = ["emptying_lifts_the_guards", "organisation", "standing_clock"]

# A run that fails does so because of what was changed: not by chance, and not because the machine is busy.
# `pytest --hypothesis-profile=exploring` tries what nobody has tried yet.
hypothesis.settings.register_profile("exploring", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.settings.register_profile(
    "house", hypothesis.settings.get_profile("exploring"), derandomize=True, database=None
)
hypothesis.settings.load_profile("house")
# Tests make much and keep little: to look for cycles after every seven hundred objects is work for nothing.
gc.set_threshold(50_000, 20, 20)


@pytest.fixture
def organisation(db: None, tmp_path: Path, settings: Settings) -> Organisation:
    """A founded organisation in a folder and a database of the test's own."""
    return found(tmp_path, settings)


# Pages, requests that are refused before they reach a table, and the laws that services keep by what Python
# decides. What they ask of a database, the tests of the services below them ask on both engines.
ON_SQLITE_ALONE = {
    "tests.accounts.test_devices_page",
    "tests.accounts.test_log_in_page",
    "tests.accounts.test_people_pages",
    "tests.accounts.test_recovery_pages",
    "tests.cases.test_letters",
    "tests.cases.test_pages",
    "tests.cases.test_parts",
    "tests.cases.test_why_not",
    "tests.cases.test_work_pages",
    "tests.courier.test_cut",
    "tests.courier.test_hostile_gate",
    "tests.courier.test_hostile_requests",
    "tests.courier.test_names",
    "tests.courier.test_offers",
    "tests.courier.test_whole_rounds",
    "tests.custody.test_glass",
    "tests.custody.test_outside_pages",
    "tests.custody.test_pages",
    "tests.custody.test_splitting_pages",
    "tests.custody.test_secrecy",
    "tests.custody.test_telling",
    "tests.decisions.test_pages",
    "tests.desk.test_accessible",
    "tests.desk.test_home",
    "tests.desk.test_machine",
    "tests.desk.test_page_costs",
    "tests.desk.test_shortcuts",
    "tests.gate.test_accessible",
    "tests.gate.test_application",
    "tests.gate.test_asked",
    "tests.gate.test_browser",
    "tests.gate.test_chronology",
    "tests.gate.test_custody",
    "tests.gate.test_every_page",
    "tests.gate.test_genuine",
    "tests.gate.test_guard",
    "tests.gate.test_hostile_list",
    "tests.gate.test_kit",
    "tests.gate.test_kit_in_browser",
    "tests.gate.test_languages",
    "tests.gate.test_mailbox",
    "tests.gate.test_pages",
    "tests.gate.test_parts",
    "tests.gate.test_script",
    "tests.gate.test_sealed",
    "tests.gate.test_waiting",
    "tests.laws.test_every_path",
    "tests.laws.test_law_1_grounds_of_a_refusal",
    "tests.laws.test_law_3_two_people",
    "tests.laws.test_law_4_ties",
    "tests.laws.test_law_6_no_score",
    "tests.laws.test_law_6_screening",
    "tests.laws.test_law_8_every_grant",
    "tests.laws.test_law_8_matrix",
    "tests.laws.test_law_8_more_than_usual",
    "tests.laws.test_law_8_nobody_sees_more",
    "tests.laws.test_law_9_ledger",
    "tests.laws.test_law_9_screening",
    "tests.matching.test_finding",
    "tests.matching.test_one_story",
    "tests.matching.test_pages",
    "tests.matching.test_recorded",
    "tests.oversight.test_ledger_page",
    "tests.protection.test_pages",
    "tests.screening.test_pages",
    "tests.screening.test_telling",
    "tests.vault.test_opening",
    "tests.vetting.test_pages",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what depends on a database, so that `-m database` runs that and only that, on PostgreSQL.

    Journeys are marked by where they stand: one among the other tests would start a demo of its own.
    """
    for item in items:
        module = getattr(getattr(item, "module", None), "__name__", "")
        if module.startswith("tests.journeys."):
            item.add_marker("journey")
        fixtures = getattr(item, "fixturenames", ())
        touches = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(fixtures)
        if touches and module not in ON_SQLITE_ALONE:
            item.add_marker("database")
    # A browser's loop runs in this process from its first test on, and Django then refuses to ask a database.
    items.sort(key=lambda item: "playwright" in getattr(item, "fixturenames", ()))
