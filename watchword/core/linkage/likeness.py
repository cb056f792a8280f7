# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether two cases may be one person's, from the kinds of keys alone that they share and do not share.

Rules, not weights: each line can be read aloud, and what is left open is left to the people who judge.
"""

from collections.abc import Set as AbstractSet
from enum import StrEnum

from watchword.core.linkage.matchkeys import Kind

NAME_DATE = frozenset([Kind.NAME_YEAR, Kind.NAME_DAY])
ENDS = frozenset([Kind.HEAD_BIRTH, Kind.TAIL_BIRTH])
HALVES = frozenset(
    [Kind.SURNAME_BIRTH, Kind.GIVEN_FATHER_BIRTH, Kind.GIVEN_BIRTH_PLACE, Kind.HEAD_FATHER_BIRTH]
)
FATHER = frozenset([Kind.NAME_FATHER, Kind.GIVEN_FATHER_BIRTH, Kind.HEAD_FATHER_BIRTH])
CIRCUMSTANCES = frozenset([Kind.RARE_NAME, Kind.NAME_PLACE])
CONTACT = frozenset([Kind.PHONE, Kind.MAIL, Kind.HANDLE])


class Likeness(StrEnum):
    """What a shared key says. ``LIKELY`` and ``POSSIBLE`` are reasons to look, never findings."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    NONE = "none"


def likeness(shared: AbstractSet[str], unshared: AbstractSet[str]) -> Likeness:
    """``shared``: kinds that agree in a key; ``unshared``: kinds that both cases have and none agrees."""
    other_father = Kind.NAME_FATHER in unshared and not shared & FATHER
    if _likely(shared, other_father=other_father):
        return Likeness.LIKELY
    dated = bool(NAME_DATE & (shared | unshared))
    return Likeness.POSSIBLE if _possible(shared, other_father, dated) else Likeness.NONE


def _likely(shared: AbstractSet[str], *, other_father: bool) -> bool:
    if Kind.PASSPORT in shared or shared >= NAME_DATE or shared >= CIRCUMSTANCES:
        return True
    if Kind.NAME_FATHER in shared and shared & (NAME_DATE | CIRCUMSTANCES):
        return True
    # The surname is written in a way that no table undoes, or one of its letters is wrong.
    if len(shared & HALVES) + bool(shared & ENDS) > 1 or shared >= ENDS:
        return True
    if other_father:
        return False
    # Part of the date is wrong; or the given name is another, or a letter in half of the name.
    return bool(
        (shared & NAME_DATE and shared & CIRCUMSTANCES) or shared & {Kind.SURNAME_BIRTH} | shared & ENDS
    )


def _possible(shared: AbstractSet[str], other_father: bool, dated: bool) -> bool:
    """Another surname; a namesake of whom too little is known; somebody who uses the same telephone."""
    if shared & (CONTACT | ENDS | HALVES):
        return True
    if shared & NAME_DATE:
        return bool(shared & CIRCUMSTANCES) or not other_father
    return not dated and bool(shared & (CIRCUMSTANCES | {Kind.NAME_FATHER})) and not other_father
