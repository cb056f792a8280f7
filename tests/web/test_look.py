# SPDX-License-Identifier: AGPL-3.0-or-later
"""The colours can be told apart in both themes, and the styles stay small."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STYLES = ROOT / "frontend" / "styles"
BUILT = ROOT / "watchword" / "web" / "static" / "built"

GROUNDS = ["paper", "surface", "sunk", "accent-wash", "warning-wash", "danger-wash", "success-wash"]
TEXT = [(ink, ground) for ink in ("ink", "muted", "accent", "accent-deep") for ground in GROUNDS]
TEXT += [
    (state, ground)
    for state in ("warning", "danger", "success")
    for ground in ("paper", "surface", "sunk", f"{state}-wash")
]
TEXT += [("on-fill", fill) for fill in ("accent", "accent-deep", "danger")] + [("paper", "ink")]
PARTS = [(part, ground) for part in ("edge", "accent", "danger") for ground in GROUNDS]
# The ring is amber outside and dark inside: one of the two stands out from whatever is around.
PARTS += [("focus", "focus-line")]


@cache
def theme(name: str) -> dict[str, str]:
    text = (STYLES / "_tokens.scss").read_text(encoding="utf-8")
    light, dark, printed = re.split(r"@media \((?:prefers-color-scheme: dark)\)|@media print", text)
    block = {"light": light, "dark": dark, "print": printed}[name]
    return dict(re.findall(r"^ *--([a-z-]+): (#[0-9a-f]{6});$", block, re.MULTILINE))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read_on_its_ground(name: str, ink: str, ground: str) -> None:
    colours = theme(name)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("part", "ground"), PARTS)
def test_parts_can_be_found_on_their_ground(name: str, part: str, ground: str) -> None:
    colours = theme(name)
    assert contrast(colours[part], colours[ground]) >= 3


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_focus_ring_can_be_seen_on_every_ground(name: str) -> None:
    colours = theme(name)
    for ground in [*GROUNDS, "ink", "accent", "danger"]:
        ring = max(contrast(colours[part], colours[ground]) for part in ("focus", "focus-line"))
        assert ring >= 3, ground


def test_every_theme_names_every_colour() -> None:
    assert theme("dark").keys() == theme("light").keys()
    assert theme("light").keys() - theme("print").keys() == {"focus", "focus-line"}


def test_only_the_tokens_name_a_colour() -> None:
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)
    for path in STYLES.rglob("*.scss"):
        if path.name != "_tokens.scss":
            assert not colour.search(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize(("program", "most"), [("gate", 10_000), ("desk", 15_000)])
def test_the_styles_are_light_enough_for_a_slow_line(program: str, most: int) -> None:
    assert len(gzip.compress((BUILT / f"{program}.css").read_bytes())) <= most


@pytest.mark.parametrize("program", ["gate", "desk"])
def test_the_styles_fetch_nothing_and_name_no_source(program: str) -> None:
    text = (BUILT / f"{program}.css").read_text(encoding="utf-8")
    for forbidden in ("url(", "@import", "@font-face", "sourceMappingURL"):
        assert forbidden not in text
