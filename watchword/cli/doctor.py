# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword doctor`: finds the commonest mistakes of an installation, and says what to do about each."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from django.db import DatabaseError

from watchword.cli import directory, doctor_machine, serve
from watchword.cli.doctor_findings import Check, Mistake

MATCHER = "matcher"


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("doctor", help="look for the commonest mistakes of an installation")
    command.add_argument("program", choices=sorted([*serve.PORTS, MATCHER]))
    command.add_argument("--dir", type=Path, required=True, help="the program's folder")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Say of each thing that was looked at whether it is right; 1 when something is not."""
    mistakes = looked = 0
    for check, found in examined(args.program, args.dir):
        looked += 1
        mistakes += len(found)
        print(f"{'MISTAKE' if found else 'ok':9}{check.title}", flush=True)
        for mistake in found:
            print(f"         {mistake.what}\n         -> {mistake.remedy}")
    print(f"{looked} things looked at, {mistakes} mistakes.")
    return 1 if mistakes else 0


def examined(program: str, home: Path) -> Iterator[tuple[Check, list[Mistake]]]:
    """Every check with what it found; without a folder that a program can start in, no more than that."""
    if program == MATCHER:
        # Who compares loads numpy, and the Gate has nothing to compare.
        from watchword.cli import doctor_matcher

        for check in doctor_matcher.checks(home):
            yield check, list(check.look())
        return
    folder = Check(
        "the program's folder is whole, and closed to other accounts", lambda: _folder(program, home)
    )
    found = list(folder.look())
    yield folder, found
    if found:
        return
    for check in doctor_machine.checks(program, home):
        yield check, list(check.look())
    serve.prepare(program, home)
    # Only a prepared process may import what reads settings.
    from watchword.cli import doctor_program

    for check in doctor_program.checks(program):
        yield check, _seen(check)


def _seen(check: Check) -> list[Mistake]:
    try:
        return list(check.look())
    except DatabaseError:
        return [Mistake("The database does not answer this.", "Mend what is told above, and ask again.")]


def _folder(program: str, home: Path) -> Iterator[Mistake]:
    try:
        directory.check(program, home)
    except directory.Unusable as reason:
        yield Mistake(f"{reason}.", "The program does not start before this is mended.")
    except PermissionError as error:
        yield Mistake(
            f"{error.filename} cannot be read by this account.",
            f"Run this as the program's account: runuser -u watchword-{program} -- {sys.argv[0]} doctor ...",
        )
