# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword profile check|draw`: for whoever writes an organisation's procedure, before anybody follows it.

Exit codes: 0 nothing is wrong; 1 something is, a line for each fault; 2 the command was not understood.
"""

import argparse
import sys
from pathlib import Path


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    profile = commands.add_parser(
        "profile",
        help="check and draw an organisation's procedure (see docs/how-to/set-up-another-organisation.md)",
        description="Nothing is installed or sent: the files of a profile are read.",
        epilog="Exit codes: 0 nothing is wrong; 1 something is, with file and line; 2 not understood.",
    )
    verbs = profile.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="say every fault with its file and line, and what to do")
    check.add_argument(
        "what",
        nargs="?",
        metavar="DIR|PROFILE",
        help="the folder of a profile, or one that comes along; all of these when left out",
    )
    check.add_argument(
        "--answers", type=Path, metavar="FILE", help="also: are there enough people in these answers of init?"
    )
    check.set_defaults(run=run_check)
    draw = verbs.add_parser("draw", help="draw the stages as SVG, with every step in a table")
    draw.add_argument("what", metavar="DIR|PROFILE")
    draw.add_argument("--to", type=Path, required=True, metavar="DIR", help="a directory; made if absent")
    draw.set_defaults(run=run_draw)


def run_check(args: argparse.Namespace) -> int:
    from watchword.cli import profile_check

    found, told = profile_check.check(args.what, args.answers)
    for line in found:
        print(line)
    print(told, file=sys.stderr)
    return 1 if found else 0


def run_draw(args: argparse.Namespace) -> int:
    from watchword.cli import profile_check
    from watchword.core.procedure import states_markdown
    from watchword.core.procedure.drawing import states_svg

    found, told = profile_check.check(args.what)
    if found:
        print(*found, told, sep="\n", file=sys.stderr)
        return 1
    profile = profile_check.chosen(args.what).profile
    try:
        args.to.mkdir(parents=True, exist_ok=True)
        (args.to / f"states-{profile.name}.md").write_text(states_markdown(profile), encoding="utf-8")
        (args.to / f"states-{profile.name}.svg").write_text(
            states_svg(profile, "en", days=lambda n: f"{n} days", alone=True), encoding="utf-8"
        )
    except OSError as error:
        print(f"watchword: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    print(f"{len(profile.stages)} stages in {args.to}; open states-{profile.name}.md.")
    return 0
