# SPDX-License-Identifier: AGPL-3.0-or-later
"""The oversight app."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """What auditors look at; no models of its own."""

    name = "watchword.oversight"
    label = "oversight"
