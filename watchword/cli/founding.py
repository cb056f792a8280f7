# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword init` founds an organisation: roots, ledger, first staff, role keys, manifest."""

import argparse
import getpass
import json
import os
import shutil
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import segno

from watchword.cli import serve
from watchword.core.sealing import primitives
from watchword.trust.manifest import Root, sign

ROOTS, ROOTS_NEEDED = 3, 2
MANIFEST_LIFE = timedelta(days=90)
EXAMPLE = """\
title = "Free Harbour"
profile = "legion"
gates = ["http://127.0.0.1:8731/"]

# Two administrators found the Desk; they grant roles and read no case.
[[staff]]
login = "olha"
name = "Olha M."
roles = ["administrator"]
[[staff]]
login = "petro"
name = "Petro S."
roles = ["administrator"]
# Then at least one person for each of: intake, vetting, examiner, medical, and four for the board
# (the proposer may be one, three vote, and whoever countersigns is not the proposer).
"""


@dataclass(frozen=True)
class Person:
    """One of the first members of staff."""

    login: str
    name: str
    roles: tuple[str, ...]
    language: str = "en"


@dataclass(frozen=True)
class Organisation:
    """What the founders decide: the answers file of `watchword init`."""

    title: str
    profile: str
    gates: tuple[str, ...]
    staff: tuple[Person, ...]


@dataclass(frozen=True)
class Credentials:
    """What one person needs to log in; told once, kept nowhere by a real organisation."""

    person: Person
    passphrase: str
    totp_secret: str
    totp_uri: str


class CannotFound(Exception):
    """The organisation cannot be founded like this, with the reason in a sentence."""


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "init", help="found an organisation (see docs/how-to/found-an-organisation.md)"
    )
    command.add_argument("--dir", type=Path, help="an empty or new directory")
    command.add_argument("--answers", type=Path, help="a TOML file; --example prints one")
    command.add_argument("--example", action="store_true", help="print an answers file to start from")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.example:
        print(EXAMPLE, end="")
        return 0
    if args.dir is None or args.answers is None:
        print("watchword init needs --dir and --answers; --example prints an answers file.", file=sys.stderr)
        return 2
    try:
        organisation = read_answers(args.answers.read_text(encoding="utf-8"))
        make_directories(args.dir)
        told = found(args.dir, organisation, ask_passphrase, datetime.now(UTC))
    except (CannotFound, OSError) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    for credentials in told:
        print(f"\n{credentials.person.name} scans this with an authenticator program, now:\n")
        segno.make(credentials.totp_uri).terminal(compact=True)
    print(CLOSING.format(dir=args.dir))
    return 0


CLOSING = """
Founded. Now:
1. Move each file of {dir}/roots to a medium of its own, kept by three officers in three places, and
   delete it here. Two of them sign every new manifest; the present one is in force for 90 days.
2. Start the Desk:  watchword run desk --dir {dir}/desk
3. Copy {dir}/gate to the Gate's host; start it there:  watchword run gate --dir {dir}/gate
4. Give the file {dir}/desk/ledger/checkpoint to whoever will watch you: see docs/how-to/verify-the-ledger.md.
"""


def read_answers(text: str) -> Organisation:
    """The founders' decisions; CannotFound says what is missing."""
    try:
        fields = tomllib.loads(text)
        staff = tuple(
            Person(p["login"], p["name"], tuple(p["roles"]), p.get("language", "en")) for p in fields["staff"]
        )
        organisation = Organisation(fields["title"], fields["profile"], tuple(fields["gates"]), staff)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CannotFound(f"the answers file cannot be used: {error}") from None
    administrators = [person for person in staff if person.roles == ("administrator",)]
    if len(administrators) < 2:
        raise CannotFound("two administrators are needed: nobody grants a role to himself")
    return organisation


def ask_passphrase(person: Person) -> str:
    """Ask twice, on the terminal, without an echo."""
    while True:
        first = getpass.getpass(f"Passphrase for {person.name} (16 characters or more): ")
        if len(first) >= 16 and first == getpass.getpass("Once more: "):
            return first
        print("Too short, or not the same twice.")


def make_directories(home: Path) -> None:
    """The two programs' directories, the roots', and the secrets that need no decision."""
    if home.exists() and any(home.iterdir()):
        raise CannotFound(f"{home} is not empty")
    for name in ("roots", "gate", "desk", "desk/keys", "desk/vault"):
        (home / name).mkdir(mode=0o700, parents=True)
    for name in ("gate", "desk"):
        write_secret(home / name / "forms.key", primitives.random_bytes(32).hex())
    write_secret(home / "desk" / "keys" / "desk.key", json.dumps(new_seeds()))


def found(
    home: Path,
    organisation: Organisation,
    passphrase_for: Callable[[Person], str],
    now: datetime,
    extra_settings: dict[str, str] | None = None,
) -> list[Credentials]:
    """Everything between two empty directories and two programs that start; needs a process of its own.

    ``extra_settings`` are lines for both settings files. Returns what each person must be told.
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

    told, manifest = founding_desk.found(organisation, passphrase_for, now, MANIFEST_LIFE)
    (home / "desk" / "manifest.note").write_bytes(sign(manifest, roots[:ROOTS_NEEDED]))
    shutil.copy(home / "desk" / "manifest.note", home / "gate" / "manifest.note")
    return told


def make_roots(folder: Path) -> list[Root]:
    roots = [Root(f"root-{number}", primitives.random_bytes(32)) for number in range(1, ROOTS + 1)]
    for root in roots:
        write_secret(folder / f"{root.name}.key", json.dumps({"name": root.name, "ed25519": root.seed.hex()}))
    return roots


def new_seeds() -> dict[str, str]:
    return {scheme: primitives.random_bytes(32).hex() for scheme in ("ed25519", "mldsa44")}


def write_secret(path: Path, text: str) -> None:
    """A new file that only its owner may read; an existing one is never overwritten."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")


def write_settings(directory: Path, lines: dict[str, str]) -> None:
    text = "".join(f"{name}={value}\n" for name, value in sorted(lines.items()))
    (directory / "settings.env").write_text(text, encoding="utf-8")
