# SPDX-License-Identifier: AGPL-3.0-or-later
"""The grounds of a decision as people write them, and law 1 with a floor that no profile can lower."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from watchword.core.procedure import grounds as procedure
from watchword.core.refusals import WrongState, sentence

NEVER_ALONE = frozenset({"citizenship", "polygraph", "relatives"})
"""A technical signal, and what a person cannot choose: they may be mentioned, they cannot carry a refusal.
A profile may add sources to this; one that leaves these out is not believed."""


@dataclass(frozen=True)
class Ground:
    """One reason under one guideline: the facts, where they come from, and what was weighed in mitigation."""

    guideline: str
    source: str
    facts: str
    mitigation: str


def independent(grounds: Iterable[Ground], law: procedure.GroundLaw) -> int:
    """How many of the grounds could carry a refusal by themselves."""
    return law.independent(_strong(grounds))


def check_refusal_stands(grounds: Iterable[Ground], law: procedure.GroundLaw) -> None:
    """Law 1: no refusal whose only ground is a polygraph result, a citizenship or a relative."""
    law.check_carry_refusal(_strong(grounds))


def check_complete(grounds: Sequence[Ground], law: procedure.GroundLaw) -> None:
    """Every ground has a known guideline and source, facts, and what was weighed in mitigation."""
    guidelines = {guideline.code for guideline in law.guidelines}
    sources = {source.id for source in law.sources}
    for number, ground in enumerate(grounds, start=1):
        if ground.guideline not in guidelines:
            raise WrongState(
                sentence("Ground %(number)s names no guideline of this procedure.", number=number)
            )
        if ground.source not in sources:
            raise WrongState(
                sentence("Ground %(number)s names no source that this procedure knows.", number=number)
            )
        if not ground.facts.strip():
            raise WrongState(sentence("Ground %(number)s states no facts.", number=number))
        if not ground.mitigation.strip():
            raise WrongState(
                sentence("Ground %(number)s does not say what was considered in mitigation.", number=number)
            )


def check_recorded(grounds: Sequence[Ground], kinds: frozenset[str], recorded: frozenset[str]) -> None:
    """A ground that rests on a kind of evidence needs evidence of that kind in the file.

    ``kinds`` are the profile's kinds of evidence, ``recorded`` those of which this case holds an item. A
    label proves nothing: without this check a polygraph result passes as an interview that never was.
    """
    for number, ground in enumerate(grounds, start=1):
        if ground.source in kinds and ground.source not in recorded:
            raise WrongState(
                sentence(
                    "Ground %(number)s rests on evidence of which the file holds none. Record it first.",
                    number=number,
                )
            )


def _strong(grounds: Iterable[Ground]) -> list[procedure.Ground]:
    """The codes of the grounds above the floor; facts that say nothing carry nothing either."""
    return [
        procedure.Ground(ground.guideline, ground.source)
        for ground in grounds
        if ground.source not in NEVER_ALONE and ground.facts.strip()
    ]
