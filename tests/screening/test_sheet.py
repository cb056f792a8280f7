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
from watchword.core.sealing.primitives import hmac_sha256
from watchword.core.sealing.recipients import Identity
from watchword.screening import sheet
from watchword.screening.comparison import Comparison, Weighed
from watchword.screening.judgement import Judgement
from watchword.screening.sheet import Likeness, Sheet
from watchword.screening.tags import Tags

WORDS = sentence("%(part)s: agrees, %(nth)s times.", part=sentence("Surname"), nth=2)
SHEET = Sheet(
    list_id="harbour",
    version=3,
    tag="0d" * 32,
    prior=-12.0,
    bits=20.0,
    probability=0.99,
    findings=(Likeness("surname", 20.0, WORDS),),
)
COMPARED = Comparison(
    list_id="harbour",
    version=3,
    applicant=replace(DOV, key="applicant", documents=(Document("passport", "AA 1", "ua"),)),
    listed=replace(DOV, places=("Порт",), programmes=("P",), remarks="r", contacts=("c",), gender="m"),
    prior=-12.4,
    bits=20.21,
    probability=0.99412,
    findings=(Weighed("surname", "Дов", "Dov", 20.21, sentence("Дов and Dov agree."), WORDS),),
)
TAGS = Tags.of(Identity.from_seed(bytes(32)))
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


def test_of_two_people_compared_nothing_is_kept_but_what_agrees() -> None:
    """Figures neither: the exact worth of a surname is its rarity, by which it could be looked up."""
    kept = COMPARED.sheet(SHEET.tag)
    assert kept == SHEET
    assert not [
        word for word in ("Дов", "Dov", "20.2", "harbour-1", "AA") if word in sheet.encode(kept).decode()
    ]


def test_a_tag_knows_a_listed_person_again_under_one_key_and_under_no_other() -> None:
    tag = TAGS.whom("harbour", DOV.key)
    assert tag == Tags.of(Identity.from_seed(bytes(32))).whom("harbour", DOV.key)
    others = [
        TAGS.whom("harbour", NAMESAKE.key),
        TAGS.whom("wanted", DOV.key),
        Tags.of(Identity.from_seed(bytes([1]) * 32)).whom("harbour", DOV.key),
        hmac_sha256(bytes(32), DOV.key.encode()).hex(),
    ]
    assert tag not in others
    assert "key" not in repr(TAGS)


def test_the_tag_of_the_words_changes_with_every_word_of_either_side() -> None:
    applicant, listed = COMPARED.applicant, COMPARED.listed
    tag = TAGS.words(applicant, listed)
    assert tag == TAGS.words(replace(applicant), replace(listed))
    for changed in (
        replace(listed, remarks="s"),
        replace(listed, documents=(Document("passport", "AA 2", "ua"),)),
        NAMESAKE,
    ):
        assert TAGS.words(applicant, changed) != tag
        assert TAGS.words(changed, listed) != tag


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
