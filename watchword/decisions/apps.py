# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names the app to Django, puts its guards in place after every migration and checks that they stay."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, pre_migrate


class DecisionsConfig(AppConfig):
    name = "watchword.decisions"
    label = "decisions"

    def ready(self) -> None:
        """A migration finds no guard in its way, and leaves all of them standing."""
        from watchword.decisions import procedure, triggers

        pre_migrate.connect(triggers.lift_before_migrate, sender=self, dispatch_uid="decisions.lift")
        post_migrate.connect(triggers.install_after_migrate, sender=self, dispatch_uid="decisions.triggers")
        register(triggers.check_installed, Tags.database)
        register(procedure.check_fits)
