# SPDX-License-Identifier: AGPL-3.0-or-later
"""The links of a frame: where this page leads, and which of them is the page itself."""

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template.context import Context
from django.urls import NoReverseMatch, reverse

register = template.Library()


@register.inclusion_tag("web/_frame_link.html", takes_context=True)
def frame_link(context: Context, name: str, label: str, key: str = "") -> dict[str, object]:
    """A list item with a link to the page called ``name``; nothing where the program has no such page.

    ``key``: the shortcut that does what the link does.
    """
    try:
        address = reverse(name)
    except NoReverseMatch:
        return {}
    here = _is_here(context.get("request"), address)
    return {"address": address, "label": label, "key": key, "present": here}


@register.inclusion_tag("web/_pages.html", takes_context=True)
def list_pages(context: Context, page: "Page[object]") -> dict[str, object]:
    """Links to the pages of a long list; nothing where one page holds it all."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "shown": list(shown), "request": context.get("request")}


def _is_here(request: HttpRequest | None, address: str) -> bool:
    """The page itself or one below it; the start page is above everything and so only ever itself."""
    if request is None:
        return False
    return request.path == address or (address != "/" and request.path.startswith(address))
