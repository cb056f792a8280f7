# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages of log-in, unlocking and devices ask of a passkey."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from watchword.accounts import passkeys, selectors
from watchword.accounts.forms_of_secrets import Asked
from watchword.accounts.passkeys import Purpose, Site
from watchword.accounts.rules import Actor


def site_of(request: HttpRequest) -> Site | None:
    """The name under which this request reached the Desk; one of WATCHWORD_HOSTS."""
    return Site.of(request.get_host())


def to_log_in(request: HttpRequest, now: datetime) -> Asked | None:
    """Any passkey of this site: it says itself whose it is."""
    site = site_of(request)
    return _asked(site, Purpose.LOG_IN, (), _("Log in with a passkey"), now) if site else None


def to_unlock(request: HttpRequest, staff_id: str, now: datetime) -> Asked | None:
    """A passkey of this person that opens the keys by itself; None where there is none."""
    site = site_of(request)
    known = selectors.credentials_that_open(staff_id, site.name) if site else ()
    return _asked(site, Purpose.UNLOCK, known, _("Unlock with a passkey"), now) if site and known else None


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


def _asked(site: Site, purpose: Purpose, known: tuple[str, ...], label: object, now: datetime) -> Asked:
    ticket = passkeys.new_ticket(purpose, now)
    return Asked(ticket, passkeys.asking(passkeys.challenge_of(ticket), site, known), "get", label)
