# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reader's language on the command line, without the settings of any program."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.utils import translation

from watchword.core.refusals import Sentence
from watchword.web.sentences import translated

LANGUAGES = ("en", "uk", "ru")
LOCALE = Path(__file__).resolve().parents[1] / "locale"


@contextmanager
def speaking(language: str) -> Iterator[Callable[[Sentence], str]]:
    """Within it, the function given says a sentence in ``language``."""
    if not settings.configured:
        settings.configure(USE_I18N=True, LOCALE_PATHS=[LOCALE], INSTALLED_APPS=[])
        django.setup()
    with translation.override(language):
        yield translated
