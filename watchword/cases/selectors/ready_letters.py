# SPDX-License-Identifier: AGPL-3.0-or-later
"""The letters that can go out as they stand, in the language of each applicant."""

from collections.abc import Collection, Iterator

from watchword.core.procedure import Profile, Text
from watchword.core.procedure.letters import LetterTemplate
from watchword.core.procedure.needs import LetterSent

BLANK = "…"
"""What a ready text leaves for a person to fill in."""


def ready_letters(profile: Profile, roles: Collection[str]) -> Iterator[tuple[str, str, Text]]:
    """Template, ready text (empty where the letter has no gap), and the title of what is sent.

    Not the letters that belong to the end of a case: that is told to one person at a time.
    """
    ending = set(_of_an_end(profile))
    for letter in profile.letters.values():
        if letter.written_by & frozenset(roles) and letter.id not in ending:
            yield from _whole(letter)


def _whole(letter: LetterTemplate) -> Iterator[tuple[str, str, Text]]:
    if not letter.gaps:
        yield letter.id, "", letter.title
    for text in letter.ready:
        if BLANK not in text.words.en:
            yield letter.id, text.id, text.title


def _of_an_end(profile: Profile) -> Iterator[str]:
    for stage in profile.stages:
        for way in stage.exits:
            if profile.stage(way.to).final:
                yield from (need.letter for need in way.needs if isinstance(need, LetterSent))
