# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the ledger page shows; no case content, and names of staff for auditors alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import AUDITOR, Actor
from watchword.core.refusals import Sentence
from watchword.journal import selectors as journal
from watchword.oversight.act_words import WORDS

LATEST = 100
GROUP = 8


@dataclass(frozen=True)
class Line:
    """One entry as the page shows it; ``index`` is None until the entry is in the ledger."""

    index: int | None
    act: str
    words: Sentence
    at: datetime
    actor: str


@dataclass(frozen=True)
class LedgerPage:
    """The checkpoint in parts that can be compared by eye, and the newest entries."""

    origin: str
    size: int
    root: str
    counts: Sequence[tuple[str, Sentence, int]]
    lines: Sequence[Line]


def ledger_page(*, viewer: Actor) -> LedgerPage:
    """The ledger as it stands. An auditor sees who acted; others see the pseudonym that everybody can see."""
    checkpoint = journal.latest_checkpoint().checkpoint
    moments = journal.latest_entries(LATEST)
    known = accounts.names({moment.actor for moment in moments}) if AUDITOR in viewer.roles else {}
    return LedgerPage(
        origin=checkpoint.origin,
        size=checkpoint.head.size,
        root=grouped(checkpoint.head.root.hex()),
        counts=[
            (event.value, WORDS[event], number)
            for event, number in sorted(journal.counts().items(), key=lambda item: item[0].value)
        ],
        lines=[
            Line(
                moment.index,
                moment.event.value,
                WORDS[moment.event],
                moment.at,
                known.get(moment.actor, moment.actor),
            )
            for moment in moments
        ],
    )


def grouped(digits: str) -> str:
    """A hash in groups, for reading aloud."""
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))
