# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword init` founds an organisation, and goes on with a founding that was interrupted."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from watchword.cli import founding_begun, manifest_words
from watchword.cli.founding import (
    MANIFEST,
    PROGRAMS,
    ROOTS_NEEDED,
    hold,
    is_finished,
    make_directories,
    read_roots,
)
from watchword.cli.founding_answers import CannotFound, Organisation, read_answers
from watchword.cli.founding_begun import Decided
from watchword.cli.founding_ceremony import AtTheTerminal, Ceremony
from watchword.cli.founding_example import example
from watchword.cli.founding_profile import ChosenProfile, choose, laid
from watchword.core.refusals import Refused
from watchword.trust.fingerprint import of_roots
from watchword.trust.manifest import unchecked

# Shown to whoever names none.
FIRST_PROFILE = "legion"


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "init", help="found an organisation (see docs/how-to/found-an-organisation.md)"
    )
    command.add_argument("--dir", type=Path, help="an empty or new directory, or one of a founding to go on")
    command.add_argument("--answers", type=Path, help="a TOML file; --example prints one")
    command.add_argument("--example", action="store_true", help="print an answers file to start from")
    command.add_argument(
        "--profile",
        metavar="NAME|DIR",
        help="the procedure, in the place of the one in the answers: one that comes along, or a folder",
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.example:
        return print_example(args.profile or FIRST_PROFILE)
    if args.dir is None or (args.answers is None and founding_begun.begun(args.dir) is None):
        print(NEEDS, file=sys.stderr)
        return 2
    # Keys, databases and the ledger are this account's alone.
    os.umask(0o077)
    try:
        go_on(args.dir, decisions(args), AtTheTerminal(), lambda: datetime.now(UTC))
    except (CannotFound, Refused, OSError) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print(STOPPED.format(dir=args.dir), file=sys.stderr)
        return 130
    return 0


NEEDS = """\
watchword init needs --dir and --answers; --example prints an answers file.
To go on with a founding that was interrupted, --dir is enough."""
STOPPED = """
watchword: stopped. What was finished is kept; go on with: watchword init --dir {dir}
Nobody can start a program there before. To give it up, delete {dir}."""


def decisions(args: argparse.Namespace) -> Decided:
    """What the founders want, or wanted when they began; CannotFound when those are two things."""
    answers = args.answers.read_text(encoding="utf-8", errors="surrogateescape") if args.answers else None
    folder = bool(args.profile) and Path(args.profile).is_dir()
    profile = str(Path(args.profile).resolve()) if folder else args.profile
    kept = founding_begun.begun(args.dir)
    if kept is None:
        return Decided(answers or "", profile)
    kept.check_same(args.dir, answers, profile)
    print(f"The founding in {args.dir} goes on. Whoever is enrolled need not do it again.", flush=True)
    return kept


def go_on(home: Path, decided: Decided, ceremony: Ceremony, clock: Callable[[], datetime]) -> None:
    """Found it, from wherever an earlier process stopped; needs a process of its own."""
    chosen, organisation = understood(home, decided)
    with founding_begun.alone(home):
        founding_begun.begin(home, decided)
        if not is_finished(home):
            make_folders(home, chosen)
            hold(home, organisation, ceremony, clock)
        # Before it is said to be finished: whoever did not see this may ask once more.
        print(closing(home), flush=True)
        founding_begun.end(home)


def understood(home: Path, decided: Decided) -> tuple[ChosenProfile | None, Organisation]:
    """The procedure where it is not that of the answers, and the organisation; CannotFound for mistakes."""
    chosen = choose(laid(home / PROGRAMS[0], decided.profile)) if decided.profile else None
    raw = decided.answers.encode(errors="surrogateescape")
    return chosen, read_answers(raw, chosen.profile if chosen else None)


def make_folders(home: Path, chosen: ChosenProfile | None) -> None:
    """What needs no decision any more; each step was done before or is done now."""
    make_directories(home)
    if chosen:
        chosen.lay_into(home / name for name in PROGRAMS)


def print_example(profile: str) -> int:
    try:
        print(example(choose(profile).profile), end="")
    except CannotFound as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    return 0


def closing(home: Path) -> str:
    """What the founders do next."""
    signed = unchecked((home / "gate" / MANIFEST).read_bytes())
    keys = [str(root.key) for root in read_roots(home / "roots")]
    return CLOSING.format(
        dir=home,
        mark="\n".join(manifest_words.mark(of_roots(keys, ROOTS_NEEDED), "en")),
        expires=signed.expires,
        roots="".join(f"\n   {key}" for key in keys),
    )


CLOSING = """
Founded. Now:
1. Move each file of {dir}/roots to a medium of its own, kept by three officers in three places, and
   delete it here. Two of them sign every new manifest; the present one is in force until {expires}.
2. These are the public keys, for whoever wants to check us:{roots}
   and this is their mark, in words and in digits. The Gate shows it, and the cards carry it:
{mark}
3. Print a card for everybody who keeps something (or --language uk, ru):
   watchword keepers --dir {dir}/desk --language en -o keepers.pdf
4. Start the Desk:  watchword run desk --dir {dir}/desk
5. Copy {dir}/gate to the Gate's host; start it there:  watchword run gate --dir {dir}/gate
6. Look for mistakes on both:  watchword doctor gate|desk --dir ...; see docs/how-to/deploy.md.
7. Give the file {dir}/desk/ledger/checkpoint to whoever will watch you: see docs/how-to/verify-the-ledger.md.
"""
