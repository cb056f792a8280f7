# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many people a procedure needs before the first case can come to its end."""

from collections import Counter
from itertools import chain

from watchword.accounts.rules import ADMINISTRATOR, FEWEST_ADMINISTRATORS, SCREENING
from watchword.core.procedure import Profile
from watchword.core.procedure.needs import AnyEvidence

IN_PAIRS = {ADMINISTRATOR: FEWEST_ADMINISTRATORS, SCREENING: 2}
"""Roles whose holders answer one another, however a procedure goes."""


def holders_needed(profile: Profile) -> dict[str, int]:
    """For each role of the profile the smallest number of holders with whom a case is not stuck.

    A role that nobody holds has no key, and then nothing can be sealed to its compartments. Nobody records
    two kinds of evidence that exclude each other. The board votes besides its member who may have proposed.
    Two administer, because nobody grants a role to himself; two screen, because one alone calls nobody the
    person in a list.
    """
    needed = Counter({role.id: IN_PAIRS.get(role.id, 1) for role in profile.roles})
    needed |= _recorders(profile)
    board = profile.decision
    for role in board.vote_roles:
        needed[role] = max(needed[role], board.quorum + 1)
    return dict(needed)


def _recorders(profile: Profile) -> Counter[str]:
    """Holders of the roles that record what some exit asks for, each kind beside each that it excludes."""
    people = _people(profile)
    needed: Counter[str] = Counter()
    for kind in map(profile.evidence_kind, people):
        for role in kind.recorded_by:
            beside = [
                people[other]
                for other in kind.excludes & people.keys()
                if role in profile.evidence_kind(other).recorded_by
            ]
            needed[role] = max(needed[role], people[kind.id] + max(beside, default=0))
    return needed


def _people(profile: Profile) -> Counter[str]:
    """How many different people must record each kind; of alternatives the first counts, not its waiver."""
    people: Counter[str] = Counter()
    for need in chain.from_iterable(way.needs for stage in profile.stages for way in stage.exits):
        if isinstance(need, AnyEvidence):
            first = need.options[0]
            people[first.kind] = max(people[first.kind], first.count if first.different else 1)
    return people
