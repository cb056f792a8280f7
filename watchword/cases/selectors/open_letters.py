# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which letters of a case somebody has still to read or to answer."""

from django.db.models import Prefetch, Q, QuerySet

from watchword.cases.models import Case, Letter

UNREAD = Q(direction="in", read_at=None)
OPEN_QUESTION = Q(needs_answer=True, answered_at=None)


def having_letters(which: Q) -> Q:
    """The cases with such a letter, UNREAD or OPEN_QUESTION."""
    return Q(pk__in=Letter.objects.filter(which).values("case"))


def with_open_letters(cases: QuerySet[Case]) -> list[Case]:
    """The cases with those letters that somebody has still to read or to answer."""
    return list(cases.prefetch_related(Prefetch("letters", Letter.objects.filter(UNREAD | OPEN_QUESTION))))
