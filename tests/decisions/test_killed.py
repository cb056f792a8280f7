# SPDX-License-Identifier: AGPL-3.0-or-later
"""A process dies in the middle of a vote or a signature, by a real SIGKILL: all of it is there or nothing."""

import os
import shutil
import signal
import sqlite3
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from tests.decisions import others
from tests.decisions.at_the_table import CANDOUR, laid
from tests.organisation import Organisation
from watchword.decisions.conditions.rules import Finding, Said
from watchword.decisions.conditions.services import review
from watchword.journal import services as journal
from watchword.journal.models import PendingEntry
from watchword.journal.selectors import latest_checkpoint

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor != 'sqlite'", reason="the database is copied for each death as a file"
    ),
]

MOST = 5
AT = datetime(2026, 11, 23, tzinfo=UTC)
ROWS = {
    "votes": "SELECT count(*) FROM decisions_vote",
    "ballots held": "SELECT count(*) FROM vault_sealedrecord WHERE held",
    "votes told": "SELECT count(*) FROM journal_entrydetail WHERE event = 'decision.vote'",
    "decisions": "SELECT count(*) FROM decisions_decision",
    "reviews": "SELECT count(*) FROM decisions_review",
    "reviews told": "SELECT count(*) FROM journal_entrydetail WHERE event = 'condition.review'",
    "decisions told": "SELECT count(*) FROM journal_entrydetail WHERE event = 'decision.second'",
    "steps told": "SELECT count(*) FROM journal_entrydetail WHERE event = 'case.stage'",
    "letters": "SELECT count(*) FROM cases_letter",
    "state": "SELECT state FROM decisions_proposal",
    "stage": "SELECT stage FROM cases_case",
}


class Dying:
    """Counts what is asked of the database, and ends the process before the one that is fatal."""

    def __init__(self, fatal: int | None) -> None:
        self.fatal, self.asked = fatal, 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.asked += 1
        if self.asked == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*args)


def moved(folder: Path, ledger: Path, settings: Settings) -> None:
    """This process goes on with copies of database and ledger, so that each death has its own."""
    folder.mkdir()
    with sqlite3.connect(folder / "desk.sqlite3") as copy:
        connection.connection.backup(copy)
    shutil.copytree(ledger, folder / "ledger")
    settings.WATCHWORD_LEDGER_DIR = folder / "ledger"
    connection.connection = None
    connection.settings_dict["NAME"] = str(folder / "desk.sqlite3")


def told(folder: Path) -> dict[str, object]:
    """What is in the copy, read by nobody's program."""
    with sqlite3.connect(folder / "desk.sqlite3") as copy:
        return {name: copy.execute(query).fetchall() for name, query in ROWS.items()}


def elsewhere(work: Callable[[], int]) -> int:
    """Do it in a process of its own; its exit, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(work())
        except BaseException:  # noqa: BLE001 - the copy of the tests in this process must not go on
            traceback.print_exc()
            os._exit(255)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def deaths(folder: Path, act: Callable[[], object], settings: Settings, most: int = MOST) -> None:
    """Let processes die of ``act`` at its beginning, in its middle and near its end; look at what is left."""
    folder.mkdir()
    ledger = Path(settings.WATCHWORD_LEDGER_DIR)

    def run(name: str, fatal: int | None) -> int:
        def work() -> int:
            moved(folder / name, ledger, settings)
            dying = Dying(fatal)
            with connection.execute_wrapper(dying):
                act()
            (folder / name / "asked").write_text(str(dying.asked), encoding="utf-8")
            return 0

        return elsewhere(work)

    assert run("before", 1) == -signal.SIGKILL
    assert run("after", None) == 0
    before, after = told(folder / "before"), told(folder / "after")
    assert before != after
    asked = int((folder / "after" / "asked").read_text(encoding="utf-8"))
    for fatal in range(asked // most, asked + 1, asked // most):
        assert run(str(fatal), fatal) == -signal.SIGKILL
        assert told(folder / str(fatal)) in (before, after), fatal
        assert elsewhere(partial(goes_on, folder / str(fatal), settings)) == 0


def goes_on(folder: Path, settings: Settings) -> int:
    """The next start: what was committed comes into the ledger, each entry once and none missing."""
    settings.WATCHWORD_LEDGER_DIR = folder / "ledger"
    connection.connection = None
    connection.settings_dict["NAME"] = str(folder / "desk.sqlite3")
    journal.integrate(AT)
    indices = list(PendingEntry.objects.values_list("leaf_index", flat=True))
    return int(indices != list(range(latest_checkpoint().checkpoint.head.size)))


def test_a_killed_vote_or_signature_is_whole_or_nothing(
    organisation: Organisation, tmp_path: Path, settings: Settings
) -> None:
    table = laid(organisation)
    proposal = table.propose(CANDOUR)
    for who in ("eva", "finn"):
        table.vote(proposal, who)
    organisation.actor("gita")
    organisation.actor("ben")
    deaths(tmp_path / "vote", lambda: table.vote(proposal, "gita"), settings, 3)
    table.vote(proposal, "gita")
    deaths(tmp_path / "sign", lambda: table.sign(proposal), settings)


def test_a_killed_signature_on_an_appeal_or_review_of_conditions_is_whole_or_nothing(
    organisation: Organisation, tmp_path: Path, settings: Settings
) -> None:
    table = others.appealed(organisation)
    words = {"conditions": "Write each month.", "until": table.day(30)}
    proposal = table.voted(CANDOUR, outcome="accept-on-conditions-on-appeal", by="kira", **words)
    deaths(tmp_path / "sign", lambda: table.sign(proposal), settings, 3)
    table.sign(proposal)
    said = Said(Finding.BREACHED, "Silent since May.", None)
    ada = organisation.actor("ada")
    deaths(
        tmp_path / "review",
        lambda: review(case_uid=table.case, said=said, actor=ada, now=table.now),
        settings,
        3,
    )
