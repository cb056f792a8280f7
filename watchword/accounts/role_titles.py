# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the roles are called: the profile's words, in the reader's language."""

from django.conf import settings
from django.utils.translation import get_language, gettext

from watchword import profiles
from watchword.accounts.rules import CONTENT_ROLES, COURIER, GRANTABLE_ROLES


def title(role: str) -> str:
    """The title of one role; the bare id when the profile has no words for it."""
    if role == COURIER:
        return gettext("Courier (a program)")
    titles = {known.id: known.title for known in profiles.load(settings.WATCHWORD_PROFILE).roles}
    return titles[role].in_language(get_language() or "en") if role in titles else role


def of_this_profile() -> frozenset[str]:
    """The roles that the profile has, with its seats."""
    return frozenset(role.id for role in profiles.load(settings.WATCHWORD_PROFILE).roles)


def choices() -> list[tuple[str, str]]:
    """Every role of the profile that can be granted, the reading ones first."""
    known = of_this_profile()
    ordered = [*sorted(CONTENT_ROLES & known), *sorted(GRANTABLE_ROLES & known - CONTENT_ROLES)]
    return [(role, title(role)) for role in ordered]
