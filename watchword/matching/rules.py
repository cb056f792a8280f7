# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of second applications: who hears of one, who judges it, and what follows from what was judged.

That two cases share match-keys is a reason to look and nothing more. It moves, ranks and refuses nobody.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases.rules import Standing, check_may_know, check_may_open
from watchword.cases.rules.judged import LikenessFacts, Verdict, check_is_second
from watchword.core.linkage import Kind
from watchword.core.refusals import NotPermitted, Sentence, WrongState, permitted, sentence, why_not

COMPARTMENT = "screening"
"""Where a judgement's reason is sealed, for those who judge."""

WORD_ALONE = "intake"
"""Who hears yes, possible or no and nothing of the other case: that is all that triage needs."""

MOST_LINKS = 50
"""Of one comparison, the likeliest first; nobody has applied as often."""

LEAST_IN_RING = 3


class Element(StrEnum):
    """What keys are made of, in the order in which it is told."""

    SURNAME = "surname"
    SURNAME_PART = "surname-part"
    GIVEN = "given"
    FATHER = "father"
    YEAR = "year"
    DAY = "day"
    PLACE = "place"
    PASSPORT = "passport"
    PHONE = "phone"
    MAIL = "mail"
    HANDLE = "handle"
    REFERRER = "referrer"


ELEMENTS: Mapping[Element, Sentence] = {
    Element.SURNAME: sentence("surname"),
    Element.SURNAME_PART: sentence("a part of the surname"),
    Element.GIVEN: sentence("given name"),
    Element.FATHER: sentence("patronymic"),
    Element.YEAR: sentence("year of birth"),
    Element.DAY: sentence("day and month of birth"),
    Element.PLACE: sentence("birth place"),
    Element.PASSPORT: sentence("passport number"),
    Element.PHONE: sentence("telephone number"),
    Element.MAIL: sentence("e-mail address"),
    Element.HANDLE: sentence("name in a messenger"),
    Element.REFERRER: sentence("whoever sent them"),
}
"""What agrees, or differs, in words: never a value."""

_NAME = frozenset([Element.SURNAME, Element.GIVEN])
_BIRTH = frozenset([Element.YEAR, Element.DAY])
MADE_OF: Mapping[Kind, frozenset[Element]] = {
    Kind.RARE_NAME: _NAME,
    Kind.NAME_YEAR: _NAME | {Element.YEAR},
    Kind.NAME_DAY: _NAME | {Element.DAY},
    Kind.NAME_FATHER: _NAME | {Element.FATHER},
    Kind.NAME_PLACE: _NAME | {Element.PLACE},
    Kind.SURNAME_BIRTH: _BIRTH | {Element.SURNAME},
    Kind.GIVEN_FATHER_BIRTH: _BIRTH | {Element.GIVEN, Element.FATHER},
    Kind.GIVEN_BIRTH_PLACE: _BIRTH | {Element.GIVEN, Element.PLACE},
    Kind.HEAD_BIRTH: _BIRTH | {Element.SURNAME_PART},
    Kind.TAIL_BIRTH: _BIRTH | {Element.SURNAME_PART, Element.GIVEN},
    Kind.HEAD_FATHER_BIRTH: _BIRTH | {Element.SURNAME_PART, Element.FATHER},
    Kind.PASSPORT: frozenset([Element.PASSPORT]),
    Kind.PHONE: frozenset([Element.PHONE]),
    Kind.MAIL: frozenset([Element.MAIL]),
    Kind.HANDLE: frozenset([Element.HANDLE]),
    Kind.REFERRER: frozenset([Element.REFERRER]),
}


def told(shared: Collection[Kind], unshared: Collection[Kind]) -> tuple[list[Element], list[Element]]:
    """What agrees, and what differs: of the kinds that do not agree, what no kind that agrees speaks for."""
    agree: frozenset[Element] = frozenset().union(*(MADE_OF[kind] for kind in shared))
    if Element.SURNAME in agree:
        agree -= {Element.SURNAME_PART}
    differ = frozenset().union(*(MADE_OF[kind] for kind in unshared)) - agree - {Element.SURNAME_PART}
    return [one for one in Element if one in agree], [one for one in Element if one in differ]


IN_COMMON = frozenset([Kind.PASSPORT, Kind.PHONE, Kind.MAIL, Kind.HANDLE, Kind.REFERRER])
"""What several people may share, and so what makes a ring."""


class Word(StrEnum):
    """The whole answer for triage."""

    YES = "yes"
    POSSIBLE = "possible"
    NO = "no"
    UNKNOWN = "unknown"


WORDS: Mapping[Word, Sentence] = {
    Word.YES: sentence("Yes: it is likely that this person has applied before."),
    Word.POSSIBLE: sentence("Possible: some things agree with an earlier application."),
    Word.NO: sentence("No: nothing agrees with an earlier application."),
    Word.UNKNOWN: sentence("Not known yet: nobody has looked."),
}


def check_may_look(actor: Actor, case: Standing) -> None:
    """Those who work with applications before a decision, and of them who may know of this one."""
    check_has(actor, Permission.MATCH_READ)
    check_may_know(actor, case)


def check_may_read_more(actor: Actor) -> None:
    """What agrees and with which case: not for triage."""
    check_has(actor, Permission.MATCH_READ)
    if actor.roles <= {WORD_ALONE}:
        raise NotPermitted(sentence("Not for your role."))


may_read_more = permitted(check_may_read_more)


def check_may_compare(actor: Actor, cases: Collection[Standing], readers: Collection[str]) -> None:
    """Whoever judges what was found, and may know of both cases: a tie in one of them is a tie in this."""
    check_has(actor, Permission.SCREENING_JUDGE)
    for case in cases:
        check_may_know(actor, case)
        check_may_open(actor, case, readers)


def ties_of(cases: Collection[Standing]) -> frozenset[str]:
    """Whoever has a tie in one of the cases: their judgement of both does not stand (law 4)."""
    return frozenset().union(*(case.ties for case in cases))


def check_may_judge(
    actor: Actor, cases: Collection[Standing], readers: Collection[str], link: LikenessFacts
) -> None:
    """The first judgement, also a new one of what was judged; not while a second person is waited for."""
    check_may_compare(actor, cases, readers)
    if link.waits_for_second(ties_of(cases)):
        raise WrongState(sentence("A second person must look at this first."))


why_not_judge = why_not(check_may_judge)


def check_may_second(
    actor: Actor, cases: Collection[Standing], readers: Collection[str], link: LikenessFacts
) -> None:
    """Another person than who judged first."""
    check_may_compare(actor, cases, readers)
    check_is_second(actor.id, link, ties_of(cases))


why_not_second = why_not(check_may_second)


def check_follows(verdict: Verdict, implied: bool | None) -> None:
    """Nobody contradicts what two people found of others: that must be judged anew first."""
    if implied is True and verdict is Verdict.DIFFERENT:
        raise WrongState(
            sentence("By what was judged of other cases, these two are the same person. Judge those anew.")
        )
    if implied is False and verdict is Verdict.SAME:
        raise WrongState(
            sentence("By what was judged of other cases, these two are different people. Judge those anew.")
        )
