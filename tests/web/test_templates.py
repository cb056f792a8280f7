# SPDX-License-Identifier: AGPL-3.0-or-later
"""What no template may hold: the headers would refuse it, or Tor Browser at its safest would not show it."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "watchword"
FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "an event attribute": r"<[a-z][^>]*\son[a-z]+\s*=",
    "a style element": r"<style\b",
    "an inline script": r"<script\b(?![^>]*\ssrc=)",
    "a data address": r"\bdata:[a-z]",
    "a script address": r"javascript:",
    "text taken for markup": r"\|\s*safe\b|\{%\s*autoescape\s+off",
}
BUILT = PACKAGE / "web" / "static" / "built"
GATE = ("gate", "intake")
AT_THE_GATE = {
    "a drawing": r"<svg\b|\.svg\b",
    "a script": r"<script\b(?! defer src=\"\{% static 'built/)",
    "a frame": r"<i?frame\b",
}


def templates(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted(PACKAGE.glob(f"{room}/templates/**/*.html"))]


def classes_named(path: Path) -> set[str]:
    text = re.sub(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return {name for value in re.findall(r'\bclass="([^"]*)"', text) for name in value.split()}


def classes_styled(*programs: str) -> set[str]:
    text = "".join((BUILT / f"{program}.css").read_text(encoding="utf-8") for program in programs)
    return set(re.findall(r"\.([a-z][a-z0-9-]*)", text))


def found(text: str, rules: dict[str, str]) -> list[str]:
    return [name for name, rule in rules.items() if re.search(rule, text, re.IGNORECASE)]


@pytest.mark.parametrize("path", templates("*"), ids=lambda path: path.name)
def test_no_template_holds_what_the_headers_refuse(path: Path) -> None:
    assert found(path.read_text(encoding="utf-8"), FORBIDDEN) == []


@pytest.mark.parametrize("path", templates(*GATE, "web"), ids=lambda path: path.name)
def test_no_template_of_the_gate_holds_what_the_safest_browser_refuses(path: Path) -> None:
    assert found(path.read_text(encoding="utf-8"), AT_THE_GATE) == []


@pytest.mark.parametrize("path", templates("*"), ids=lambda path: path.name)
def test_every_class_is_one_that_the_program_has_a_style_for(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0]
    programs = ("gate", "desk") if room == "web" else ("gate",) if room in GATE else ("desk",)
    styled = classes_styled(*programs)
    unknown = classes_named(path) - styled
    # A name that a template completes must be the beginning of one.
    begun = {name for name in unknown if name.endswith("-") and any(one.startswith(name) for one in styled)}
    assert unknown - begun == set()


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color: red">', '<p class="x"\n  style = "x">', "<body onload='x'>", "<script>1</script>",
        '<img src="data:image/png;base64,x">', '<a href="JavaScript:x">', "{{ text|safe }}",
        "<style>p{}</style>",
    ],
)  # fmt: skip
def test_the_rules_find_what_they_are_for(bad: str) -> None:
    assert found(bad, FORBIDDEN)


def test_a_script_of_our_own_is_not_taken_for_an_inline_one() -> None:
    assert not found('<script src="/static/built/desk.js"></script>', FORBIDDEN)
