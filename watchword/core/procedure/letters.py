# SPDX-License-Identifier: AGPL-3.0-or-later
"""Letters to the applicant: templates with named gaps, the same gaps in every language."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from watchword.core.procedure.errors import LetterError
from watchword.core.procedure.tables import Table
from watchword.core.procedure.text import LANGUAGES, Text
from watchword.core.refusals import NotFound, sentence

GAP = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class ReadyText:
    """Words that may fill the gap of a letter; whoever writes it changes them as the case needs."""

    id: str
    title: Text
    words: Text


@dataclass(frozen=True)
class LetterTemplate:
    """A letter as the profile words it.

    ``compartment``: where the Desk seals its own copy, chosen by who may know what the letter says.
    ``needs_answer``: the letter puts something to the applicant that they are asked to answer.
    ``written_by``: the roles that may send it by hand; empty for those only sent with an act of their own.
    ``asks``: the sections that this letter asks for; it is sent when a case enters the stage they name.
    ``ready``: what may be put into its gap to begin with; a letter that has such texts has one gap.
    """

    id: str
    title: Text
    body: Text
    compartment: str
    needs_answer: bool
    written_by: frozenset[str]
    asks: frozenset[str] = frozenset()
    ready: tuple[ReadyText, ...] = ()

    def ready_text(self, name: str) -> ReadyText:
        """Return a ready text by id. Raises NotFound."""
        for text in self.ready:
            if text.id == name:
                return text
        raise NotFound(sentence("There is no such text in this procedure."))

    @property
    def gaps(self) -> frozenset[str]:
        """The names of what must be filled in, for instance ``question``."""
        return frozenset(GAP.findall(self.body.en))


@dataclass(frozen=True)
class Composed:
    """A letter ready to be signed and sealed."""

    title: str
    body: str


def compose(letter: LetterTemplate, language: str, **filled: str) -> Composed:
    """Fill the gaps of ``letter`` in ``language``. Raises LetterError for a gap left empty or not known.

    What is filled in is never read as a template again, so a brace in it stays a brace.
    """
    wrong = letter.gaps.symmetric_difference(filled) | {
        gap for gap, words in filled.items() if not words.strip()
    }
    if wrong:
        raise LetterError(
            sentence("This letter cannot be sent, fill in exactly: %(gaps)s.", gaps=", ".join(sorted(wrong)))
        )
    body = GAP.sub(lambda gap: filled[gap[1]].strip(), letter.body.in_language(language))
    return Composed(letter.title.in_language(language), body)


def read_letter(
    table: Table, compartments: Collection[str], roles: Collection[str], later: Collection[str]
) -> LetterTemplate:
    """Read one ``[[letters]]`` table; gaps that differ between languages are a fault.

    ``later`` are the sections that a letter may ask for.
    """
    letter = LetterTemplate(
        id=table.name("id"),
        title=table.text("title"),
        body=table.text("body"),
        compartment=table.name("compartment", among=compartments),
        needs_answer=table.flag("needs_answer"),
        written_by=frozenset(table.names("written_by", among=roles, needed=False)),
        asks=frozenset(table.names("asks", among=later, needed=False)),
        ready=tuple(_read_ready(row) for row in table.tables("ready")),
    )
    if letter.ready and len(letter.gaps) != 1:
        table.note("ready", sentence("only a letter with one gap can have texts that are ready to fill it"))
    if letter.asks and (letter.gaps or letter.written_by):
        table.note("asks", sentence("a letter that asks for a section is sent by itself and has no gaps"))
    for code in LANGUAGES:
        if frozenset(GAP.findall(letter.body.in_language(code))) != letter.gaps:
            table.note(f"body.{code}", sentence("the gaps are not the same as in English"))
    table.refuse_unknown()
    return letter


def _read_ready(table: Table) -> ReadyText:
    text = ReadyText(id=table.name("id"), title=table.text("title"), words=table.text("words"))
    table.refuse_unknown()
    return text
