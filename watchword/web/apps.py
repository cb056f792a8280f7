# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registers what every page shares: templates, styles, template tags."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app label is ``web``; it has no models."""

    name = "watchword.web"
    label = "web"

    def ready(self) -> None:
        from watchword.profiles import checks  # noqa: F401 - registers the check that both programs need
