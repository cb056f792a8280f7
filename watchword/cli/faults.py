# SPDX-License-Identifier: AGPL-3.0-or-later
"""Says the faults of a profile's files as ``file:line: place: what``, for an editor to jump to."""

import re
from collections.abc import Iterable
from importlib.resources.abc import Traversable
from pathlib import Path

from watchword.cli.toml_lines import line_of
from watchword.core.procedure import Problem

_AT_LINE = re.compile(r"at line (\d+)")


def lines(folder: Traversable, problems: Iterable[Problem]) -> list[str]:
    """One line a fault; the files that the faults name are looked for in ``folder``."""
    texts: dict[str, str] = {}
    found = []
    for problem in problems:
        file = folder / Path(problem.file).name
        if str(file) not in texts:
            texts[str(file)] = file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""
        found.append(told(str(file), texts[str(file)], problem))
    return found


def told(file: str, text: str, problem: Problem) -> str:
    """The fault ``problem`` of ``file``, which holds ``text``."""
    at = _AT_LINE.search(str(problem.what))
    line = int(at[1]) if at and not problem.path else line_of(text, problem.path)
    where = f"{problem.path}: " if problem.path else ""
    return f"{file}:{line}: {where}{problem.what}"
