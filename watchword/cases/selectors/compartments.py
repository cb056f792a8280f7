# SPDX-License-Identifier: AGPL-3.0-or-later
"""The compartments of a case as one person may see them: how full, opened by whom, and what is new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Case
from watchword.cases.rules import Standing
from watchword.cases.selectors.pieces import pieces_of
from watchword.cases.selectors.timeline import Openings
from watchword.core.procedure import Profile, Text
from watchword.core.refusals import Sentence
from watchword.vault import selectors as vault


@dataclass(frozen=True)
class CompartmentRow:
    """One compartment: how much is in it, who opened it, and why this person cannot, if so.

    ``pieces`` came from the applicant with the application; ``records`` is everything that is sealed in it,
    and ``new`` how much of it since this person last looked.
    """

    id: str
    title: Text
    pieces: int
    records: int
    new: int
    opened: Openings | None
    why_not: Sentence | None


def compartments_of(
    cases: Sequence[Case],
    profile: Profile,
    standing: Standing,
    opened: Mapping[str, Openings],
    fresh: frozenset[str],
    *,
    viewer: Actor,
) -> list[CompartmentRow]:
    """Every compartment, of all ``cases`` of one person together; ``fresh``: the records that are new."""
    pieces = [piece.compartment for case in cases for piece in pieces_of(case)]
    records = [row for case in cases for row in vault.records(case.uid).values_list("uid", "compartment")]
    return [
        CompartmentRow(
            id=one.id,
            title=one.title,
            pieces=pieces.count(one.id),
            records=sum(place == one.id for _, place in records),
            new=sum(place == one.id and uid in fresh for uid, place in records),
            opened=opened.get(one.id),
            why_not=rules.why_not_open(viewer, standing, one.readers),
        )
        for one in profile.compartments.values()
    ]
