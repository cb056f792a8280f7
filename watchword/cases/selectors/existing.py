# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the room above asks of cases that it learnt of elsewhere: which exist, and which have one text."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from watchword.accounts.rules import Actor, Permission
from watchword.cases.models import Case
from watchword.cases.selectors.alike import members
from watchword.cases.selectors.retention import AT_ONCE
from watchword.cases.selectors.visibility import with_standing


def known_uids(uids: Iterable[str]) -> set[str]:
    """Those of them that are cases, whoever may know of these."""
    return set(Case.objects.filter(pk__in=list(uids)).values_list("pk", flat=True))


def of_uids(uids: Iterable[str]) -> list[Case]:
    """These cases with what their standing is made of, whoever may know of them: a room above says who."""
    wanted = sorted(set(uids))
    return [
        case
        for start in range(0, len(wanted), AT_ONCE)
        for case in with_standing().filter(pk__in=wanted[start : start + AT_ONCE]).order_by("pk")
    ]


def pinned(*uids: str) -> dict[str, tuple[str, int]]:
    """Under which procedure, and which version of it, each of these cases runs, or every case there is."""
    rows = Case.objects.filter(pk__in=uids) if uids else Case.objects.all()
    columns = rows.values_list("uid", "profile", "profile_version")
    return {uid: (name, version) for uid, name, version in columns}


def texts_alike(*, viewer: Actor) -> list[list[str]]:
    """The codes of each group of applications with nearly one text, the first one's first."""
    if not viewer.has(Permission.ALIKE_COMPARE):
        return []
    groups: dict[str, list[str]] = defaultdict(list)
    rows = members(viewer).filter(short=False).order_by("case__received", "case__code")
    for first, code in rows.values_list("first", "case__code"):
        groups[str(first)].append(code)
    return [codes for codes in groups.values() if len(codes) > 1]


@dataclass(frozen=True)
class Named:
    """A case by its code; ``same_as``: the code of the one in which it goes on; ``keeper`` by pseudonym."""

    code: str
    same_as: str
    keeper: str


def named(uids: Iterable[str]) -> dict[str, Named]:
    """Those of them that are cases, for whoever may have the codes of all of them: a room above says who."""
    wanted = sorted(set(uids))
    found: dict[str, Named] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = Case.objects.filter(pk__in=wanted[start : start + AT_ONCE])
        for uid, code, leading, keeper in rows.values_list("uid", "code", "continued_in__code", "keeper"):
            found[uid] = Named(code, leading or "", keeper or "")
    return found
