# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names the app to Django."""

from django.apps import AppConfig


class GenuineConfig(AppConfig):
    name = "watchword.genuine"
    label = "genuine"
