# SPDX-License-Identifier: AGPL-3.0-or-later
"""One founded organisation for all tests of the command line, which copy it before they damage it."""

import pytest

from tests.cli.founded import Founded, found


@pytest.fixture(autouse=True)
def standing_clock() -> None:
    """These tests start whole programs, and go by the same clock as they: the machine's."""


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """Founded through a real terminal, by everybody of the example."""
    return found(tmp_path_factory.mktemp("founded"))
