# SPDX-License-Identifier: AGPL-3.0-or-later
"""The founding at the terminal: each person types a passphrase, scans a code, and proves that it works."""

import getpass
import sys
from dataclasses import dataclass
from datetime import UTC, datetime

import pyotp
import segno

from watchword.cli.founding_answers import Person

SHORTEST = 16
WIPE = "\033[2J\033[3J\033[H"
"""Clears the screen and what scrolled off it: the next person must not read the last one's secret."""


@dataclass(frozen=True)
class Credentials:
    """What one person needs to log in; told once, kept nowhere by a real organisation."""

    person: Person
    passphrase: str
    totp_secret: str
    totp_uri: str


def ask_passphrase(person: Person) -> str:
    """Ask twice, on the terminal, without an echo."""
    print(f"\n{person.name} ({person.login}), sit down alone, please.")
    while True:
        first = getpass.getpass(f"Passphrase, {SHORTEST} characters or more, such as five words: ")
        if len(first) < SHORTEST:
            print(f"That was {len(first)} characters; {SHORTEST} are needed.")
        elif first != getpass.getpass("Once more: "):
            print("That was not the same twice.")
        else:
            return first


def hand_over(told: Credentials) -> None:
    """Show the secret of the one-time codes, and go on only when a code of now has been typed."""
    print("Scan this with an authenticator program:\n")
    segno.make(told.totp_uri).terminal(compact=True)
    print(f"\nWithout a camera, type this into it instead: {grouped(told.totp_secret)}")
    print(f"or, as an address: {told.totp_uri}\n")
    clock = pyotp.TOTP(told.totp_secret)
    while not clock.verify(input("The six digits that it shows now: ").replace(" ", ""), valid_window=1):
        print(f"That is not the code. This machine believes that it is {datetime.now(UTC):%H:%M:%S} UTC.")
    if sys.stdout.isatty():
        print(WIPE, end="")
    print(f"{told.person.name} can log in.", flush=True)


def grouped(secret: str) -> str:
    """In fours, for the eye and the finger."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
