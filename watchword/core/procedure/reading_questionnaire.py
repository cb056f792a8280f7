# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the questionnaire of a profile; docs/spec/questionnaire.md describes the file."""

from collections.abc import Collection

from watchword.core.procedure.questionnaire import Questionnaire, QuestionType, Section
from watchword.core.procedure.reading_questions import read_questions
from watchword.core.procedure.tables import Table
from watchword.core.refusals import sentence

# Of the file, not of the questions in it: those follow the version of the profile.
FORMAT = 1


def read_questionnaire(table: Table, compartments: Collection[str], stages: Collection[str]) -> Questionnaire:
    """Read a parsed ``questionnaire.toml``; what is asked later names one of ``stages``."""
    if table.integer("format", least=1) != FORMAT:
        table.note("format", sentence("this programme reads format %(format)s", format=FORMAT))
    contact = _read_section(table.table("contact"), compartments)
    rows = [(row, _read_section(row, compartments, stages)) for row in table.tables("sections")]
    for row, section in rows:
        _note_file_asked_later(row, section)
    written = [section for _, section in rows]
    if contact.id in {section.id for section in written}:
        table.note("sections", sentence("“%(name)s” stands here twice", name=contact.id))
    sections = tuple(section for section in written if section.asked_from is None)
    if not sections:
        table.note("sections", sentence("the list is empty"))
    return Questionnaire(contact, sections, tuple(one for one in written if one.asked_from is not None))


def _note_file_asked_later(table: Table, section: Section) -> None:
    """A file comes with the application: what is asked for later is one page that is sealed at once."""
    if section.asked_from and any(question.type is QuestionType.FILE for question in section.questions):
        table.note("asked_from", sentence("a file can only be part of the application"))


def _read_section(table: Table, compartments: Collection[str], stages: Collection[str] = ()) -> Section:
    section = Section(
        id=table.name("id"),
        title=table.text("title"),
        intro=table.text("intro"),
        compartment=table.name("compartment", among=compartments),
        questions=read_questions(table, compartments),
        asked_from=table.name("asked_from", among=stages) if table.has("asked_from") else None,
    )
    table.refuse_unknown()
    return section
