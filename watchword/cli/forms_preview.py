# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws every page of a questionnaire as plain files, by the templates of the Gate itself."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import django

from watchword.cli.forms_check import folder_of
from watchword.core.procedure import LANGUAGES, Profile, Question, QuestionType, Section, Text
from watchword.profiles import read_folder

# A day on which ten years of periods are looked at: the same pages come out whenever they are drawn.
TODAY = date(2026, 1, 15)
GAP = {"from_year": "2017", "to_year": "2018"}, {"from_year": "2021", "still": "on"}


@dataclass(frozen=True)
class Drawn:
    """One state of one page."""

    section: Section
    state: str
    language: str

    @property
    def file(self) -> str:
        return f"{self.section.id}-{self.state}-{self.language}.html"


@dataclass(frozen=True)
class Readers:
    """One compartment of a section: who reads it, and which questions, if these are not all."""

    title: Text
    roles: tuple[str, ...]
    questions: list[Text]


@dataclass(frozen=True)
class Row:
    """One section in the index. ``stage`` is None for a part of the application; ``pages`` are by state."""

    section: Section
    stage: Text | None
    readers: tuple[Readers, ...]
    pages: dict[str, list[Drawn]]


def preview(what: str, to: Path) -> int:
    """Write the pages of the profile ``what`` and an index of them into ``to``; return how many pages."""
    folder = folder_of(what)
    assert folder is not None, "checked before"
    profile = read_folder(folder, folder.name)
    os.environ["DJANGO_SETTINGS_MODULE"] = "watchword.config.settings.preview"
    django.setup()
    from django.urls import set_script_prefix

    # Pages that are opened as files find what lies beside them, and nothing at the root of a disk.
    set_script_prefix("./")
    to.mkdir(parents=True, exist_ok=True)
    _copy_styles(to)
    drawn = [one for section in profile.questionnaire.every_section for one in _pages(profile, section, to)]
    index = _render("web/preview.html", {"profile": profile, "rows": _rows(profile, drawn)})
    (to / "index.html").write_text(index, encoding="utf-8")
    return len(drawn)


def _pages(profile: Profile, section: Section, to: Path) -> Iterator[Drawn]:
    from django.utils import translation

    saved = profile.questionnaire.sections
    for language in LANGUAGES:
        with translation.override(language):
            for state, form, more in _states(section, language, saved=section in saved):
                page = Drawn(section, state, language)
                text = _draw(profile, section, {"form": form, **more}, language)
                (to / page.file).write_text(text, encoding="utf-8")
                yield page


def _states(section: Section, language: str, *, saved: bool) -> Iterator[tuple[str, Any, dict[str, object]]]:
    """As it is opened; sent with nothing in it; with a gap to look at; and saved before."""
    from watchword.web.questions import SectionForm

    if all(question.type is QuestionType.FILE for question in section.questions):
        return
    yield "empty", SectionForm(section, language), {}
    wrong = SectionForm.received(section, language, {}, TODAY)
    if wrong.errors:
        yield "faults", wrong, {}
    noticed = SectionForm.received(section, language, _with_a_gap(section), TODAY)
    if noticed.notes:
        yield "gap", noticed, {}
    if saved:
        yield "saved", SectionForm(section, language), {"sealed": True}


def _with_a_gap(section: Section) -> dict[str, str]:
    """Two periods with years between them in each list, and nothing else."""
    return {
        f"{question.id}.{number}.{name}.{part}": value
        for question in section.questions
        for name in _ordering(question)
        for number, period in enumerate(GAP)
        for part, value in period.items()
    }


def _ordering(question: Question) -> list[str]:
    return [question.group.ordered_by] if question.group and question.group.ordered_by else []


def _draw(profile: Profile, section: Section, page: dict[str, Any], language: str) -> str:
    part = {
        "id": section.id,
        "title": section.title.in_language(language),
        "intro": section.intro.in_language(language),
        "readers": profile.readers_in_words(section.compartment, language),
        "apart": profile.read_apart(section, language),
        "sealed": page.pop("sealed", False),
        "number": _number(profile, section),
        "total": len(profile.questionnaire.sections),
    }
    return _render(
        "gate/previewed.html", {**page, "part": part, "section": part, "page": _template(profile, section)}
    )


def _number(profile: Profile, section: Section) -> int:
    sections = profile.questionnaire.sections
    return sections.index(section) + 1 if section in sections else 0


def _template(profile: Profile, section: Section) -> str:
    if section == profile.questionnaire.contact:
        return "gate/contact.html"
    return "gate/asked.html" if section.asked_from else "gate/section.html"


def _render(template: str, page: dict[str, Any]) -> str:
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    return render_to_string(template, page, RequestFactory().get("/"))


def _rows(profile: Profile, drawn: list[Drawn]) -> list[Row]:
    """One for each section, also for one without a page: files are chosen on a page of their own."""
    return [
        Row(
            section,
            profile.stage(section.asked_from).title if section.asked_from else None,
            tuple(
                Readers(profile.compartment(place).title, profile.readers_in_words(place, "en"), asked)
                for place, asked in _by_compartment(section).items()
            ),
            {
                state: [one for one in drawn if (one.section, one.state) == (section, state)]
                for state in dict.fromkeys(one.state for one in drawn if one.section == section)
            },
        )
        for section in profile.questionnaire.every_section
    ]


def _by_compartment(section: Section) -> dict[str, list[Text]]:
    """Of its own compartment no questions are named: it holds the rest."""
    apart = {
        place: [one.label for one in section.questions if one.compartment == place]
        for place in section.compartments[1:]
    }
    return {section.compartment: [], **apart}


def _copy_styles(to: Path) -> None:
    from django.contrib.staticfiles import finders

    for name in ("built/gate.css", "web/blank.png"):
        found = finders.find(name)
        if isinstance(found, str):
            target = to / "static" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(found, target)
