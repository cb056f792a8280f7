# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the room above asks of cases that it learnt of elsewhere: which exist, and which have one text."""

from collections import defaultdict
from collections.abc import Iterable

from watchword.accounts.rules import Actor, Permission
from watchword.cases.models import Case
from watchword.cases.selectors.alike import members


def known_uids(uids: Iterable[str]) -> set[str]:
    """Those of them that are cases, whoever may know of these."""
    return set(Case.objects.filter(pk__in=list(uids)).values_list("pk", flat=True))


def texts_alike(*, viewer: Actor) -> list[list[str]]:
    """The codes of each group of applications with nearly one text, the first one's first."""
    if not viewer.has(Permission.ALIKE_COMPARE):
        return []
    groups: dict[str, list[str]] = defaultdict(list)
    rows = members(viewer).filter(short=False).order_by("case__received", "case__code")
    for first, code in rows.values_list("first", "case__code"):
        groups[str(first)].append(code)
    return [codes for codes in groups.values() if len(codes) > 1]
