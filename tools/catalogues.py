# SPDX-License-Identifier: AGPL-3.0-or-later
"""Compiles the message catalogues: .po (written by people, committed) to .mo (read by Django, built)."""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "watchword" / "locale"


def main() -> None:
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


if __name__ == "__main__":
    main()
