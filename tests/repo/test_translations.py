# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every text for people exists in Ukrainian and Russian, with the same gaps."""

import gettext

import polib
import pytest

from tools.messages import LANGUAGES, LOCALE, translated
from tools.texts import Key, all_texts, placeholders


@pytest.fixture(scope="module")
def wanted() -> dict[Key, list[str]]:
    return all_texts()


def catalogue(code: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / code / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_no_text_is_missing_and_none_is_left_over(code: str, wanted: dict[Key, list[str]]) -> None:
    present = {Key(e.msgid, e.msgid_plural or None, e.msgctxt) for e in catalogue(code)}
    assert {key.text for key in set(wanted) - present} == set(), "run `make messages` and translate these"
    assert {key.text for key in present - set(wanted)} == set(), (
        "run `make messages`: these are no longer used"
    )


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_text_is_translated_and_none_is_doubtful(code: str) -> None:
    assert [e.msgid for e in catalogue(code) if not translated(e) or e.fuzzy] == []


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_a_translation_has_the_gaps_of_its_text(code: str) -> None:
    wrong = [
        entry.msgid
        for entry in catalogue(code)
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text and placeholders(text) != placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
    ]
    assert wrong == []


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_numbers_take_the_form_that_slavic_languages_give_them(code: str) -> None:
    form = gettext.c2py(catalogue(code).metadata["Plural-Forms"].split("plural=")[1].rstrip(";"))
    assert [form(n) for n in (0, 1, 2, 5, 11, 21, 22, 111)] == [2, 0, 1, 2, 2, 0, 1, 2]


def test_the_search_finds_texts_of_all_three_kinds(wanted: dict[Key, list[str]]) -> None:
    """Were the extractor blind, every other test here would pass."""
    files = {name for names in wanted.values() for name in names}
    assert any(name.endswith(".html") for name in files)
    assert any(name.endswith("rules.py") for name in files)
    assert any(key.plural for key in wanted)
