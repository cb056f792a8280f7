# SPDX-License-Identifier: AGPL-3.0-or-later
"""The app that keeps sealed applications at the Gate until the Desk has fetched them."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "watchword.intake"
    label = "intake"
