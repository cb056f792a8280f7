# SPDX-License-Identifier: AGPL-3.0-or-later
"""Registers the Gate's half of the courier with Django."""

from django.apps import AppConfig


class GatesideConfig(AppConfig):
    name = "watchword.courier.gateside"
    label = "courier_gateside"
