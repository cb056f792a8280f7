# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days, clocks, numbers and reasons as the house writes them."""

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext

from watchword.core.procedure.text import Text
from watchword.core.refusals import Sentence
from watchword.vault import purposes
from watchword.web.sentences import translated

register = template.Library()

THIN_SPACE = "\u202f"  # the narrow space that does not break


@register.filter
def say(words: Sentence | Text | str | None) -> str:
    """A sentence of the core or a text of the profile in the reader's language; plain text as it is."""
    return translated(words) if isinstance(words, Sentence | Text) else str(words or "")


@register.filter
def purpose(code: str) -> str:
    """What something was opened for."""
    return say(purposes.in_words(code))


@register.filter
def day(value: date | None) -> str:
    """22 Nov 2026; nothing for no day."""
    if value is None:
        return ""
    return _day(_on(value), get_language())


@register.filter
def moment(value: datetime | None) -> str:
    """22 Nov 2026, 14:05, for the Desk; the Gate stores nothing finer than a day."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    written = date_format(local, pgettext("how a minute is written", "j M Y, H:i"))
    return _time(local.isoformat(timespec="minutes"), written)


@register.filter
def deadline(due: date | None, today: date) -> str:
    """4 days left (until 26 Nov); today is the last day; 2 days over (since 26 Nov)."""
    if due is None:
        return ""
    return _deadline(_on(due), _on(today), get_language())


# What the calendar says of a day is the same for everybody and for ever, and slow to put together.
@lru_cache(maxsize=2048)
def _day(on: date, _language: str | None) -> SafeString:
    return _time(on.isoformat(), date_format(on, pgettext("how a day is written", "j M Y")))


@lru_cache(maxsize=2048)
def _deadline(on: date, today: date, _language: str | None) -> str:
    left = (on - today).days
    if left == 0:
        text = gettext("today is the last day (%(day)s)")
    elif left > 0:
        text = ngettext("%(days)d day left (until %(day)s)", "%(days)d days left (until %(day)s)", left)
    else:
        text = ngettext("%(days)d day over (since %(day)s)", "%(days)d days over (since %(day)s)", -left)
    near = date_format(on, pgettext("how a near day is written", "j M"))
    return text % {"days": abs(left), "day": near}


@register.filter
def figure(value: float | None) -> str:
    """12 345 with thin spaces; a dash where there is no figure."""
    return "–" if value is None else f"{value:,}".replace(",", THIN_SPACE)


@register.inclusion_tag("web/_why_not.html")
def why_not(label: str, reason: Sentence | str) -> dict[str, object]:
    """An action that is not open now, with its reason beside it."""
    return {"label": label, "reason": reason}


def _on(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _time(machine: str, written: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine, written)
