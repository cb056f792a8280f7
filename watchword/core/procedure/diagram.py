# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes the stages of a profile as tables for the reference, from the same data that the Desk obeys."""

from collections.abc import Iterator

from watchword.core.procedure.needs import CaseFacts
from watchword.core.procedure.profile import Profile
from watchword.core.procedure.roles import APPLICANT
from watchword.core.procedure.stages import Exit, Stage, unmet

# Nobody has worked on this case and a question is open: every need of an exit has something to say of it.
UNTOUCHED = CaseFacts(open_questions=1)


def states_markdown(profile: Profile) -> str:
    """Return the page of a profile's stages in Markdown, beside its drawing, in English."""
    lines = [
        f"# Stages of “{profile.title}”, version {profile.version}",
        "",
        f"Made from the files of the profile *{profile.name}*. Change those, not this page.",
        "Not drawn, because every stage has it: the applicant can withdraw from each one that is not final.",
        "Nor what leads back from an end, which only a breach of conditions opens.",
        "",
        f"![The stages and the steps between them; the tables below say the same](states-{profile.name}.svg)",
    ]
    for stage in profile.stages:
        lines += ["", *_stage(profile, stage)]
    return "\n".join(lines) + "\n"


def _stage(profile: Profile, stage: Stage) -> Iterator[str]:
    yield f"## {stage.title} (`{stage.id}`)"
    yield ""
    yield f"The applicant reads: “{stage.applicant_title}. {stage.applicant_hint}”"
    yield ""
    yield _clock(stage)
    yield f"Known to: {', '.join(str(role.title) for role in profile.roles if role.id in stage.seen_by)}."
    yield f"Messages of the applicant go to: {profile.compartment(stage.replies_to).title}."
    ways = [way for way in stage.exits if way.action != profile.withdrawal.action]
    if ways:
        yield ""
        yield "| Step | Leads to | Who | Closed while |"
        yield "|---|---|---|---|"
        yield from (_row(profile, way) for way in ways)


def _clock(stage: Stage) -> str:
    if stage.final:
        kept = (
            "The records stay."
            if stage.purge_days is None
            else f"Whoever sees the case is asked to erase what is sealed after {stage.purge_days} days."
        )
        return f"An end. {kept}"
    if stage.clock_days is None:
        return "No clock."
    return f"Clock: {stage.clock_days} days, waiting for the {stage.clock_holder}."


def _row(profile: Profile, way: Exit) -> str:
    who = [str(role.title) for role in profile.roles if role.id in way.by]
    who += ["Applicant"] if APPLICANT in way.by else []
    closed = " ".join(str(reason) for reason in unmet(way, UNTOUCHED)) or "Nothing."
    return f"| {way.title} | `{way.to}` | {', '.join(who)} | {closed} |"
