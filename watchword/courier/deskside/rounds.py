# SPDX-License-Identifier: AGPL-3.0-or-later
"""The courier's rounds: every so many seconds one exchange with each Gate, until told to stop."""

import logging
import ssl
import threading
from datetime import date, datetime
from functools import cache

import httpx
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from watchword.accounts.services import courier_actor, forget_idle
from watchword.cases.selectors import due_by_rule
from watchword.courier.deskside.services import Exchange, exchange
from watchword.custody import services as custody
from watchword.custody.selectors import ended
from watchword.journal import services as journal
from watchword.keystore import services as keystore
from watchword.matching.services import forget_erased
from watchword.oversight.services import run_retention
from watchword.protection import services as protection
from watchword.protection.selectors import old_enquiries

log = logging.getLogger(__name__)
_erased: dict[str, date] = {}
TIMEOUT = httpx.Timeout(30, connect=10)


@cache
def trusted() -> ssl.SSLContext:
    """Whose certificates are trusted: read once, and not in each round."""
    return httpx.create_ssl_context(trust_env=False)


def once() -> Exchange:
    """One exchange with the configured Gate."""
    now = timezone.now()
    address = settings.WATCHWORD_GATE_ADDRESS
    with httpx.Client(base_url=address, timeout=TIMEOUT, verify=trusted(), trust_env=False) as http:
        return exchange(http=http, actor=courier_actor(now), now=now)


def end_releases(now: datetime) -> None:
    """Destroy what releases that have ended opened with; the courier's session is asked for only then."""
    if ended(now):
        custody.destroy_ended(actor=courier_actor(now), now=now)


def erase_once_a_day(now: datetime) -> None:
    """Have the rules of the procedures erase what is due, in the first round of each day."""
    if _erased.get("day") != now.date():
        if due_by_rule(now.date()):
            run_retention(actor=courier_actor(now), now=now)
        if old_enquiries(now):
            protection.destroy_old(actor=courier_actor(now), now=now)
        _erased["day"] = now.date()


def run(stop: threading.Event) -> None:
    """Go round until ``stop`` is set; a failed round is logged without content and tried again.

    Each round also brings into the ledger what was committed since the last one, such as log-ins, and drops
    the keys of sessions that nobody uses, what releases that have ended opened with, and keys of erased
    cases whose destruction was interrupted. The first round of a day erases what is due by a rule.
    """
    while not stop.wait(settings.WATCHWORD_COURIER_SECONDS):
        try:
            forget_idle(timezone.now())
            keystore.finish()
            erase_once_a_day(timezone.now())
            journal.integrate(timezone.now())
            forget_erased()
            end_releases(timezone.now())
            if settings.WATCHWORD_GATE_ADDRESS:
                once()
        except Exception:  # the thread outlives whatever one round meets
            log.error("a courier round failed", exc_info=True)
        finally:
            close_old_connections()
