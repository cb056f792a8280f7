# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword forms check|preview`: for whoever edits a questionnaire, before anybody is asked it.

Exit codes: 0 nothing is wrong; 1 something is, a line for each fault; 2 the command was not understood.
"""

import argparse
import sys
from pathlib import Path


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    forms = commands.add_parser(
        "forms",
        help="check and preview the questionnaire of a profile",
        description="Nothing is installed or sent: the files are read, and pages are written where you say.",
        epilog="Exit codes: 0 nothing is wrong; 1 something is, with file and line; 2 not understood.",
    )
    verbs = forms.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="say every fault with its file and line")
    check.add_argument("what", metavar="FILE|PROFILE", help="a questionnaire.toml, a profile, or its folder")
    check.set_defaults(run=run_check)
    preview = verbs.add_parser("preview", help="draw every page in every language and state, for a browser")
    preview.add_argument("what", metavar="PROFILE", help="a profile, or its folder")
    preview.add_argument("--to", type=Path, required=True, metavar="DIR", help="a directory; made if absent")
    preview.set_defaults(run=run_preview)


def run_check(args: argparse.Namespace) -> int:
    from watchword.cli.forms_check import check

    found, told = check(args.what)
    for line in found:
        print(line)
    print(told, file=sys.stderr)
    return 1 if found else 0


def run_preview(args: argparse.Namespace) -> int:
    from watchword.cli.forms_check import check

    found, told = check(args.what, editing=False)
    if found:
        print(*found, told, sep="\n", file=sys.stderr)
        return 1
    from watchword.cli.forms_preview import preview

    try:
        count = preview(args.what, args.to)
    except OSError as error:
        print(f"watchword: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    print(f"{count} pages in {args.to}; open {args.to / 'index.html'} in a browser.")
    return 0
