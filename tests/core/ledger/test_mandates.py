# SPDX-License-Identifier: AGPL-3.0-or-later
"""The end of an auditor's mandate, as a stranger checks it: named by two, near enough, and kept."""

import pytest

from tests.core.ledger.book import ADA, BEN, CLEO, DORA, MORNING, Book, examined, faults, founded, role
from watchword.core.ledger.acts import LONGEST_MANDATE, Act
from watchword.core.ledger.canonical import JSON
from watchword.core.ledger.findings import Fault

END = MORNING + 60


def mandate(book: Book, proposed: int | None, given: int | None, name: str = "auditor") -> list[Fault]:
    """What is found after Ada proposes it for Cleo and Dora gives it, each until that minute."""
    for person, act, until in ((ADA, Act.ROLE_PROPOSE, proposed), (DORA, Act.ROLE_GRANT, given)):
        ending: dict[str, JSON] = {} if until is None else {"until": until}
        book.write(person, act, role(CLEO, name) | ending)
    return [fault for fault, at in faults(examined(book.files())) if at is not None]


def test_a_mandate_that_two_named_alike_counts_to_its_last_minute_and_no_longer() -> None:
    book = founded()
    assert mandate(book, END, END) == []
    key: dict[str, JSON] = {"staff": BEN.id, "role": "auditor"}
    last = book.write(CLEO, Act.KEY_SHARE, key, at=END - 1)
    over = book.write(CLEO, Act.KEY_SHARE, key, at=END)
    found = [(fault, at) for fault, at in faults(examined(book.files())) if at in {last, over}]
    assert found == [(Fault.ROLE_MISSING, over)]


def test_a_mandate_issued_anew_goes_on() -> None:
    book = founded()
    assert mandate(book, END, END) == mandate(book, END + 60, END + 60) == []
    book.write(CLEO, Act.KEY_SHARE, {"staff": BEN.id, "role": "auditor"}, at=END)
    assert [fault for fault, at in faults(examined(book.files())) if at is not None] == []


@pytest.mark.parametrize("until", [None, MORNING, MORNING + LONGEST_MANDATE + 1])
def test_an_auditor_for_ever_for_no_time_or_for_long_is_none(until: int | None) -> None:
    assert mandate(founded(), until, until) == [
        Fault.MANDATE_WRONG,
        Fault.MANDATE_WRONG,
        Fault.SECOND_UNPROPOSED,
    ]


def test_who_confirms_confirms_the_very_end_and_no_other_role_has_one() -> None:
    assert mandate(founded(), END, END + 1) == [Fault.SECOND_UNPROPOSED]
    assert Fault.MANDATE_WRONG in mandate(founded(), END, END, "board")
