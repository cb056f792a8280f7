# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the doctor finds out about the matcher's folder, without asking the matcher."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from watchword.cli import doctor_machine
from watchword.cli.doctor_findings import Check, Mistake
from watchword.core.refusals import WrongState
from watchword.matcher import diary, sealed_key

# How a file of age begins that opens something; its owner may have put comments before it.
PRIVATE = "AGE-SECRET-KEY-"
LARGEST_KEY = 4096


def checks(home: Path) -> list[Check]:
    """In the order in which they are told."""
    return [
        Check("the folder is closed to other accounts", partial(closed, home)),
        Check("everything in the folder belongs to this account", partial(doctor_machine.owner, home)),
        Check(
            "what is in memory does not reach a disk through swap",
            partial(doctor_machine.swap, doctor_machine.SWAPS),
        ),
        Check("each custodian has a share", partial(shares, home)),
        Check("no custodian's key lies beside the shares", partial(private_keys, home)),
        Check("the record of questions is whole", partial(record, home)),
    ]


def closed(home: Path) -> Iterator[Mistake]:
    """Beside the socket another account has nothing to find here."""
    if home.stat().st_mode & 0o067:
        yield Mistake(f"Other accounts may look into {home}.", f"chmod 700 {home}")


def shares(home: Path) -> Iterator[Mistake]:
    try:
        key = sealed_key.read(home)
    except WrongState as refused:
        yield Mistake(f"{refused}", "Put back the newest copy of the folder, or begin anew in another one.")
        return
    missing = [key.share_file(number) for number in range(1, len(key.recipients) + 1)]
    missing = [name for name in missing if not (home / name).exists()]
    if missing:
        yield Mistake(
            f"{missing[0]} is missing: one custodian fewer can open the key.",
            "Put it back from a copy, or name custodians anew with `watchword matcher replace`.",
        )


def private_keys(home: Path) -> Iterator[Mistake]:
    """In the folder, and beside it, where whoever made the key may have made the custodians' too."""
    whole = home.resolve()
    for path in sorted({*whole.rglob("*"), *whole.parent.glob("*"), *whole.parent.glob("*/*.txt")}):
        if _is_private(path):
            yield Mistake(
                f"{path} is a custodian's private key.",
                "Its custodian keeps it on a medium of their own: move it there, and delete it here.",
            )


def _is_private(path: Path) -> bool:
    try:
        small = path.is_file() and path.stat().st_size < LARGEST_KEY
        return small and PRIVATE in path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return False


def record(home: Path) -> Iterator[Mistake]:
    try:
        diary.read(home)
    except WrongState as refused:
        yield Mistake(
            f"{refused}",
            "Keep the folder as it is, and compare it with the Desk's ledger: that has every question too.",
        )
