# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files and functions that can be read at a sitting; a strained limit means that a room is missing."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 50, 120
FOLDERS = ("watchword", "tests", "tools", "bench")
SOURCES = sorted(
    path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "watchword").rglob("templates/**/*.html"))
BANNED_NAMES = {"utils", "helpers", "common", "misc", "manager", "managers", "handler", "handlers"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_source_file_can_be_read_at_a_sitting(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    long = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]
    assert text.count("\n") <= FILE_LINES
    assert long == []
    assert text.startswith("# SPDX-License-Identifier: AGPL-3.0-or-later\n")
    assert path.stem not in BANNED_NAMES
    if len(tree.body) > 0:
        assert ast.get_docstring(tree), "a module says in one sentence what it is for"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_can_be_read_at_a_sitting(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= TEMPLATE_LINES


def test_there_is_something_to_measure() -> None:
    assert len(SOURCES) > 50
    assert len(TEMPLATES) > 10
