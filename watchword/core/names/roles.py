# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which word of a name is the given name, which the patronymic, which the surname, as far as can be told."""

from collections.abc import Sequence
from enum import IntFlag

from watchword.core.names.family import looks_patronymic
from watchword.core.names.lexicon import Entry, Lexicon
from watchword.core.names.skeleton import skeleton
from watchword.core.names.tables import table


class Role(IntFlag):
    """What a word may be in a name; several where it cannot be told."""

    GIVEN = 1
    PATRONYMIC = 2
    SURNAME = 4
    INITIAL = 8
    PARTICLE = 16


# Plain numbers inside, because an operation on flags costs as much as a look-up.
GIVEN, PATRONYMIC, SURNAME, INITIAL, PARTICLE = (int(role) for role in Role)
EITHER = GIVEN | SURNAME
ROLES = tuple(map(Role, range(2 * PARTICLE)))
PARTICLES = frozenset(filter(None, map(skeleton, table("words")["particles"]["words"])))
# Initials of more than one Latin letter whose skeleton keeps two: Yu. and Dzh.
INITIALS = frozenset(["iu", "dj"])
# How many times more often a word must be borne as one thing to be taken for it alone.
CLEARLY = 3


def roles(skeletons: Sequence[str], lexicon: Lexicon) -> tuple[Role, ...]:
    """The likely role of each word of one whole name, in the order of ``skeletons``.

    A word like Yanukovych looks like a patronymic and is a surname; its neighbours decide: a patronymic
    follows a given name and leaves another word to be the surname.
    """
    found = [alone(word, lexicon.look_up(word)) for word in skeletons]
    settle(found)
    return tuple([ROLES[role] for role in found])


def settle(found: list[int]) -> None:
    """From what each word of a name may be by itself to what it is beside its neighbours, in place."""
    patronymic = _patronymic(found)
    for at, role in enumerate(found):
        if role & PATRONYMIC:
            found[at] = PATRONYMIC if at == patronymic else SURNAME
    _divide(found, patronymic)


def alone(word: str, entry: Entry) -> int:
    """What the word may be when nothing is known of its neighbours, as the number of a ``Role``."""
    if word in PARTICLES:
        return PARTICLE
    if len(word) == 1 or word in INITIALS:
        return INITIAL
    if looks_patronymic(word) or entry.patronymic > entry.given + entry.surname:
        common = entry.patronymic * 2 > entry.surname
        known = entry.patronymic > 0 or bool(entry.patronymic_of)
        return PATRONYMIC if common and known else PATRONYMIC | SURNAME
    given = borne_as_given(entry)
    if given > CLEARLY * entry.surname:
        return GIVEN
    return SURNAME if entry.surname > CLEARLY * given else EITHER


def borne_as_given(entry: Entry) -> int:
    """Bearers as a given name. A form of one is rarer in the source than in life: the source is Russian."""
    return entry.given + bool(entry.groups) * 100


def _patronymic(found: Sequence[int]) -> int:
    """Where the patronymic stands, or -1. A doubtful one counts only where two other words remain."""
    words = sum(1 for role in found if role != PARTICLE)
    sure = [at for at, role in enumerate(found) if role == PATRONYMIC]
    maybe = [at for at, role in enumerate(found) if role & PATRONYMIC and words > 2]
    for candidates in (sure, maybe):
        behind = [at for at in candidates if at and found[at - 1] & (GIVEN | INITIAL)]
        if behind:
            return behind[-1]
    # Petrovich Milan: in front of everything it is no patronymic, unless it is all there is.
    return sure[-1] if sure and (sure[-1] or words == 1) else -1


def _divide(found: list[int], patronymic: int) -> None:
    """The given name stands before the patronymic; of two words that remain, one is each."""
    names = [at for at, role in enumerate(found) if role & EITHER]
    if len(names) < 2:
        return
    given = patronymic - 1 if patronymic - 1 in names else -1
    if given < 0 and len(names) == 2:
        given = _given_of_two(found, names)
    if given < 0:
        return
    for at in names:
        found[at] = GIVEN if at == given else SURNAME


def _given_of_two(found: Sequence[int], names: Sequence[int]) -> int:
    """Which of two words is the given name: that which can only be it, or whose neighbour cannot; or -1."""
    first, second = (found[at] for at in names)
    if first == second:
        return -1
    first_is_given = first == GIVEN or second == SURNAME
    return names[0] if first_is_given else names[1]
