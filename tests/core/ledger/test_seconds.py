# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rule of two as a stranger checks it: who shreds, who lets a file out, who takes it."""

import pytest

from tests.core.ledger.book import ACTION, BEN, CASE, CLEO, EVA, Book, Person, examined, faults, founded
from watchword.core.ledger.acts import RULES, Act
from watchword.core.ledger.findings import Fault

TWO = sorted(act for act, rule in RULES.items() if rule.answers and not rule.roles)


def found(book: Book, *acts: tuple[Act, Person], case: bytes = CASE) -> list[Fault]:
    """What is found in the last of these acts about one case."""
    for act, who in acts:
        public = {"action": ACTION} if "action" in RULES[act].public else None
        last = book.write(who, act, public, case=case)
    return [fault for fault, at in faults(examined(book.files())) if at == last]


@pytest.mark.parametrize("act", TWO)
def test_an_act_of_two_counts_after_anothers_and_neither_alone_nor_after_ones_own(act: Act) -> None:
    first = RULES[act].answers
    assert first is not None
    before = RULES[first].answers
    asked = [(before, CLEO)] if before else []
    assert found(founded(), (act, BEN)) == [Fault.SECOND_UNPROPOSED]
    assert found(founded(), *asked, (first, BEN), (act, BEN)) == [Fault.SECOND_SELF]
    assert found(founded(), *asked, (first, BEN), (act, EVA)) == []


def test_whoever_asked_for_a_copy_takes_it_when_another_signed() -> None:
    assert found(founded(), (Act.EXPORT_ASK, BEN), (Act.EXPORT, EVA), (Act.EXPORT_TAKE, BEN)) == []


def test_one_shreds_alone_what_the_applicant_took_back_and_nothing_else() -> None:
    withdrawn = (Act.CASE_WITHDRAW, CLEO)
    assert found(founded(), withdrawn, (Act.SHRED, BEN)) == []
    book = founded()
    book.write(CLEO, Act.CASE_WITHDRAW, case=bytes(32))
    assert found(book, (Act.SHRED, BEN)) == [Fault.SECOND_UNPROPOSED]


def test_what_was_dropped_is_answered_no_more() -> None:
    dropped = (Act.SHRED_ASK, CLEO), (Act.SHRED_DROP, BEN)
    assert found(founded(), *dropped, (Act.SHRED, EVA)) == [Fault.SECOND_UNPROPOSED]
