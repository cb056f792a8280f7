# SPDX-License-Identifier: AGPL-3.0-or-later
"""`pytest tests/upgrades/freeze.py` keeps the tables of this version for all later ones."""

from django.apps import apps
from django.db import connection

from tests.courier.conftest import one_connection as one_connection  # noqa: PLC0414 - needed by town
from tests.courier.conftest import town as town  # noqa: PLC0414 - the fixture of another room
from tests.courier.town import Town
from tests.decisions.at_the_table import CANDOUR, laid
from tests.upgrades.frozen import VERSIONS, Frozen, Rows, columns, newest, stored
from watchword import __version__

# Of the ledger's entries, which are large and alike.
MOST_ENTRIES = 30


def keep_few(rows: Rows) -> None:
    """Leave out most entries of the ledger, with what hangs on them."""
    entries = rows["journal.pendingentry"] = rows["journal.pendingentry"][:MOST_ENTRIES]
    kept = {entry["id"] for entry in entries}
    rows["journal.entrydetail"] = [row for row in rows["journal.entrydetail"] if row["entry_id"] in kept]


def test_freeze(town: Town) -> None:
    table = laid(town.organisation)
    table.decide(CANDOUR, outcome="refuse")
    visit = town.applies()
    town.round()
    town.writes(visit)
    town.applies()
    rows = {model._meta.label_lower: stored(model, "default") for model in apps.get_models()}
    keep_few(rows)
    Frozen(newest(connection), columns(connection), rows).write(VERSIONS / f"{__version__}.json")
