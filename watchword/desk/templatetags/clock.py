# SPDX-License-Identifier: AGPL-3.0-or-later
"""The minute in which a page is drawn, and how long the keys stay unlocked, in words."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import ngettext

register = template.Library()


@register.simple_tag
def this_minute() -> datetime:
    """When the page is drawn, for what is printed of it."""
    return timezone.now()


@register.filter
def locks_in(at: datetime) -> str:
    """The whole minutes that are left if no further page is asked for."""
    minutes = max(0, int((at - timezone.now()).total_seconds() // 60))
    return ngettext("locks in %(minutes)d minute", "locks in %(minutes)d minutes", minutes) % {
        "minutes": minutes
    }
