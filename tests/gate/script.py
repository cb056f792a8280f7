# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms as people and others fill them in, for the two programs that judge them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from watchword.core.procedure.parts import Part, parts_of
from watchword.core.procedure.questionnaire import Question, Section

WORDS = (
    "", " ", "bridge", "Мост\r\nчерез реку ", "a\x00b\u202ec", "e\u0301", "x" * 301, "😀" * 200, "\ud83d",
    "\u2028", "\ufeff", "1987", "23.05.1987", "5/1987", "1987-13", "٢٣.٠٥.١٩٨٧", "00.00.1987", "30.02.2001",
    "12", "0000", "1987~", "2019", "99999", "on", "yes", "no", "given", "29.02.2000", "29 2 1900.",
)  # fmt: skip
PARTS = ("", "2019", "2021", "1899", "05", "22", "24", "on", "off", "Київ", "2101", "1987", "12.2030")


SOUND = ("Мост через реку", "1987", "23.05.1987", "e\u0301")
SOUND_PARTS = {
    "year": ("2015", "2019", "2021"),
    "still": ("", "on"),
    "about": ("", "on"),
    "expiry": ("12.2030",),
}


@dataclass(frozen=True)
class Writer:
    """Somebody who fills in a form: with care, or with whatever comes to hand."""

    chance: random.Random
    careful: bool

    def form(self, section: Section) -> dict[str, list[str]]:
        """Controls and their values."""
        return dict(self._controls(section.questions, ""))

    def _controls(self, questions: tuple[Question, ...], prefix: str) -> Iterator[tuple[str, list[str]]]:
        for question in questions:
            name = f"{prefix}{question.id}"
            if question.group is not None:
                for row in self.chance.sample(range(12), self.chance.randint(1, 4)):
                    yield from self._controls(question.group.questions, f"{name}.{row}.")
            elif parts := parts_of(question):
                for part in parts:
                    yield f"{name}.{part.name}", [self._part(part)]
            elif self.careful or self.chance.random() < 0.9:
                yield name, self._values(question)

    def _part(self, part: Part) -> str:
        offered = tuple(value for value, _ in part.choices) or SOUND_PARTS.get(part.name, ("Київ",))
        if part.digits:
            offered = SOUND_PARTS["year"] if part.name.startswith("from") else ("2022", "2024")
        return self.chance.choice(offered if self.careful else (*offered, *PARTS))

    def _values(self, question: Question) -> list[str]:
        offered = question.values or SOUND
        if self.careful:
            return [self.chance.choice(offered)]
        return [self.chance.choice((*offered, *WORDS)) for _ in range(self.chance.choice((1, 1, 1, 2)))]
