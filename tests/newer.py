# SPDX-License-Identifier: AGPL-3.0-or-later
"""A second version of the legion’s procedure, beside the one that cases began under."""

import re
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

LEGION = Path(str(files("watchword.profiles") / "legion"))
_HANDOVER = re.compile(r'\[\[evidence_kinds\]\]\nid = "prescreen"\n.*?\n\n', re.DOTALL)


def second_version(home: Path, part: str, change: Callable[[str], str]) -> Path:
    """Lay the legion's profile into ``home``: the present one as version 1, another as version 2."""
    own = Path(shutil.copytree(LEGION, home / "profiles" / "legion"))
    shutil.copytree(LEGION, own / "v1")
    for name, edit in (("profile", _raised), (part, change)):
        file = own / f"{name}.toml"
        before = file.read_text("utf-8")
        file.write_text(edit(before), "utf-8")
        assert file.read_text("utf-8") != before
    return home


def without_handover(home: Path) -> Path:
    """Version 2 knows no hand-over from pre-screening: every case that has one would lose something."""
    return second_version(home, "profile", lambda text: _HANDOVER.sub("", text))


def with_slower_checks(home: Path) -> Path:
    """Version 2 gives the checks 40 days."""
    return second_version(home, "stages", lambda text: text.replace("clock_days = 25", "clock_days = 40"))


def _raised(text: str) -> str:
    return text.replace("version = 1\n", "version = 2\n")
