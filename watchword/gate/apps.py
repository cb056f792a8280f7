# SPDX-License-Identifier: AGPL-3.0-or-later
"""The public program: the pages that an applicant sees."""

from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "watchword.gate"
    label = "gate"

    def ready(self) -> None:
        from watchword.gate import checks  # noqa: F401 - registers the checks once apps are loaded
