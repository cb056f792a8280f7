# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds every text for people in the program: in templates, in calls of gettext, and in refusals."""

import io
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "watchword"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "sentence": (1,),
    "counted": (1, 2),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
# These speak to operators, on a terminal, in English: their texts are not for the two programs' pages.
UNTRANSLATED = ("cli",)
# Its reasons stand in a table that somebody reads in their own language.
TRANSLATED = ("cli/screen_pairs.py",)


@dataclass(frozen=True)
class Key:
    """What gettext looks a text up by."""

    text: str
    plural: str | None = None
    context: str | None = None


def all_texts() -> dict[Key, list[str]]:
    """Every text with the files that it stands in, in the order of the files."""
    found: dict[Key, list[str]] = defaultdict(list)
    for path in sorted([*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt"), *PACKAGE.rglob("*.py")]):
        relative = path.relative_to(PACKAGE)
        if relative.parts[0] in UNTRANSLATED and str(relative) not in TRANSLATED:
            continue
        if "static" in relative.parts or "migrations" in relative.parts:
            continue
        for key in texts_of(path):
            if str(relative) not in found[key]:
                found[key].append(str(relative))
    return dict(found)


def texts_of(path: Path) -> list[Key]:
    """The texts of one file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # A template is indented as it likes; Python would want each step back to be one that it saw before.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).splitlines())
    keys: list[Key] = []
    for _line, function, message, _comments in extract_python(
        io.BytesIO(source.encode()), dict.fromkeys(KEYWORDS), [], {"encoding": "utf-8"}
    ):
        parts = list(message) if isinstance(message, tuple) else [message]
        if not parts or not isinstance(parts[0], str) or not parts[0]:
            continue
        if function == "counted" or function.startswith("n"):
            keys.append(Key(parts[0], plural=parts[1]))
        elif function.startswith("p"):
            keys.append(Key(parts[1], context=parts[0]))
        else:
            keys.append(Key(parts[0]))
    return keys


def placeholders(text: str) -> set[str]:
    """The names of the gaps in a text."""
    return set(PLACEHOLDER.findall(text))
