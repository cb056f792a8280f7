# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is sealed for a section comes back as it was, and nothing else is taken for it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchword.core.procedure import AnswersError, SealedAnswers, decode_answers, encode_answers

NAMES = st.lists(st.text("az09", min_size=1, max_size=4), min_size=1, max_size=3).map(
    lambda parts: "q" + "_".join(parts)
)
# Whatever two writers of JSON could escape, order or count in different ways.
WORDS = st.text('ab "\\/\b\t\n\r\x00\x1f\x7f\xe9e\u0301я\u2028\ufb33\uffff\U0001f600', max_size=60)
SEALED = st.builds(
    SealedAnswers,
    profile=NAMES,
    version=st.integers(1, 999_999),
    section=NAMES,
    language=st.sampled_from(["en", "uk", "ru"]),
    answers=st.dictionaries(NAMES, st.one_of(WORDS, st.lists(WORDS, max_size=4).map(tuple)), max_size=6),
)

SOUND = {
    "answers": {"why": "x"},
    "language": "uk",
    "profile": "legion",
    "section": "motivation",
    "version": 1,
}


def canonical(**changes: object) -> bytes:
    return json.dumps(SOUND | changes, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


REJECTED = {
    "nothing": b"",
    "no JSON": b"{",
    "no UTF-8": b'{"a":"\xff"}',
    "another encoding": json.dumps(SOUND).encode("utf-16"),
    "a list": b"[]",
    "a part too few": canonical().replace(b',"version":1', b""),
    "a part too many": canonical(name="Dov"),
    "a part twice": canonical().replace(b'"version":1', b'"version":1,"version":1'),
    "blanks between": canonical().replace(b":", b": "),
    "another order": json.dumps(dict(reversed(SOUND.items())), separators=(",", ":")).encode(),
    "an escape that needs none": canonical().replace(b'"x"', b'"\\u0078"'),
    "a line after the end": canonical() + b"\n",
    "half a sign": canonical(answers={"why": "\ud800"}),
    "half a sign, escaped": canonical().replace(b'"x"', b'"\\ud800"'),
    "a version that is true": canonical(version=True),
    "a version with a fraction": canonical(version=1.0),
    "a version of nothing": canonical(version=0),
    "a version beyond all measure": canonical(version=10**400),
    "a language that nobody speaks": canonical(language="fr"),
    "a language that is a list": canonical(language=["uk"]),
    "a profile that is a path": canonical(profile="../legion"),
    "a section that is a path": canonical(section="a/b"),
    "an endless name": canonical(section="a" * 65),
    "a question that is no name": canonical(answers={"Why?": "x"}),
    "answers in a list": canonical(answers=["x"]),
    "an answer that is a number": canonical(answers={"why": 3}),
    "an answer that is nothing": canonical(answers={"why": None}),
    "an answer in a part of an answer": canonical(answers={"why": {"really": {"why": "x"}}}),
    "a list in a list of entries": canonical(answers={"why": [{"when": [{"why": "x"}]}]}),
    "an entry among choices": canonical(answers={"why": ["x", {"why": "x"}]}),
    "a list in a list": canonical(answers={"why": [["x"]]}),
    "a very deep pit": b"[" * 100_000,
    "more than any form holds": canonical(answers={"why": "x" * 5_000_000}),
}


@pytest.mark.parametrize("kind", REJECTED)
def test_bytes_that_our_gate_did_not_write_are_refused(kind: str) -> None:
    with pytest.raises(AnswersError):
        decode_answers(REJECTED[kind])


def test_the_sound_form_that_these_were_made_from_is_taken() -> None:
    assert decode_answers(canonical()).answers == {"why": "x"}


@pytest.mark.parametrize(
    "wrong",
    [
        SealedAnswers("legion", 1, "motivation", "fr", {}),
        SealedAnswers("legion", 0, "motivation", "uk", {}),
        SealedAnswers("legion", 1, "motivation", "uk", {"Why?": "x"}),
        SealedAnswers("legion", 1, "motivation", "uk", {"why": "\ud800"}),
        SealedAnswers("legion", 1, "motivation", "uk", {"why": "x" * 5_000_000}),
    ],
)
def test_what_could_not_be_read_back_is_not_written(wrong: SealedAnswers) -> None:
    with pytest.raises(AnswersError):
        encode_answers(wrong)


@settings(max_examples=150)
@given(SEALED)
def test_what_is_written_is_read_back(sealed: SealedAnswers) -> None:
    assert decode_answers(encode_answers(sealed)) == sealed


@settings(max_examples=150)
@given(
    st.one_of(st.binary(max_size=80), st.builds(canonical, answers=st.dictionaries(WORDS, WORDS, max_size=3)))
)
def test_what_is_read_would_be_written_the_same(data: bytes) -> None:
    try:
        sealed = decode_answers(data)
    except AnswersError:
        return
    assert encode_answers(sealed) == data
