# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword init` founds an organisation: roots, ledger, first staff, role keys, manifest."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from watchword.cli import directory, manifest_words, serve
from watchword.cli.founding_answers import CannotFound, Organisation, Person, read_answers
from watchword.cli.founding_ceremony import Credentials, ask_passphrase, hand_over
from watchword.cli.founding_example import example
from watchword.cli.founding_profile import choose
from watchword.core.refusals import Refused
from watchword.core.sealing import primitives
from watchword.trust.fingerprint import of_roots
from watchword.trust.manifest import Root, sign, unchecked

ROOTS, ROOTS_NEEDED = 3, 2
MANIFEST_LIFE = timedelta(days=90)
MANIFEST = "manifest.note"
PROGRAMS = ("gate", "desk")
# Shown to whoever names none.
FIRST_PROFILE = "legion"


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "init", help="found an organisation (see docs/how-to/found-an-organisation.md)"
    )
    command.add_argument("--dir", type=Path, help="an empty or new directory")
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
    if args.dir is None or args.answers is None:
        print("watchword init needs --dir and --answers; --example prints an answers file.", file=sys.stderr)
        return 2
    # Keys, databases and the ledger are this account's alone.
    os.umask(0o077)
    try:
        chosen = choose(args.profile) if args.profile else None
        organisation = read_answers(args.answers.read_bytes(), chosen.profile if chosen else None)
        make_directories(args.dir)
        if chosen:
            chosen.lay_into(args.dir / name for name in PROGRAMS)
        found(args.dir, organisation, ask_passphrase, datetime.now(UTC), tell=hand_over)
    except (CannotFound, Refused, OSError) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print(
            f"\nwatchword: stopped. Nothing was founded: delete {args.dir} and begin again.", file=sys.stderr
        )
        return 130
    print(closing(args.dir))
    return 0


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


def make_directories(home: Path) -> None:
    """The two programs' directories, the roots', and the secrets that need no decision."""
    if any((home / name / directory.UNFINISHED).exists() for name in PROGRAMS):
        raise CannotFound(f"the founding in {home} was not finished; delete it and begin again")
    if home.exists() and any(home.iterdir()):
        raise CannotFound(f"{home} is not empty")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("roots", *PROGRAMS, "desk/keys", "desk/vault"):
        (home / name).mkdir(mode=0o700)
    for name in PROGRAMS:
        (home / name / directory.UNFINISHED).write_text(directory.UNFINISHED_TEXT, encoding="utf-8")
    for name in PROGRAMS:
        write_secret(home / name / "forms.key", primitives.random_bytes(32).hex())
    write_secret(home / "desk" / "keys" / "desk.key", json.dumps(new_seeds()))


def found(
    home: Path,
    organisation: Organisation,
    passphrase_for: Callable[[Person], str],
    now: datetime,
    extra_settings: dict[str, str] | None = None,
    *,
    tell: Callable[[Credentials], None] | None = None,
) -> list[Credentials]:
    """Everything between two empty directories and two programs that start; needs a process of its own.

    ``extra_settings`` are lines for both settings files. ``tell`` is called as soon as a person can be told
    what they need, before the next is asked for a passphrase. Returns what each was, or must be, told.
    """
    roots = make_roots(home / "roots")
    lines = {
        "WATCHWORD_PROFILE": organisation.profile,
        "WATCHWORD_ROOTS": ",".join(str(root.key) for root in roots),
        "WATCHWORD_ROOTS_NEEDED": str(ROOTS_NEEDED),
        **(extra_settings or {}),
    }
    write_settings(home / "gate", lines)
    write_settings(home / "desk", {**lines, "WATCHWORD_GATE_ADDRESS": organisation.gates[0]})
    serve.prepare("desk", home / "desk")
    # Only a prepared process may import what reads settings.
    from watchword.cli import founding_desk

    told, manifest = founding_desk.found(
        organisation, passphrase_for, tell or (lambda _: None), now, MANIFEST_LIFE
    )
    for name in PROGRAMS:
        (home / name / MANIFEST).write_bytes(sign(manifest, roots[:ROOTS_NEEDED]))
    for name in PROGRAMS:
        (home / name / directory.UNFINISHED).unlink()
    return told


def make_roots(folder: Path) -> list[Root]:
    roots = [Root(f"root-{number}", primitives.random_bytes(32)) for number in range(1, ROOTS + 1)]
    for root in roots:
        write_secret(folder / f"{root.name}.key", json.dumps({"name": root.name, "ed25519": root.seed.hex()}))
    return roots


def read_roots(folder: Path) -> list[Root]:
    """The roots whose key files are in ``folder``, in the order of their names."""
    return [read_root(path) for path in sorted(folder.glob("*.key"))]


def read_root(path: Path) -> Root:
    """The root in a key file; CannotFound when the file is something else."""
    try:
        fields = json.loads(path.read_text(encoding="ascii"))
        return Root(fields["name"], bytes.fromhex(fields["ed25519"]))
    except (ValueError, KeyError, TypeError):
        raise CannotFound(f"{path} is not the key file of a root") from None


def new_seeds() -> dict[str, str]:
    return {scheme: primitives.random_bytes(32).hex() for scheme in ("ed25519", "mldsa44")}


def write_secret(path: Path, text: str) -> None:
    """A new file that only its owner may read; an existing one is never overwritten."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")


def write_settings(folder: Path, lines: dict[str, str]) -> None:
    text = "".join(f"{name}={value}\n" for name, value in sorted(lines.items()))
    (folder / directory.SETTINGS).write_text(text, encoding="utf-8")
