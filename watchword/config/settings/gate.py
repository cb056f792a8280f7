# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Gate: public, and without a key that opens anything."""

from watchword.config import env as environment
from watchword.config.apps import GATE
from watchword.config.settings.base import *  # noqa: F403 - Django settings are one flat namespace

WATCHWORD_PROGRAM = "gate"
WATCHWORD_DIR = environment.program_directory()
env = environment.read(WATCHWORD_DIR)

SECRET_KEY = environment.secret(WATCHWORD_DIR / "forms.key")
DATABASES = {
    "default": environment.database(env.str("WATCHWORD_DATABASE", ""), WATCHWORD_DIR / "gate.sqlite3")
}
ALLOWED_HOSTS = env.list("WATCHWORD_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = environment.origins(ALLOWED_HOSTS)
ROOT_URLCONF = "watchword.config.urls_gate"
WSGI_APPLICATION = "watchword.config.wsgi_gate.application"
INSTALLED_APPS = list(GATE)
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "watchword.config.static_names.HashedFiles",
    "watchword.web.headers.Headers",
    "watchword.gate.onion.OnionLocation",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "watchword.web.errors.Refusals",
]
SECURE_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'"
)

WATCHWORD_PROFILE = env.str("WATCHWORD_PROFILE", "")
WATCHWORD_MANIFEST = WATCHWORD_DIR / "manifest.note"
WATCHWORD_ROOTS: list[str] = env.list("WATCHWORD_ROOTS", [])
WATCHWORD_ROOTS_NEEDED = env.int("WATCHWORD_ROOTS_NEEDED", 2)
WATCHWORD_ONION = env.str("WATCHWORD_ONION", "")
WATCHWORD_SECURITY_CONTACT = env.str("WATCHWORD_SECURITY_CONTACT", "")
WATCHWORD_LEAVE_ADDRESS = env.str("WATCHWORD_LEAVE_ADDRESS", "")
WATCHWORD_DEMO = env.bool("WATCHWORD_DEMO", False)
SECURE_COOKIES = env.bool("WATCHWORD_SECURE_COOKIES", not WATCHWORD_DEMO)
CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE = SECURE_COOKIES
