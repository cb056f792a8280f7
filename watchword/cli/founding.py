# SPDX-License-Identifier: AGPL-3.0-or-later
"""Founds an organisation in a folder: roots, ledger, first staff, role keys, manifest; see `init`."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from watchword.cli import directory, serve
from watchword.cli.founding_answers import CannotFound, Organisation, Person
from watchword.cli.founding_begun import sync_folder, write_once, write_whole
from watchword.cli.founding_ceremony import Ceremony, Credentials, Unattended
from watchword.core.sealing import primitives
from watchword.trust.manifest import Root, sign

ROOTS, ROOTS_NEEDED = 3, 2
MANIFEST_LIFE = timedelta(days=90)
MANIFEST = "manifest.note"
PROGRAMS = ("gate", "desk")


def make_directories(home: Path) -> None:
    """The two programs' directories, the roots', and the secrets that need no decision."""
    for name in PROGRAMS:
        (home / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        # Before anything else: no program starts in what is not finished.
        write_whole(home / name / directory.UNFINISHED, directory.UNFINISHED_TEXT.encode())
    for name in ("roots", "desk/keys", "desk/vault"):
        (home / name).mkdir(mode=0o700, exist_ok=True)
    for name in PROGRAMS:
        write_once(home / name / "forms.key", lambda: primitives.random_bytes(32).hex())
    write_once(home / "desk" / "keys" / "desk.key", lambda: json.dumps(new_seeds()))


def found(
    home: Path,
    organisation: Organisation,
    passphrase_for: Callable[[Person], str],
    now: datetime,
    extra_settings: dict[str, str] | None = None,
) -> list[Credentials]:
    """Found at one moment an organisation of invented people, all of whose secrets are told."""
    return hold(home, organisation, Unattended(passphrase_for), lambda: now, extra_settings)


def hold(
    home: Path,
    organisation: Organisation,
    ceremony: Ceremony,
    clock: Callable[[], datetime],
    extra_settings: dict[str, str] | None = None,
) -> list[Credentials]:
    """Everything between two empty directories and two programs that start; needs a process of its own.

    Whoever calls it again after an interruption, however often, goes on: each step looks whether it was done.
    ``extra_settings`` are lines for both settings files. Returns what each was told in this process.
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

    told, manifest = founding_desk.found(organisation, ceremony, clock, MANIFEST_LIFE)
    signed = sign(manifest, roots[:ROOTS_NEEDED])
    for name in PROGRAMS:
        write_whole(home / name / MANIFEST, signed)
    # The Gate last: whoever finds it finished finds everything finished.
    for name in reversed(PROGRAMS):
        (home / name / directory.UNFINISHED).unlink()
        sync_folder(home / name)
    return told


def is_finished(home: Path) -> bool:
    """Whether both programs can start: from then on nothing here may be made anew."""
    gate = home / PROGRAMS[0]
    return (gate / MANIFEST).exists() and not (gate / directory.UNFINISHED).exists()


def make_roots(folder: Path) -> list[Root]:
    """The roots, made now or before the founding was interrupted."""
    for number in range(1, ROOTS + 1):
        write_once(folder / f"root-{number}.key", partial(new_root, f"root-{number}"))
    return read_roots(folder)


def new_root(name: str) -> str:
    return json.dumps({"name": name, "ed25519": primitives.random_bytes(32).hex()})


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


def write_settings(folder: Path, lines: dict[str, str]) -> None:
    text = "".join(f"{name}={value}\n" for name, value in sorted(lines.items()))
    write_whole(folder / directory.SETTINGS, text.encode())
