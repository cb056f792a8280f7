# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names the app to Django."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    name = "watchword.custody"
    label = "custody"
