# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of the Gate's storage, without a database."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchword.core.refusals import WrongState
from watchword.intake import rules
from watchword.intake.rules import MailboxFacts, Piece

DRAFT = MailboxFacts(sent=False, withdrawn=False, sealed=frozenset({"contact"}))
SENT = MailboxFacts(sent=True, withdrawn=False, sealed=frozenset())
WITHDRAWN = MailboxFacts(sent=True, withdrawn=True, sealed=frozenset())


@pytest.mark.parametrize("facts", [SENT, WITHDRAWN])
def test_what_was_sent_or_withdrawn_is_not_written_on(facts: MailboxFacts) -> None:
    assert not rules.may_write(facts)
    assert not rules.may_send(facts, ())


def test_an_application_with_an_open_part_is_not_sent() -> None:
    with pytest.raises(WrongState, match="Open parts: 2"):
        rules.check_may_send(DRAFT, {"contact", "motivation", "safety"})
    assert rules.may_send(DRAFT, {"contact"})


@pytest.mark.parametrize(("facts", "words"), [(DRAFT, "after you have sent"), (WITHDRAWN, "was withdrawn")])
def test_a_letter_belongs_to_an_application_that_was_sent(facts: MailboxFacts, words: str) -> None:
    with pytest.raises(WrongState, match=words):
        rules.check_may_answer(facts)


PIECES = st.lists(
    st.builds(
        Piece,
        uid=st.uuids().map(str),
        compartment=st.sampled_from("ab"),
        kind=st.sampled_from("xyz"),
        revision=st.integers(1, 50),
    ),
    unique_by=lambda piece: piece.revision,
)


@given(PIECES)
@settings(max_examples=60)
def test_of_each_thing_exactly_the_newest_revision_is_chosen(pieces: list[Piece]) -> None:
    chosen = rules.newest(pieces)
    assert {(piece.compartment, piece.kind) for piece in chosen} == {
        (piece.compartment, piece.kind) for piece in pieces
    }
    assert len(chosen) == len({(piece.compartment, piece.kind) for piece in pieces})
    for piece in pieces:
        rival = next(one for one in chosen if (one.compartment, one.kind) == (piece.compartment, piece.kind))
        assert rival.revision >= piece.revision
