# SPDX-License-Identifier: AGPL-3.0-or-later
"""The vault app."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Sealed records at rest."""

    name = "watchword.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"
