# SPDX-License-Identifier: AGPL-3.0-or-later
"""Documents that cannot be wrong without somebody noticing."""

import re
from pathlib import Path

import pytest

from tools.reference import REFERENCE, pages
from watchword import __version__
from watchword.cli.main import parser

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`[^`\n]*`")
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
CODE_PATH = re.compile(r"`((?:watchword|tests|tools|bench|docs)/[\w./-]+)`")


STATES = [
    "states.md",
    *(f"states-{name}.{kind}" for name in ("legion", "observers") for kind in ("md", "svg")),
]


@pytest.mark.parametrize("name", [*STATES, "permissions.md", "events.md", "settings.md"])
def test_a_generated_page_is_up_to_date(name: str) -> None:
    assert (REFERENCE / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    text = CODE.sub("", path.read_text(encoding="utf-8"))
    targets = [link for link in LINK.findall(text) if "://" not in link]
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("folder", ["how-to", "spec"])
def test_the_readme_leads_to_every_page(folder: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    linked = {link for link in LINK.findall(readme) if link.startswith(f"docs/{folder}/")}
    assert linked == {f"docs/{folder}/{path.name}" for path in (ROOT / "docs" / folder).glob("*.md")}


def test_the_architecture_names_every_command() -> None:
    drawing = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^  cli/ +`watchword (.+)`$", drawing, re.MULTILINE)
    [commands] = [
        action.choices
        for action in parser()._subparsers._group_actions  # type: ignore[union-attr]  # argparse shows them nowhere else
        if action.choices
    ]
    assert set(line.split(" | ")) == set(commands)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_file_that_is_named_exists(path: Path) -> None:
    named = CODE_PATH.findall(path.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_picture_says_in_words_what_it_shows(path: Path) -> None:
    assert [file for words, file in IMAGE.findall(path.read_text(encoding="utf-8")) if len(words) < 15] == []


def test_no_screenshot_is_left_over() -> None:
    shown = {
        (path.parent / file).resolve()
        for path in DOCUMENTS
        for _, file in IMAGE.findall(path.read_text(encoding="utf-8"))
    }
    taken = set((ROOT / "docs" / "screenshots").glob("*.png"))
    assert taken, "the journeys take the screenshots"
    assert {path.name for path in taken if path.resolve() not in shown} == set()


def test_the_changelog_knows_this_version() -> None:
    assert f"## {__version__} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
