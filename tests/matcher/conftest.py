# SPDX-License-Identifier: AGPL-3.0-or-later
"""What tests of the matcher may ask for."""

from pathlib import Path

import pytest

from tests.matcher.desk import DOV, DOVS, EVA, EVAS, TWIN, TWINS, Bench, founded


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return founded(tmp_path)


@pytest.fixture
def open_bench(bench: Bench) -> Bench:
    """Unlocked, with three cases."""
    bench.unlock(1, 3)
    for case, keys in ((DOV, DOVS), (TWIN, TWINS), (EVA, EVAS)):
        assert bench.put(case, keys) == {}
    return bench
