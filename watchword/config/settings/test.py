# SPDX-License-Identifier: AGPL-3.0-or-later
"""Both programs in one process, for tests of single rooms; journeys start the real two."""

import os
import tempfile
from pathlib import Path

from watchword.config import env as environment
from watchword.config.settings.base import *  # noqa: F403 - Django settings are one flat namespace
from watchword.config.settings.base import STORAGES as BASE_STORAGES

WATCHWORD_PROGRAM = "desk"
WATCHWORD_DIR = Path(tempfile.gettempdir()) / "watchword-tests-set-their-own"

SECRET_KEY = "tests only"  # noqa: S105 - signs forms of tests, nothing else
# The tests' PostgreSQL is started by tests/conftest.py, which sets this before Django reads settings.
DATABASES = {"default": environment.database(os.environ.get("WATCHWORD_TEST_DATABASE", ""), Path(":memory:"))}
if not os.environ.get("WATCHWORD_TEST_DATABASE"):
    DATABASES["default"]["TEST"] = {"NAME": None}
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "watchword.config.urls_desk"
# Tests look files up by the names that they have on the disk.
STORAGES = BASE_STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "watchword.web",
    "watchword.keystore",
    "watchword.journal",
    "watchword.vault",
    "watchword.accounts",
    "watchword.intake",
    "watchword.genuine",
    "watchword.cases",
    "watchword.custody",
    "watchword.vetting",
    "watchword.matching",
    "watchword.screening",
    "watchword.protection",
    "watchword.decisions",
    "watchword.oversight",
    "watchword.courier.gateside",
    "watchword.courier.deskside",
    "watchword.gate",
    "watchword.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "watchword.web.headers.Headers",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "watchword.web.once.OncePerPage",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "watchword.accounts.middleware.DeskSessions",
    "watchword.web.errors.Refusals",
]
SECURE_CSP = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'"

WATCHWORD_PROFILE = "legion"
WATCHWORD_MANIFEST = WATCHWORD_DIR / "manifest.note"
WATCHWORD_ROOTS: list[str] = []
WATCHWORD_ROOTS_NEEDED = 2
WATCHWORD_LEDGER_DIR = WATCHWORD_DIR / "ledger"
WATCHWORD_LEDGER_KEY = WATCHWORD_DIR / "keys" / "ledger.key"
WATCHWORD_DESK_KEY = WATCHWORD_DIR / "keys" / "desk.key"
WATCHWORD_COURIER_KEY = WATCHWORD_DIR / "keys" / "courier.key"
WATCHWORD_VAULT_DIR = WATCHWORD_DIR / "vault"
WATCHWORD_KEYSTORE_DIR = WATCHWORD_DIR / "keystore"
WATCHWORD_KEYSTORE_ROOT_DIR = WATCHWORD_DIR / "keystore" / "root"
WATCHWORD_LISTS = WATCHWORD_DIR / "lists"
WATCHWORD_MATCHER = ""
WATCHWORD_GATE_ADDRESS = ""
WATCHWORD_COURIER_SECONDS = 60
WATCHWORD_ONION = ""
WATCHWORD_SECURITY_CONTACT = ""
WATCHWORD_LEAVE_ADDRESS = ""
WATCHWORD_DEMO = False
WATCHWORD_DEMO_CAST = WATCHWORD_DIR / "demo-cast.json"
# The smallest Argon2id that libargon2 takes seriously, so that a hundred log-ins fit in a test run.
WATCHWORD_PASSPHRASE_PASSES = 1
WATCHWORD_PASSPHRASE_KIB = 64
SECURE_COOKIES = False
