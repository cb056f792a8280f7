# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages of log-in, unlocking and devices ask of a passkey."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from watchword.accounts import passkeys, selectors
from watchword.accounts.forms_of_secrets import Asked
from watchword.accounts.passkeys import Purpose, Site
from watchword.accounts.rules import Actor
from watchword.accounts.services.sessions import longest
from watchword.accounts.session_tickets import new_session_ticket, read_session_ticket


def site_of(request: HttpRequest) -> Site | None:
    """The name under which this request reached the Desk; one of WATCHWORD_HOSTS."""
    return Site.of(request.get_host())


def to_log_in(request: HttpRequest, now: datetime) -> Asked | None:
    """Any passkey of this site: it says itself whose it is, and signs for the key of the session it opens."""
    site = site_of(request)
    if site is None:
        return None
    ticket = new_session_ticket(Purpose.LOG_IN, now, longest(now))
    challenge = read_session_ticket(ticket, Purpose.LOG_IN, now).challenge
    return Asked(ticket, passkeys.asking(challenge, site), "get", _("Log in with a passkey"))


def to_unlock(request: HttpRequest, staff_id: str, until: datetime, now: datetime) -> Asked | None:
    """A passkey of this person that opens the keys by itself; None where there is none."""
    site = site_of(request)
    known = selectors.credentials_that_open(staff_id, site.name) if site else ()
    if site is None or not known:
        return None
    ticket = new_session_ticket(Purpose.UNLOCK, now, until)
    challenge = read_session_ticket(ticket, Purpose.UNLOCK, now).challenge
    return Asked(ticket, passkeys.asking(challenge, site, known), "get", _("Unlock with a passkey"))


def to_add(request: HttpRequest, actor: Actor, now: datetime) -> Asked | None:
    """A new passkey that is not one of those that the person has."""
    site = site_of(request)
    if site is None:
        return None
    ticket = passkeys.new_ticket(Purpose.ADD, now)
    member = selectors.staff_by_id(actor.id)
    options = passkeys.making(
        passkeys.challenge_of(ticket),
        site,
        staff_id=actor.id,
        login=member.login,
        name=member.name,
        known=selectors.credentials(actor.id, site.name),
    )
    return Asked(ticket, options, "create", _("Add this passkey"))
