# SPDX-License-Identifier: AGPL-3.0-or-later
"""Slows down guessing, by the log-in that was typed and never by address: behind Tor all of us share one."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from watchword.accounts.models import FailedLogIns
from watchword.core.refusals import WrongState, counted
from watchword.core.sealing.primitives import hmac_sha256

FREE_FAILURES = 4
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=15)
FORGET_AFTER = timedelta(days=1)


def delay_after(failures: int) -> timedelta:
    """None for a few slips; then 30 seconds, doubling to a quarter of an hour at most."""
    if failures <= FREE_FAILURES:
        return timedelta(0)
    doublings = min(failures - FREE_FAILURES - 1, 10)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def check_not_held(login: str, now: datetime) -> None:
    """The same answer whether the log-in exists or not."""
    row = FailedLogIns.objects.filter(pk=_key(login)).first()
    if row is not None and row.held_until is not None and now < row.held_until:
        minutes = int((row.held_until - now).total_seconds() // 60) + 1
        raise WrongState(
            counted(
                "Too many wrong attempts with this log-in. Try again in %(minutes)s minute.",
                "Too many wrong attempts with this log-in. Try again in %(minutes)s minutes.",
                minutes,
                minutes=minutes,
            )
        )


def note_failure(login: str, now: datetime) -> None:
    """Count one more; rows that nobody touched for a day are forgotten."""
    with transaction.atomic():
        FailedLogIns.objects.filter(last__lt=now - FORGET_AFTER).delete()
        row, _ = FailedLogIns.objects.select_for_update().get_or_create(
            pk=_key(login), defaults={"last": now}
        )
        row.count += 1
        row.last = now
        row.held_until = now + delay_after(row.count)
        row.save()


def forget_failures(login: str) -> None:
    """Somebody with the right passphrase and code was here."""
    FailedLogIns.objects.filter(pk=_key(login)).delete()


def _key(login: str) -> str:
    return hmac_sha256(settings.SECRET_KEY.encode(), b"watchword/failed-log-in/v1\0" + login.encode()).hex()
