# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the rules of the procedures erase by themselves today: the job does it, and a page shows it before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from watchword.cases.models import Case
from watchword.cases.selectors.visibility import procedures
from watchword.core.procedure import Profile, Retention
from watchword.vault import selectors as vault

AT_ONCE = 500
"""Cases asked about in one question."""


@dataclass(frozen=True)
class Due:
    """A case from which a rule of its procedure erases something."""

    uid: str
    code: str
    rule: Retention
    ended: date


def due_by_rule(today: date) -> list[Due]:
    """Everything that is due today, those that ended first before the others."""
    found = [
        one for profile in procedures() for rule in profile.retention for one in _due(profile, rule, today)
    ]
    return sorted(found, key=lambda one: (one.ended, one.code, one.rule.id))


def _due(profile: Profile, rule: Retention, today: date) -> Iterator[Due]:
    before = datetime.combine(today - timedelta(days=rule.days - 1), time(), tzinfo=UTC)
    ended = Case.objects.filter(
        profile=profile.name, profile_version=profile.version, stage=rule.stage, closed_at__lt=before
    )
    rows = list(ended.order_by("pk").values_list("uid", "code", "closed_at"))
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        kept = vault.with_records([uid for uid, _, _ in some], rule.compartments)
        yield from (Due(uid, code, rule, at.date()) for uid, code, at in some if uid in kept and at)
