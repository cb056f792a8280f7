# SPDX-License-Identifier: AGPL-3.0-or-later
"""The compartments of a case as one person may see them: how full, opened by whom, and what is new."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.rules import Standing
from watchword.cases.selectors.held import Held, held_in
from watchword.cases.selectors.pieces import pieces_in
from watchword.cases.selectors.timeline import Openings
from watchword.core.procedure import Profile, Text
from watchword.core.refusals import Sentence
from watchword.vault import selectors as vault


@dataclass(frozen=True)
class CompartmentRow:
    """One compartment: how much is in it, who opened it, and why this person cannot, if so.

    ``pieces`` came from the applicant with the application; ``records`` is everything that is sealed in it,
    and ``new`` how much of it since this person last looked. ``held``: how it stands in custody, if it is.
    """

    id: str
    title: Text
    pieces: int
    records: int
    new: int
    opened: Openings | None
    why_not: Sentence | None
    held: Held | None


def compartments_of(
    records: Sequence[Sequence[vault.Outline]],
    profile: Profile,
    standing: Standing,
    opened: Mapping[str, Openings],
    fresh: frozenset[str],
    *,
    viewer: Actor,
) -> list[CompartmentRow]:
    """Every compartment; ``records``: of each of one person's cases, ``fresh``: those that are new."""
    pieces = Counter(piece.compartment for of_case in records for piece in pieces_in(of_case))
    every = [one for of_case in records for one in of_case]
    stored = Counter(one.compartment for one in every)
    new = Counter(one.compartment for one in every if one.uid in fresh)
    return [
        CompartmentRow(
            id=one.id,
            title=one.title,
            pieces=pieces[one.id],
            records=stored[one.id],
            new=new[one.id],
            opened=opened.get(one.id),
            why_not=rules.why_not_open(viewer, standing, one.readers),
            held=held_in(every, one.id, profile),
        )
        for one in profile.compartments.values()
    ]
