# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which tests are repeated on PostgreSQL."""

from pathlib import Path

import pytest

# Written by tests/statements.py: the tests of which others ask the same.
BY_OTHERS = Path(__file__).with_name("asked_by_others.txt")
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
    "tests.custody.test_secrecy",
    "tests.custody.test_splitting_pages",
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


def by_others() -> set[str]:
    """The names of these tests, without parameters."""
    return {line for line in BY_OTHERS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")}


def name_of(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def asks_a_database(item: pytest.Item) -> bool:
    """Whether this test asks what each engine may answer in its own way."""
    touches = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(fixtures_of(item))
    return bool(touches) and module_of(item) not in ON_SQLITE_ALONE


def fixtures_of(item: pytest.Item) -> tuple[str, ...]:
    return tuple(getattr(item, "fixturenames", ()))


def module_of(item: pytest.Item) -> str:
    return getattr(getattr(item, "module", None), "__name__", "")
