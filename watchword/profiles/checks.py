# SPDX-License-Identifier: AGPL-3.0-or-later
"""A program does not start with a profile that is missing or broken."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from watchword.core.procedure import ProfileError
from watchword.core.refusals import NotFound
from watchword.profiles.loading import load


@register()
def profile_is_sound(
    app_configs: Sequence[AppConfig] | None = None,  # noqa: ARG001 - Django's signature
    **kwargs: object,  # noqa: ARG001
) -> list[CheckMessage]:
    """Load the profile of WATCHWORD_PROFILE and report everything that is wrong with it."""
    try:
        load(settings.WATCHWORD_PROFILE)
    except NotFound as refusal:
        return [
            Error(
                str(refusal),
                hint="Set WATCHWORD_PROFILE to one of those that `watchword profile check` names.",
                id="profiles.E001",
            )
        ]
    except ProfileError as error:
        return faults(error)
    return []


def faults(error: ProfileError) -> list[CheckMessage]:
    """One message a fault, each with its file and key."""
    return [Error(str(problem), id="profiles.E002") for problem in error.problems]
