# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names the app to Django."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "watchword.matching"
    label = "matching"
