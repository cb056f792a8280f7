# SPDX-License-Identifier: AGPL-3.0-or-later
"""On which line of a TOML file a key stands, by the path under which faults name it: the parser does not say.

A path is like ``sections[motivation].questions[why].label.uk``: tables of a list are named by their ``id``,
or by their number when they have none.
"""

import re
from dataclasses import dataclass, field

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-]+(?:\s*\.\s*[A-Za-z0-9_\-]+)*)\s*=\s*(.*)")
_STEP = re.compile(r"([^.\[\]]+)(?:\[([^\]]*)\])?")
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')
_LONG = re.compile(r'"""|\'\'\'')


@dataclass
class _Node:
    """A table, and where it begins. ``rows`` are the tables of the list of this name."""

    line: int
    id: str = ""
    inner: dict[str, "_Node"] = field(default_factory=dict)
    rows: list["_Node"] = field(default_factory=list)

    def step(self, name: str, line: int) -> "_Node":
        return self.inner.setdefault(name, _Node(line))


def line_of(text: str, path: str) -> int:
    """Return the line, from 1, on which ``path`` stands; that of what holds it when it is missing."""
    node = _read(text)
    for name, row in _STEP.findall(path):
        if name not in node.inner:
            break
        node = node.inner[name]
        if row and not node.rows:
            break
        if row:
            node = next((one for place, one in enumerate(node.rows) if row in (one.id, str(place))), node)
    return node.line


def _read(text: str) -> _Node:
    root = here = _Node(1)
    until, depth = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if until:
            until = "" if until in line else until
        elif depth > 0:
            depth += _open_brackets(line)
        elif header := _HEADER.match(line):
            here = _enter(root, header[2].split("."), number, row=header[1] == "[[")
        elif key := _KEY.match(line):
            _note(here, key[1], key[2], number)
            until = _unfinished(key[2])
            depth = 0 if until else _open_brackets(key[2])
    return root


def _enter(root: _Node, names: list[str], line: int, *, row: bool) -> _Node:
    node = root
    for name in names[:-1]:
        node = node.step(name, line)
        node = node.rows[-1] if node.rows else node
    node = node.step(names[-1], line)
    if row:
        node.rows.append(_Node(line))
    return node.rows[-1] if row else node


def _note(here: _Node, key: str, value: str, line: int) -> None:
    if key == "id" and (found := _QUOTED.match(value)):
        here.id = found[0][1:-1]
    node = here
    for name in key.split("."):
        node = node.step(name.strip(), line)


def _unfinished(value: str) -> str:
    """The quotes that end a text of several lines which begins here, if one does."""
    marks = _LONG.findall(value)
    return str(marks[0]) if len(marks) == 1 else ""


def _open_brackets(text: str) -> int:
    bare = _QUOTED.sub("", text).partition("#")[0]
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
