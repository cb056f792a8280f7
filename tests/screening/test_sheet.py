# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is sealed of a hit and of a judgement comes back as it was, and nothing else is taken for it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.screening.booth import DOV, NAMESAKE
from watchword.cases.rules.judged import Verdict
from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.record import Document
from watchword.screening import sheet
from watchword.screening.judgement import Judgement
from watchword.screening.sheet import Likeness, Sheet

WORDS = sentence("%(left)s and %(right)s agree.", left="Дов", right=sentence("the %(nth)s one", nth=2))
SHEET = Sheet(
    list_id="harbour",
    version=3,
    applicant=replace(DOV, key="applicant", documents=(Document("passport", "AA 1", "ua"),)),
    listed=replace(DOV, places=("Порт",), programmes=("P",), remarks="r", contacts=("c",), gender="m"),
    prior=-12.5,
    bits=20.25,
    probability=0.995,
    findings=(Likeness("surname", "Дов", "Dov", 20.25, WORDS),),
)
SAID = Judgement(
    case="0a" * 16,
    hit="1b" * 16,
    about="2c" * 16,
    verdict=Verdict.UNSURE,
    reason="Мало відомо.",
    salt="3d" * 16,
)


def test_a_sheet_comes_back_whole() -> None:
    assert sheet.decode(sheet.encode(SHEET)) == SHEET


def test_a_sheet_says_the_same_only_about_the_same_words() -> None:
    assert SHEET.says_the_same(replace(SHEET, version=4, bits=1.0, findings=()))
    assert not SHEET.says_the_same(replace(SHEET, listed=NAMESAKE))
    assert not SHEET.says_the_same(replace(SHEET, applicant=NAMESAKE))


@pytest.mark.parametrize("bad", [b"", b"[]", b"{}", b'{"list": 1}', b"\xff", b"[" * 100_000], ids=str)
def test_anything_else_is_refused_in_a_sentence(bad: bytes) -> None:
    with pytest.raises(WrongState):
        sheet.decode(bad)
    with pytest.raises(WrongState):
        Judgement.decode(bad, expected=SAID.hash)


@given(st.integers(0, 2000), st.integers(0, 255))
def test_a_sheet_with_one_byte_changed_is_another_sheet_or_none(place: int, byte: int) -> None:
    data = bytearray(sheet.encode(SHEET))
    data[place % len(data)] = byte
    try:
        found = sheet.decode(bytes(data))
    except WrongState:
        return
    assert found != SHEET or bytes(data) == sheet.encode(SHEET)


def test_a_judgement_comes_back_under_its_own_hash_alone() -> None:
    assert Judgement.decode(SAID.encode(), expected=SAID.hash) == SAID
    other = replace(SAID, verdict=Verdict.SAME)
    with pytest.raises(WrongState, match="recorded"):
        Judgement.decode(other.encode(), expected=SAID.hash)


def test_the_same_words_with_another_salt_have_another_hash() -> None:
    assert replace(SAID, salt="4e" * 16).hash != SAID.hash
