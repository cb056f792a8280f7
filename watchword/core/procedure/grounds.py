# SPDX-License-Identifier: AGPL-3.0-or-later
"""The grounds of a decision, and the law that some grounds never carry a refusal by themselves."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from watchword.core.procedure.tables import Table
from watchword.core.procedure.text import Text
from watchword.core.procedure.wording import listed
from watchword.core.refusals import WrongState, sentence


@dataclass(frozen=True)
class Guideline:
    """A concern to be judged, with what typically mitigates it.

    ``never_alone``: true of a concern that every applicant has (relatives within reach of a hostile state),
    which therefore says nothing against any one of them.
    """

    code: str
    title: Text
    mitigation: Text
    never_alone: bool


@dataclass(frozen=True)
class GroundSource:
    """Where the facts of a ground come from. ``never_alone``: too weak or too unjust to refuse anyone on."""

    id: str
    title: Text
    never_alone: bool


@dataclass(frozen=True)
class Ground:
    """One ground of a proposal in codes: its guideline and its source. The facts themselves stay sealed."""

    guideline: str
    source: str


@dataclass(frozen=True)
class GroundLaw:
    """The guidelines and sources of a profile, and the question which grounds stand on their own."""

    guidelines: tuple[Guideline, ...]
    sources: tuple[GroundSource, ...]

    def independent(self, grounds: Iterable[Ground]) -> int:
        """Count the grounds that could carry a refusal: neither guideline nor source is flagged never_alone.

        A guideline or source this profile does not have counts as weak, because the law must fail closed.
        """
        strong_guidelines = {one.code for one in self.guidelines if not one.never_alone}
        strong_sources = {one.id for one in self.sources if not one.never_alone}
        return sum(one.guideline in strong_guidelines and one.source in strong_sources for one in grounds)

    def check_carry_refusal(self, grounds: Collection[Ground]) -> None:
        """Refuse a set of grounds of which none could stand alone, however many weak ones there are."""
        if self.independent(grounds):
            return
        weak = [one.title for one in self.sources if one.never_alone]
        raise WrongState(
            sentence(
                "This outcome needs at least one ground that stands by itself. "
                "None of these does, alone or together: %(weak)s.",
                weak=listed(weak),
            )
            if weak
            else sentence("This outcome needs at least one ground that stands by itself.")
        )


def read_guideline(table: Table) -> Guideline:
    """Read one ``[[guidelines]]`` table."""
    guideline = Guideline(
        code=table.string("id"),
        title=table.text("title"),
        mitigation=table.text("mitigation"),
        never_alone=table.flag("never_alone"),
    )
    table.refuse_unknown()
    return guideline


def read_ground_source(table: Table) -> GroundSource:
    """Read one ``[[ground_sources]]`` table."""
    source = GroundSource(table.name("id"), table.text("title"), table.flag("never_alone"))
    table.refuse_unknown()
    return source
