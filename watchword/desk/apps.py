# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desk app: the shell that holds the others."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Home page and navigation; no models."""

    name = "watchword.desk"
    label = "desk"
