# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names the app to Django."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "watchword.screening"
    label = "screening"
