# SPDX-License-Identifier: AGPL-3.0-or-later
"""The journal app: at start it makes sure that the database itself refuses to change what was recorded."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    """Entries on their way into the ledger, and what the timeline shows of them."""

    name = "watchword.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from watchword.journal import guards

        post_migrate.connect(guards.install_after_migrate, sender=self)
        register(guards.check_guards, Tags.database)
