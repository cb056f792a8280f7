# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registers the Desk's half of the courier with Django."""

from django.apps import AppConfig


class DesksideConfig(AppConfig):
    name = "watchword.courier.deskside"
    label = "courier_deskside"
