# SPDX-License-Identifier: AGPL-3.0-or-later
"""Roles in the reader's words."""

from django import template

from watchword.accounts.role_titles import title

register = template.Library()


@register.filter
def role_title(role: str) -> str:
    """The profile's title of a role, in the reader's language."""
    return title(role)
