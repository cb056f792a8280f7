# SPDX-License-Identifier: AGPL-3.0-or-later
"""The founding at the terminal: each person types a passphrase, scans a code, and proves that it works."""

import getpass
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import pyotp
import segno

from watchword.cli import manifest_words
from watchword.cli.founding_answers import CannotFound, Person
from watchword.trust.fingerprint import Fingerprint

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


class Ceremony(Protocol):
    """How the people of a founding are asked for what only they have."""

    def passphrase(self, person: Person) -> str:
        """A new passphrase, which the person chose."""

    def hand_over(self, told: Credentials) -> None:
        """Return when the person has shown that they keep the secret of their codes."""

    def enrolled(self, person: Person) -> None:
        """This person is enrolled, and need not come again for that."""

    def compare(self, person: Person, mark: Fingerprint) -> None:
        """Return when the custodian has seen that this is the mark of the key on their own machine."""

    def come_back(self, person: Person, refused: str) -> tuple[str, str]:
        """Passphrase and code of somebody who was enrolled before; ``refused``: why the last did not do."""


@dataclass(frozen=True)
class Unattended:
    """The founding of invented people: whoever calls knows their passphrases, and nothing interrupts it."""

    passphrase_for: Callable[[Person], str]

    def passphrase(self, person: Person) -> str:
        return self.passphrase_for(person)

    def hand_over(self, told: Credentials) -> None:
        """Nobody is there to show anything to."""

    def enrolled(self, person: Person) -> None:
        """Nobody waits for this."""

    def compare(self, person: Person, mark: Fingerprint) -> None:
        """Whoever calls has made the key."""

    def come_back(self, person: Person, refused: str) -> tuple[str, str]:
        raise CannotFound(refused or f"{person.login} was enrolled in another founding")


class AtTheTerminal:
    """One person after another sits down alone."""

    def passphrase(self, person: Person) -> str:
        """Ask twice, without an echo."""
        print(f"\n{person.name} ({person.login}), sit down alone, please.")
        while True:
            first = getpass.getpass(f"Passphrase, {SHORTEST} characters or more, such as five words: ")
            if len(first) < SHORTEST:
                print(f"That was {len(first)} characters; {SHORTEST} are needed.")
            elif first != getpass.getpass("Once more: "):
                print("That was not the same twice.")
            else:
                return first

    def hand_over(self, told: Credentials) -> None:
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

    def enrolled(self, person: Person) -> None:
        """Only now: before, an interruption would have undone it."""
        print(f"{person.name} can log in.", flush=True)

    def compare(self, person: Person, mark: Fingerprint) -> None:
        """The answers file may have been written by somebody else than the custodian."""
        print(f"\n{person.name} ({person.login}), this is the mark of the key of your seat in the answers:")
        print(*manifest_words.mark(mark, "en"), sep="\n")
        if input("If your own machine shows the same, type yes: ").strip().lower() != "yes":
            raise CannotFound(f"the seat_key of {person.login} is not the one on their own machine")

    def come_back(self, person: Person, refused: str) -> tuple[str, str]:
        """The founding was interrupted, and something is still to be done with this person's keys."""
        if refused:
            print(f"{refused} Each code works once: wait for the next.")
        else:
            print(f"\n{person.name} ({person.login}), sit down once more: your keys are needed to go on.")
        passphrase = getpass.getpass(f"Passphrase of {person.login}: ")
        return passphrase, input("The six digits that your authenticator program shows now: ")


def grouped(secret: str) -> str:
    """In fours, for the eye and the finger."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
