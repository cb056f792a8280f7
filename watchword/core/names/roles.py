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


PARTICLES = frozenset(skeleton(word) for word in table("words")["particles"]["words"])
# Initials of more than one Latin letter whose skeleton keeps two: Yu. and Dzh.
INITIALS = frozenset(["iu", "dj"])
# A surname like Yanukovych is looked at as a patronymic only if it is borne more often as one.


def roles(skeletons: Sequence[str], lexicon: Lexicon) -> tuple[Role, ...]:
    """The likely role of each word of one whole name, in the order of ``skeletons``."""
    entries = [lexicon.look_up(word) for word in skeletons]
    found = [_alone(word, entry) for word, entry in zip(skeletons, entries, strict=True)]
    _settle_patronymics(found)
    return tuple(found)


def _alone(word: str, entry: Entry) -> Role:
    """What the word may be when nothing is known of its neighbours."""
    if len(word) == 1 or word in INITIALS:
        return Role.INITIAL
    if word in PARTICLES and len(word) < 4:
        return Role.PARTICLE
    if looks_patronymic(word) or entry.patronymic > entry.given + entry.surname:
        if entry.patronymic * 2 > entry.surname or not entry.surname:
            return Role.PATRONYMIC if entry.patronymic_of or entry.patronymic else Role.SURNAME
        return Role.PATRONYMIC | Role.SURNAME if entry.patronymic_of else Role.SURNAME
    if entry.given > 3 * entry.surname:
        return Role.GIVEN
    if entry.surname > 3 * entry.given:
        return Role.SURNAME
    return Role.GIVEN | Role.SURNAME


def _settle_patronymics(found: list[Role]) -> None:
    """A name has one patronymic: the one behind the given name, or else the surest."""
    candidates = [at for at, role in enumerate(found) if role & Role.PATRONYMIC]
    if not candidates:
        return
    behind = [at for at in candidates if at and found[at - 1] & (Role.GIVEN | Role.INITIAL)]
    chosen = behind[-1] if behind else next((at for at in candidates if found[at] == Role.PATRONYMIC), -1)
    for at in candidates:
        found[at] = Role.PATRONYMIC if at == chosen else Role.SURNAME
