# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes docs/reference/ from the program itself, so that those pages cannot be wrong."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- Made by `make docs` from the program; changes here are lost. -->\n\n"
SETTING = re.compile(r'env\.(\w+)\("(WATCHWORD_\w+)", ([^)]+)\)')


def pages() -> Mapping[str, str]:
    """Every generated page by its file name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watchword.config.settings.test")
    django.setup()
    # Only now may modules be imported that read settings.
    return {
        **states(),
        "permissions.md": MADE + permissions(),
        "events.md": MADE + events(),
        "settings.md": MADE + settings(),
    }


def states() -> dict[str, str]:
    """The stages of every profile that comes along: a page and a drawing each, and a page that lists them."""
    from watchword.cli.profile_check import shipped
    from watchword.core.procedure import states_markdown
    from watchword.core.procedure.drawing import states_svg
    from watchword.profiles import load

    profiles = [load(name) for name in shipped()]
    lines = ["# Stages", "", "The procedures that come along, drawn from their files.", ""]
    lines += [f"* [{profile.title}](states-{profile.name}.md)" for profile in profiles]
    made = {"states.md": MADE + "\n".join(lines) + "\n"}
    for profile in profiles:
        made[f"states-{profile.name}.md"] = MADE + states_markdown(profile)
        made[f"states-{profile.name}.svg"] = states_svg(profile, "en", days=lambda n: f"{n} days", alone=True)
    return made


def permissions() -> str:
    from watchword.accounts.rules import CUSTODIANS, ROLE_PERMISSIONS, Permission

    # The seats of custody are alike, and sixteen columns would say one thing.
    columns = {"custodian": "custodian-1"} | {one: one for one in ROLE_PERMISSIONS.keys() - CUSTODIANS}
    roles = sorted(columns)
    lines = [
        "# Who may do what",
        "",
        "A role that is not marked cannot; the case must be visible as well.",
        "",
    ]
    lines += ["| permission | " + " | ".join(roles) + " |", "|---" * (len(roles) + 1) + "|"]
    for permission in Permission:
        marks = ("yes" if permission in ROLE_PERMISSIONS[columns[role]] else "" for role in roles)
        lines.append(f"| `{permission.value}` | " + " | ".join(marks) + " |")
    return "\n".join([*lines, "", "## The checks", "", *checks()]) + "\n"


def checks() -> list[str]:
    """Every ``check_`` of every ``rules.py`` with its sentence."""
    import importlib
    import inspect

    lines = []
    for path in sorted((ROOT / "watchword").glob("*/rules.py")):
        module = importlib.import_module(f"watchword.{path.parent.name}.rules")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("check_") and function.__module__ == module.__name__:
                summary = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")
                lines.append(f"* `{path.parent.name}.{name}`: {summary}")
    return lines


def events() -> str:
    from watchword.core.ledger.acts import RULES
    from watchword.journal.events import Event

    lines = [
        "# Acts in the ledger",
        "",
        "| act | public facts |",
        "|---|---|",
        *(f"| `{event.value}` | {', '.join(sorted(RULES[event].public)) or '–'} |" for event in Event),
    ]
    return "\n".join(lines) + "\n"


def settings() -> str:
    lines = [
        "# Settings",
        "",
        "In `settings.env` of a program's directory, or in its environment, which wins.",
        "",
    ]
    lines += ["| setting | program | kind | default |", "|---|---|---|---|"]
    for program in ("gate", "desk"):
        text = (ROOT / "watchword" / "config" / "settings" / f"{program}.py").read_text(encoding="utf-8")
        lines += [
            f"| `{match[2]}` | {program} | {match[1]} | `{match[3]}` |" for match in SETTING.finditer(text)
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}")


if __name__ == "__main__":
    main()
