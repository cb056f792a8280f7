# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers that people copy from paper: reading what they type, and the two digits that notice a slip."""

import unicodedata

# What people, pens and copying put between groups: spaces, dashes, marks of direction, full stops, commas.
_SEPARATORS = ("Zs", "Pd", "Cf", "Cc")


def ascii_digits(text: str) -> str | None:
    """The digits of any script in ``text``, without what stands between; None for any other sign."""
    digits = [_digit(letter) for letter in unicodedata.normalize("NFKC", text)]
    return None if None in digits else "".join(filter(None, digits))


def check_digits(body: str) -> str:
    """ISO 7064 MOD 97-10: the body with these two leaves 1 when divided by 97, as one number."""
    return f"{98 - int(body) * 100 % 97:02d}"


def _digit(letter: str) -> str | None:
    """The ASCII digit that a character stands for, nothing for a separator, None for anything else."""
    value = unicodedata.decimal(letter, None)
    if value is not None:
        return str(value)
    return "" if unicodedata.category(letter) in _SEPARATORS or letter in "._," else None
