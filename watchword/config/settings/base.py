# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Gate and Desk have in common; neither is started from here."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from watchword.config.static_headers import add_headers

PACKAGE = Path(__file__).resolve().parents[2]

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("uk", _("Ukrainian")), ("ru", _("Russian"))]
LANGUAGE_COOKIE_NAME = "lang"
LANGUAGE_COOKIE_AGE = None  # gone with the browser
LANGUAGE_COOKIE_SAMESITE = "Strict"
LOCALE_PATHS = [PACKAGE / "locale"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DEBUG = False

# One byte more than the largest plain form; files go through sealing upload handlers alone.
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
# A list of sixty entries, each of some controls; core/procedure/collecting.py allows no longer pages.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
# A name that no code can serve: whatever slipped past the sealing handler is refused, not written in clear.
FILE_UPLOAD_HANDLERS: list[str] = []

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "watchword.config.static_names.HashedNames"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = add_headers

FORM_RENDERER = "watchword.web.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "watchword.web.context.program",
            ]
        },
    }
]

# Ends with the browser, is not read by scripts, is not sent from other sites.
CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "watchword.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
# There are no sessions of Django's; its messages take the flags of their cookie from here.
SESSION_COOKIE_SAMESITE = "Strict"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" makes browsers send Origin: null, and every form fails
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Nothing of a request may reach a log: only the fact that something failed, and where in the code.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_content": {"()": "watchword.config.logs.WithoutContent"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["no_content"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "httpx": {"level": "WARNING"},
    },
}

# Argon2id: passes and KiB of a staff passphrase; see docs/spec/envelope.md.
WATCHWORD_PASSPHRASE_PASSES = 3
WATCHWORD_PASSPHRASE_KIB = 256 * 1024
