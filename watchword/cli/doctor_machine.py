# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the doctor finds out about the machine and the folder, without starting the program."""

import json
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from watchword.cli.doctor_findings import Check, Mistake

SWAPS = Path("/proc/swaps")
DEVICES = Path("/sys/class/block")
# How far up from the program's folder the keys of the roots are looked for: they are made beside it.
ROOTS_UP = 2


def checks(program: str, home: Path) -> list[Check]:
    """In the order in which they are told."""
    looked = [
        Check("everything in the folder belongs to this account", partial(owner, home)),
        Check("what is in memory does not reach a disk through swap", partial(swap, SWAPS)),
        Check("no root's private key is on this machine", partial(roots, home)),
    ]
    if program == "gate":
        looked.append(Check("the Desk is on another machine", partial(other_program, home)))
    return looked


def owner(home: Path) -> Iterator[Mistake]:
    """A file that was copied as root stays root's, and the program cannot write it."""
    strange = [path for path in (home, *home.rglob("*")) if path.lstat().st_uid != os.getuid()]
    if strange:
        yield Mistake(
            f"{strange[0]} belongs to another account, and so do {len(strange) - 1} more."
            if len(strange) > 1
            else f"{strange[0]} belongs to another account.",
            f"chown -R the folder {home} to the account that runs the program.",
        )


def swap(swaps: Path) -> Iterator[Mistake]:
    """Pages of memory on a disk outlive the program; in zram or on an encrypted device they do not."""
    lines = swaps.read_text(encoding="ascii").splitlines()[1:] if swaps.exists() else []
    for name in (line.split()[0] for line in lines):
        if not _keeps_nothing(Path(name)):
            yield Mistake(
                f"{name} is used as swap, and is not known to be encrypted.",
                "swapoff -a, and take it out of /etc/fstab; or swap to zram or an encrypted device.",
            )


def _keeps_nothing(device: Path) -> bool:
    name = device.resolve().name
    if name.startswith("zram"):
        return True
    kind = DEVICES / name / "dm" / "uuid"
    return kind.exists() and kind.read_text(encoding="ascii").startswith("CRYPT-")


def roots(home: Path) -> Iterator[Mistake]:
    """Two of the keys that `watchword init` makes beside the folders can sign any manifest."""
    places = [home.resolve(), *home.resolve().parents][: ROOTS_UP + 1]
    for path in (path for place in places for path in sorted(place.glob("roots/*.key"))):
        if _is_root(path):
            yield Mistake(
                f"{path} is the private key of a root.",
                "Move it to a medium of its own, kept by an officer, and delete it here.",
            )


def _is_root(path: Path) -> bool:
    try:
        return "ed25519" in json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        # Another account's file cannot be read: it is there all the same.
        return not os.access(path, os.R_OK)


def other_program(home: Path) -> Iterator[Mistake]:
    """Whoever takes the public machine must not have the other one with it."""
    desk = home.resolve().parent / "desk"
    if (desk / "keys").exists():
        yield Mistake(
            f"{desk} is the folder of the Desk.",
            "Keep the Desk on another machine: whoever takes this one takes its keys along.",
        )
