# SPDX-License-Identifier: AGPL-3.0-or-later
"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Staff, roles, keys and sessions."""

    name = "watchword.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
