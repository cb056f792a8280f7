# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much reading is usual: of how many cases a role opens something in one day without saying why."""

from collections.abc import Collection, Iterable, Iterator

from watchword.core.procedure.errors import Problem
from watchword.core.procedure.roles import CompartmentDef, RoleDef
from watchword.core.refusals import sentence

REASONS = "reasons"
"""The compartment in which lies why somebody read more than is usual; no profile writes it down."""

REASON_READERS = frozenset({"auditor"})


def usual_cases(roles: Iterable[RoleDef], held: Collection[str]) -> int | None:
    """The number for whoever holds these roles, of several the largest; None where no role names one."""
    return max((one.cases_a_day for one in roles if one.id in held and one.cases_a_day), default=None)


def quota_problems(
    file: str, roles: Iterable[RoleDef], compartments: Collection[CompartmentDef], seats: Collection[str]
) -> Iterator[Problem]:
    """Yield a problem where a number without effect stands, or a compartment in the place of ours."""
    reading = frozenset(seats).union(*(one.readers for one in compartments))
    for role in roles:
        if role.cases_a_day is not None and role.id not in reading:
            what = sentence("nothing is sealed to this role, so it opens nothing")
            yield Problem(file, f"roles[{role.id}].cases_a_day", what)
    if REASONS in {one.id for one in compartments}:
        what = sentence("the programme keeps this name for why somebody read more than is usual")
        yield Problem(file, f"compartments[{REASONS}].id", what)
