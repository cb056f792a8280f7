# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words for people, always in every language of the programme."""

from dataclasses import dataclass

LANGUAGES = ("en", "uk", "ru")


@dataclass(frozen=True)
class Text:
    """The same words in each of LANGUAGES. ``str()`` of it is the English."""

    en: str
    uk: str
    ru: str

    def in_language(self, code: str) -> str:
        """Return the words for a code such as ``uk`` or ``uk-ua``; English when we do not speak it."""
        words = {"en": self.en, "uk": self.uk, "ru": self.ru}
        return words.get(code.lower().replace("_", "-").split("-")[0], self.en)

    def __str__(self) -> str:
        return self.en
