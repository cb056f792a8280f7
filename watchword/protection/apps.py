# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names the app to Django."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "watchword.protection"
    label = "protection"
