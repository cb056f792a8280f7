# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every test may ask for."""

import gc
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck
from pytest_django import Settings

from tests import engines
from tests.clock import standing_clock
from tests.emptying import emptying_lifts_the_guards
from tests.hurrying import in_a_hurry
from tests.organisation import Organisation, found

__all__ = ["emptying_lifts_the_guards", "in_a_hurry", "organisation", "standing_clock"]

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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what depends on a database, so that `-m database` runs that and only that, on PostgreSQL.

    Journeys are marked by where they stand: one among the other tests would start a demo of its own.
    """
    elsewhere = set() if config.pluginmanager.has_plugin("tests.statements") else engines.by_others()
    for item in items:
        if engines.module_of(item).startswith("tests.journeys."):
            item.add_marker("journey")
        if engines.asks_a_database(item) and engines.name_of(item) not in elsewhere:
            item.add_marker("database")
    # A browser's loop runs in this process from its first test on, and Django then refuses to ask a database.
    items.sort(key=lambda item: "playwright" in engines.fixtures_of(item))
