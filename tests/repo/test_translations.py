# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every text for people exists in Ukrainian and Russian, with the same gaps."""

import polib
import pytest

from tools.messages import LANGUAGES, LOCALE, PLURALS, translated
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
    wrong = []
    for entry in catalogue(code):
        expected = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text and placeholders(text) != expected:
                wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_plural_forms_are_counted_as_django_counts_them(code: str) -> None:
    assert catalogue(code).metadata["Plural-Forms"] == PLURALS


def test_the_search_finds_texts_of_all_three_kinds(wanted: dict[Key, list[str]]) -> None:
    """Were the extractor blind, every other test here would pass."""
    files = {name for names in wanted.values() for name in names}
    assert any(name.endswith(".html") for name in files)
    assert any(name.endswith("rules.py") for name in files)
    assert any(key.plural for key in wanted)
