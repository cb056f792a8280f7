# SPDX-License-Identifier: AGPL-3.0-or-later
"""The key store's app."""

from django.apps import AppConfig


class KeystoreConfig(AppConfig):
    """One secret for each case, which is destroyed with it."""

    name = "watchword.keystore"
    label = "keystore"
    default_auto_field = "django.db.models.BigAutoField"
