# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which outcomes were countersigned when, of all cases, for counting alone: small counts are hidden first."""

from datetime import date, datetime

from watchword.decisions.models import Decision


def outcomes_between(*, since: datetime, until: datetime) -> list[tuple[date, str]]:
    """The day and the outcome of every decision from ``since`` to before ``until``."""
    made = Decision.objects.filter(at__gte=since, at__lt=until).values_list("at", "outcome")
    return [(at.date(), outcome) for at, outcome in made.iterator()]
