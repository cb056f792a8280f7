# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rows of the list of cases, written in one go: as a template, fifty took longer than the rest of a page.

What many rows say alike, a stage, a day or a clock, is put into words once for each list.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from html import escape
from urllib.parse import quote

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from watchword.cases.selectors.lists import CaseRow
from watchword.core.procedure import APPLICANT, Text
from watchword.web.templatetags.words import day, deadline, say

register = template.Library()

PLACE = "WW-0"


@register.simple_tag
def case_rows(rows: Iterable[CaseRow], today: date, selecting: bool = False) -> SafeString:
    """A row of the table for each case; ``today`` is what the clocks are read on.

    ``selecting``: each begins with a box to tick.
    """
    words = _Words(today)
    boxes = _box if selecting else _no_box
    written = "".join(
        f"<tr>{boxes(row, words)}{_first(row, words)}{_others(row, words)}</tr>\n" for row in rows
    )
    return mark_safe(written)  # noqa: S308 - every part of it is escaped below


class _Words:
    """What rows of one list say, in the reader's language and ready for a page; each worked out once."""

    def __init__(self, today: date) -> None:
        self.stage: Callable[[Text], str] = cache(lambda title: escape(say(title)))
        self.day: Callable[[date], str] = cache(day)
        self.clock: Callable[[date], str] = cache(lambda due: escape(deadline(due, today)))
        self.unread: Callable[[int], str] = cache(_unread)
        self.questions: Callable[[int], str] = cache(_questions)
        self.danger = f' <span class="tag tag-danger">{escape(gettext("in danger"))}</span>'
        self.their_turn = f" · {escape(gettext('the applicant’s turn'))}"
        self.choose = escape(gettext("Choose"))
        self.nobody = escape(gettext("nobody yet"))
        # The addresses of all cases differ in the code alone.
        self.around = reverse("cases:case", args=[PLACE]).split(PLACE)


def _box(row: CaseRow, words: _Words) -> str:
    code = escape(row.code)
    return (
        '<td class="tick"><label>'
        f'<input type="checkbox" name="case" value="{code}"><span class="unseen">{words.choose} {code}</span>'
        "</label></td>"
    )


def _no_box(row: CaseRow, words: _Words) -> str:  # noqa: ARG001 - stands in for the other
    return ""


def _first(row: CaseRow, words: _Words) -> str:
    address = quote(row.code).join(words.around)
    alike = ""
    if row.alike:
        alike = render_to_string("cases/_alike.html", {"alike": row.alike, "code": row.code})
    danger = words.danger if row.danger else ""
    link = f'<a class="code" href="{escape(address)}">{escape(row.code)}</a>'
    return f'<th scope="row">{link}{danger}{alike}</th>'


def _others(row: CaseRow, words: _Words) -> str:
    clock = "–"
    if row.due:
        clock = words.clock(row.due) + (words.their_turn if row.clock_holder == APPLICANT else "")
    cells = (
        words.stage(row.stage),
        words.day(timezone.localtime(row.since).date()),
        clock,
        escape(row.keeper) or words.nobody,
        (words.unread(row.unread) + words.questions(row.questions)) or "–",
    )
    return "".join(f"<td>{cell}</td>" for cell in cells)


def _unread(number: int) -> str:
    if not number:
        return ""
    said = ngettext("%(unread)s unread", "%(unread)s unread", number) % {"unread": number}
    return f'<span class="tag tag-accent">{escape(said)}</span>'


def _questions(number: int) -> str:
    if not number:
        return ""
    return (
        f" {escape(ngettext('%(open)s question open', '%(open)s questions open', number) % {'open': number})}"
    )
