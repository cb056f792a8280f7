# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds texts of a profile that stand in another language's place, outside its questionnaire."""

from collections.abc import Iterator

from watchword.core.procedure.errors import Problem
from watchword.core.procedure.profile import Profile
from watchword.core.procedure.text import LANGUAGES, Text
from watchword.core.refusals import sentence


def translation_problems(place: str, profile: Profile) -> Iterator[Problem]:
    """Yield a problem for each text that is the English one in the place of another language."""
    for file, path, text in _texts(profile):
        for code in LANGUAGES:
            if code != "en" and text.in_language(code) == text.en and any(map(str.isalpha, text.en)):
                what = sentence("this is the English text: write it in this language")
                yield Problem(f"{place}/{file}.toml", f"{path}.{code}", what)


def _texts(profile: Profile) -> Iterator[tuple[str, str, Text]]:
    for role in profile.roles:
        yield "profile", f"roles[{role.id}].title", role.title
    for compartment in profile.compartments.values():
        yield "profile", f"compartments[{compartment.id}].title", compartment.title
    for kind in profile.evidence_kinds:
        yield "profile", f"evidence_kinds[{kind.id}].title", kind.title
    for stage in profile.stages:
        yield "stages", f"stages[{stage.id}].title", stage.title
        yield "stages", f"stages[{stage.id}].applicant_title", stage.applicant_title
        yield "stages", f"stages[{stage.id}].applicant_hint", stage.applicant_hint
    for outcome in profile.decision.outcomes:
        yield "decision", f"decision.outcomes[{outcome.id}].title", outcome.title
        yield "decision", f"decision.outcomes[{outcome.id}].applicant_text", outcome.applicant_text
    for letter in profile.letters.values():
        yield "letters", f"letters[{letter.id}].title", letter.title
        yield "letters", f"letters[{letter.id}].body", letter.body
        for ready in letter.ready:
            yield "letters", f"letters[{letter.id}].ready[{ready.id}].title", ready.title
            yield "letters", f"letters[{letter.id}].ready[{ready.id}].words", ready.words
    for alarm in profile.calls.alarms:
        yield "calls", f"alarms[{alarm.id}].title", alarm.title
        yield "calls", f"alarms[{alarm.id}].explains", alarm.explains
