# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings for drawing pages of the Gate into files: no directory, no database, no key, no address."""

from pathlib import Path

from watchword.config.apps import GATE
from watchword.config.settings.base import *  # noqa: F403 - Django settings are one flat namespace

WATCHWORD_PROGRAM = "gate"
WATCHWORD_PROFILE = ""
WATCHWORD_DEMO = False
WATCHWORD_DIR = WATCHWORD_MANIFEST = Path("/nonexistent")
WATCHWORD_ROOTS: list[str] = []
WATCHWORD_ROOTS_NEEDED = 2
WATCHWORD_LEAVE_ADDRESS = ""
SECURE_COOKIES = True

# Signs the tokens of forms that can be sent nowhere.
SECRET_KEY = "drawn pages are sent nowhere"  # noqa: S105 - no secret
DATABASES: dict[str, object] = {}
ROOT_URLCONF = "watchword.config.urls_gate"
# Beside the pages, which are opened as files, under the names that they have there.
STATIC_URL = "static/"
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
INSTALLED_APPS = list(GATE)
