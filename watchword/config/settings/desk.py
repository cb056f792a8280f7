# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Desk: internal, holds the sealed records and the ledger."""

from watchword.config import env as environment
from watchword.config.settings.base import *  # noqa: F403 - Django settings are one flat namespace

WATCHWORD_PROGRAM = "desk"
WATCHWORD_DIR = environment.program_directory()
env = environment.read(WATCHWORD_DIR)

SECRET_KEY = environment.secret(WATCHWORD_DIR / "forms.key")
DATABASES = {
    "default": environment.database(env.str("WATCHWORD_DATABASE", ""), WATCHWORD_DIR / "desk.sqlite3")
}
ALLOWED_HOSTS = env.list("WATCHWORD_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = environment.origins(ALLOWED_HOSTS)
ROOT_URLCONF = "watchword.config.urls_desk"
WSGI_APPLICATION = "watchword.config.wsgi_desk.application"
INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "watchword.web",
    "watchword.keystore",
    "watchword.journal",
    "watchword.vault",
    "watchword.accounts",
    "watchword.genuine",
    "watchword.cases",
    "watchword.custody",
    "watchword.vetting",
    "watchword.matching",
    "watchword.screening",
    "watchword.protection",
    "watchword.decisions",
    "watchword.oversight",
    "watchword.courier.deskside",
    "watchword.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "watchword.config.static_names.HashedFiles",
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
SECURE_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

WATCHWORD_PROFILE = env.str("WATCHWORD_PROFILE", "")
WATCHWORD_MANIFEST = WATCHWORD_DIR / "manifest.note"
WATCHWORD_ROOTS: list[str] = env.list("WATCHWORD_ROOTS", [])
WATCHWORD_ROOTS_NEEDED = env.int("WATCHWORD_ROOTS_NEEDED", 2)
WATCHWORD_LEDGER_DIR = WATCHWORD_DIR / "ledger"
WATCHWORD_LEDGER_KEY = WATCHWORD_DIR / "keys" / "ledger.key"
WATCHWORD_DESK_KEY = WATCHWORD_DIR / "keys" / "desk.key"
WATCHWORD_COURIER_KEY = WATCHWORD_DIR / "keys" / "courier.key"
WATCHWORD_VAULT_DIR = WATCHWORD_DIR / "vault"
# Best on a small disk of its own, the root best where it does not survive: see docs/spec/keystore.md.
WATCHWORD_KEYSTORE_DIR = environment.place(env.str("WATCHWORD_KEYSTORE", ""), WATCHWORD_DIR / "keystore")
WATCHWORD_KEYSTORE_ROOT_DIR = environment.place(
    env.str("WATCHWORD_KEYSTORE_ROOT", ""), WATCHWORD_KEYSTORE_DIR / "root"
)
WATCHWORD_LISTS = WATCHWORD_DIR / "lists"
# The socket of the matcher, a process of its own; without one nobody looks for second applications.
WATCHWORD_MATCHER = env.str("WATCHWORD_MATCHER", "")
WATCHWORD_GATE_ADDRESS = env.str("WATCHWORD_GATE_ADDRESS", "")
WATCHWORD_COURIER_SECONDS = env.int("WATCHWORD_COURIER_SECONDS", 60)
WATCHWORD_LEAVE_ADDRESS = ""
WATCHWORD_DEMO = env.bool("WATCHWORD_DEMO", False)
WATCHWORD_DEMO_CAST = WATCHWORD_DIR / "demo-cast.json"
WATCHWORD_PASSPHRASE_PASSES = env.int("WATCHWORD_PASSPHRASE_PASSES", 3)
WATCHWORD_PASSPHRASE_KIB = env.int("WATCHWORD_PASSPHRASE_KIB", 256 * 1024)
SECURE_COOKIES = env.bool("WATCHWORD_SECURE_COOKIES", not WATCHWORD_DEMO)
CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE = SECURE_COOKIES
