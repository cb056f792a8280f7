# SPDX-License-Identifier: AGPL-3.0-or-later
"""The notes of a case, as far as they can be listed without opening any."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases import rules
from watchword.cases.models import Case
from watchword.cases.rules import Standing
from watchword.core.procedure import Profile, Text
from watchword.core.refusals import Sentence, sentence


@dataclass(frozen=True)
class NotesRow:
    """The notes of one compartment: how many, by whom, and the newest; ``why_not``: why they stay closed."""

    compartment: str
    title: Text
    number: int
    people: tuple[str, ...]
    newest: datetime
    new: int
    why_not: Sentence | None


def notes_of(
    case: Case,
    profile: Profile,
    standing: Standing,
    places: Mapping[str, str],
    fresh: frozenset[str],
    *,
    viewer: Actor,
) -> list[NotesRow]:
    """The notes by compartment, in the order of the profile.

    ``places``: the compartment of each record, ``fresh``: the records that are new.
    """
    notes = list(case.notes.order_by("-at", "uid"))
    staff = names({note.by_id for note in notes})
    rows = []
    for compartment in profile.compartments.values():
        here = [note for note in notes if places[note.record_id] == compartment.id]
        if here:
            row = NotesRow(
                compartment=compartment.id,
                title=compartment.title,
                number=len(here),
                people=tuple(dict.fromkeys(staff.get(note.by_id, "") for note in here)),
                newest=here[0].at,
                new=sum(note.record_id in fresh for note in here),
                why_not=rules.why_not_open(viewer, standing, compartment.readers),
            )
            rows.append(row)
    return rows


def why_not_note(profile: Profile, standing: Standing, *, viewer: Actor) -> Sentence | None:
    """The reason why this person can note nothing now; None when there is some place for it."""
    if noting_places(profile, standing, viewer=viewer):
        return None
    return rules.why_not_set_tasks(viewer, standing) or sentence("Not for your role.")


def noting_places(profile: Profile, standing: Standing, *, viewer: Actor) -> list[tuple[str, Text]]:
    """The compartments in which this person may note something now."""
    return [
        (one.id, one.title)
        for one in profile.compartments.values()
        if rules.may_note(viewer, standing, one.readers)
    ]
