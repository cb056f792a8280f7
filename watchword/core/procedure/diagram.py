# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws the stages of a profile for the reference, from the same data that the Desk obeys."""

from collections.abc import Iterator

from watchword.core.procedure.needs import CaseFacts
from watchword.core.procedure.profile import Profile
from watchword.core.procedure.roles import APPLICANT
from watchword.core.procedure.stages import Exit, Stage, unmet

# Nobody has worked on this case and a question is open: every need of an exit has something to say of it.
UNTOUCHED = CaseFacts(open_questions=1)


def states_markdown(profile: Profile) -> str:
    """Return the page of a profile's stages in Markdown with a Mermaid diagram, in English."""
    lines = [
        f"# Stages of “{profile.title}”, version {profile.version}",
        "",
        f"Generated from `watchword/profiles/{profile.name}/`. Change the profile, not this page.",
        "Not drawn, because every stage has it: the applicant can withdraw from each one that is not final.",
        "",
        "The days after which records are due to be destroyed bind people: no program obeys them yet.",
        "",
        *_diagram(profile),
    ]
    for stage in profile.stages:
        lines += ["", *_stage(profile, stage)]
    return "\n".join(lines) + "\n"


def _diagram(profile: Profile) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for stage in profile.stages:
        yield f"    state {_quoted(stage.title.en)} as {_node(stage.id)}"
    yield f"    [*] --> {_node(profile.first_stage.id)}"
    for stage in profile.stages:
        for way in stage.exits:
            if way.action != profile.withdrawal.action:
                yield f"    {_node(stage.id)} --> {_node(way.to)}: {way.title}"
        if stage.final:
            yield f"    {_node(stage.id)} --> [*]"
    yield "```"


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
            else f"The records are due to be destroyed after {stage.purge_days} days."
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


def _node(name: str) -> str:
    # A hyphen is an arrow to Mermaid.
    return name.replace("-", "_")


def _quoted(words: str) -> str:
    return '"' + words.replace('"', "'") + '"'
