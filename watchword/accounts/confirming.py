# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a view has a decisive act confirmed: it asks beside the form, and takes the answer with the form."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from watchword.accounts import asking, passkeys, selectors, services
from watchword.accounts.forms_of_secrets import Asked, ConfirmedForm
from watchword.accounts.http import StaffRequest
from watchword.accounts.rules import Actor
from watchword.accounts.services.confirming import Deed, ticket_for
from watchword.accounts.services.passkey_log_in import no_name
from watchword.core.refusals import Refused
from watchword.web.sentences import translated

__all__ = ["Deed", "asked", "confirmed"]


def asked(request: StaffRequest, deed: Deed, now: datetime) -> Asked | None:
    """What the page's script asks of a passkey for this act; None where the person has none here."""
    site = asking.site_of(request)
    known = selectors.credentials(request.actor.id, site.name) if site else ()
    if site is None or not known:
        return None
    ticket, challenge = ticket_for(deed, actor=request.actor, now=now)
    return Asked(ticket, passkeys.asking(challenge, site, known), "get", _("Sign with a passkey"))


def confirmed(request: StaffRequest, form: ConfirmedForm, deed: Deed, now: datetime) -> Actor | None:
    """The actor with a proof for this act; None when the form was not filled in rightly, and says so.

    To be called last before the act: a code or an answer is spent by it.
    """
    if not form.is_valid():
        return None
    typed = form.cleaned_data
    try:
        if not typed["assertion"]:
            return services.by_code(code=typed["one_time_code"], actor=request.actor, now=now)
        site = asking.site_of(request)
        if site is None:
            raise no_name()
        return services.by_passkey(
            deed,
            assertion=typed["assertion"],
            ticket=typed["ticket"],
            site=site,
            actor=request.actor,
            now=now,
        )
    except Refused as refused:
        form.add_error("one_time_code", translated(refused.reason))
        return None
