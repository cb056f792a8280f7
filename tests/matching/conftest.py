# SPDX-License-Identifier: AGPL-3.0-or-later
"""What tests of second applications may ask for."""

import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pytest_django import Settings

from tests.matcher.desk import Bench, founded
from tests.matching.search import Search, begun
from tests.organisation import Organisation
from watchword.matcher import server


@pytest.fixture
def bench(settings: Settings) -> Iterator[Bench]:
    """An open matcher with a socket; its folder has a short name, because a socket's address is short."""
    with TemporaryDirectory(prefix="ww-") as folder:
        bench = founded(Path(folder))
        bench.unlock(1, 2)
        listening = server.listen(bench.folder / server.SOCKET)
        work = threading.Thread(target=server.serve, args=(listening, bench.matcher), daemon=True)
        work.start()
        settings.WATCHWORD_MATCHER = str(bench.folder / server.SOCKET)
        yield bench
        listening.shutdown(2)
        listening.close()
        work.join(timeout=5)


@pytest.fixture
def search(organisation: Organisation, bench: Bench, settings: Settings) -> Search:
    """Two cases in the checks by the hand of Dov, written in two ways; nobody has looked yet."""
    settings.WATCHWORD_LISTS = organisation.home / "lists"
    return begun(organisation, bench)
