# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way of an application as a short path of words, told to the applicant from the Desk's own letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from watchword.core.procedure.profile import Profile
from watchword.core.procedure.stages import Stage
from watchword.trust.letter import Letter

STATUS = "status"


@dataclass(frozen=True)
class Step:
    """One word of the path; ``place`` is "done", "here" or "ahead"."""

    title: str
    place: str


@dataclass(frozen=True)
class Standing:
    """Where an application stands, as far as the letters say. ``due`` is the day when the clock runs out."""

    stage: Stage
    path: tuple[Step, ...]
    hint: str
    due: date | None


def standing(profile: Profile, letters: Sequence[Letter], language: str) -> Standing | None:
    """Where the newest letter puts the application; None before the first. Genuine ones, newest first."""
    known = {stage.id for stage in profile.stages}
    newest = next((letter for letter in letters if letter.stage in known), None)
    if newest is None:
        return None
    stage = profile.stage(newest.stage)
    return Standing(
        stage=stage,
        path=_path(profile, stage, language),
        hint=stage.applicant_hint.in_language(language),
        due=stage.deadline(_since(letters, stage)),
    )


def _since(letters: Sequence[Letter], stage: Stage) -> date:
    """The day of the first of the newest letters that all name this stage."""
    day = letters[0].day
    for letter in letters:
        if letter.stage != stage.id:
            break
        day = letter.day
    return day


def _path(profile: Profile, here: Stage, language: str) -> tuple[Step, ...]:
    """The straight way with the present stage on it; a stage beside the way stands alone."""
    straight = straight_way(profile)
    if here not in straight:
        return (Step(here.applicant_title.in_language(language), "here"),)
    at = straight.index(here)
    return tuple(
        Step(stage.applicant_title.in_language(language), _place(number, at))
        for number, stage in enumerate(straight)
    )


def straight_way(profile: Profile) -> list[Stage]:
    """The stages from the first to an end, by the first exit of each: when nothing unusual happens."""
    way = [profile.first_stage]
    while way[-1].exits:
        following = profile.stage(way[-1].exits[0].to)
        if following in way:
            break
        way.append(following)
    return way


def _place(number: int, here: int) -> str:
    if number == here:
        return "here"
    return "done" if number < here else "ahead"
