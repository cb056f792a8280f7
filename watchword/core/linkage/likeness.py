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
BESIDES = CIRCUMSTANCES | {Kind.NAME_FATHER}
CONTACT = frozenset([Kind.PHONE, Kind.MAIL, Kind.HANDLE])


class Likeness(StrEnum):
    """What a shared key says. ``LIKELY`` and ``POSSIBLE`` are reasons to look, never findings."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    NONE = "none"


def likeness(shared: AbstractSet[str], unshared: AbstractSet[str]) -> Likeness:
    """``shared``: kinds that agree in a key; ``unshared``: kinds that both cases have and none agrees."""
    if _likely(shared, unshared):
        return Likeness.LIKELY
    return Likeness.POSSIBLE if _possible(shared, unshared) else Likeness.NONE


def _likely(shared: AbstractSet[str], unshared: AbstractSet[str]) -> bool:
    if Kind.PASSPORT in shared or shared >= NAME_DATE:
        return True
    # Of a million applicants two of one name have one more thing in common by chance, but not two more.
    if len(shared & BESIDES) > 1 + _other_date(unshared):
        return True
    if Kind.NAME_FATHER in shared and shared & NAME_DATE:
        return True
    # The surname is written in a way that no table undoes, or one of its letters is wrong.
    if len(shared & HALVES) + bool(shared & ENDS) > 1 or shared >= ENDS:
        return True
    if _other_father(shared, unshared):
        return False
    # Part of the date is wrong; or a letter in half of the name, of somebody of whom nothing else differs.
    return bool(
        (shared & NAME_DATE and shared & CIRCUMSTANCES)
        or (shared & ENDS and not _other_place(shared, unshared))
    )


def _possible(shared: AbstractSet[str], unshared: AbstractSet[str]) -> bool:
    """Another surname; a namesake of whom too little is known; somebody who uses the same telephone."""
    if shared & (CONTACT | ENDS | HALVES) or len(shared & BESIDES) > 1:
        return True
    other_father, dated = _other_father(shared, unshared), bool(NAME_DATE & (shared | unshared))
    if shared & NAME_DATE:
        return bool(shared & CIRCUMSTANCES) or not other_father
    return not dated and bool(shared & BESIDES) and not other_father


def _other_father(shared: AbstractSet[str], unshared: AbstractSet[str]) -> bool:
    return Kind.NAME_FATHER in unshared and not shared & FATHER


def _other_date(unshared: AbstractSet[str]) -> bool:
    """Not a part of the date differs, but all of it."""
    return unshared >= NAME_DATE


def _other_place(shared: AbstractSet[str], unshared: AbstractSet[str]) -> bool:
    return Kind.NAME_PLACE in unshared and Kind.GIVEN_BIRTH_PLACE not in shared
