# SPDX-License-Identifier: AGPL-3.0-or-later
"""Brings the catalogues up to date: new texts are added empty, texts that are gone are removed."""

from pathlib import Path

import polib

from tools.texts import PACKAGE, Key, all_texts

LOCALE = PACKAGE / "locale"
# Django's own catalogues count four forms (the fourth is for fractions); ours must agree with them.
PLURALS = (
    "nplurals=4; plural=(n % 1 == 0 && n % 10 == 1 && n % 100 != 11 ? 0 : n % 1 == 0 && n % 10 >= 2"
    " && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : n % 1 == 0 && (n % 10 ==0 || (n % 10 >=5"
    " && n % 10 <=9) || (n % 100 >=11 && n % 100 <=14 )) ? 2: 3);"
)
LANGUAGES = {"uk": "Ukrainian", "ru": "Russian"}


def main() -> None:
    wanted = all_texts()
    for code in LANGUAGES:
        path = LOCALE / code / "LC_MESSAGES" / "django.po"
        merge(path, code, wanted)


def merge(path: Path, code: str, wanted: dict[Key, list[str]]) -> None:
    """Rewrite one catalogue, in the order of the texts' first files, keeping every translation in use."""
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {Key(e.msgid, e.msgid_plural or None, e.msgctxt): e for e in old}
    new = polib.POFile(wrapwidth=0)
    new.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": code,
        "Plural-Forms": PLURALS,
    }
    for key, files in sorted(wanted.items(), key=lambda item: (item[1][0], item[0].text)):
        new.append(entry(key, files, known.get(key)))
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))
    missing = sum(not translated(item) for item in new)
    print(f"{path.relative_to(PACKAGE)}: {len(new)} texts, {missing} without a translation")


def entry(key: Key, files: list[str], old: polib.POEntry | None) -> polib.POEntry:
    fresh = polib.POEntry(msgid=key.text, msgctxt=key.context, occurrences=[(name, "") for name in files[:2]])
    if key.plural is not None:
        fresh.msgid_plural = key.plural
        fresh.msgstr_plural = old.msgstr_plural if old else dict.fromkeys(range(4), "")
    elif old:
        fresh.msgstr = old.msgstr
    if "%(" in key.text:
        fresh.flags = ["python-format"]
    return fresh


def translated(item: polib.POEntry) -> bool:
    """Whether every form that this text needs is there."""
    forms = list(item.msgstr_plural.values()) if item.msgid_plural else [item.msgstr]
    return bool(forms) and all(forms)


if __name__ == "__main__":
    main()
