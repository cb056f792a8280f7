# SPDX-License-Identifier: AGPL-3.0-or-later
"""An organisation founded by people who sit down at a terminal one after another."""

import re
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

import pyotp

from tests.cli.terminal import Said, at_a_terminal
from watchword.cli.founding_example import example
from watchword.core.ledger.note import VerifierKey
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seat import address_of
from watchword.profiles import load
from watchword.trust.fingerprint import Fingerprint

SECRET = re.compile(r"otpauth://\S*secret=([A-Z2-7]+)")
# Whose other half is on a machine that no test has.
SEAT_KEY = address_of(Identity.from_seed(bytes(range(32))))
PERSON = re.compile(r"\((\S+)\), sit down")


@dataclass
class Founders:
    """Everybody of the example, who type well in the end: first too little, then two different things."""

    slips: list[str] = field(default_factory=lambda: ["short\n", "one long passphrase\n", "another one\n"])
    secrets: dict[str, str] = field(default_factory=dict)

    def answer(self, heard: str) -> str:
        login = PERSON.findall(heard)[-1]
        if heard.endswith("type yes: "):
            return "yes\n" if str(Fingerprint(SEAT_KEY.mark)) in heard else "no\n"
        if not heard.endswith("shows now: "):
            return self.slips.pop(0) if self.slips else passphrase(login) + "\n"
        if login not in self.secrets:
            self.secrets[login] = SECRET.findall(heard)[-1]
            return "not digits\n"
        return pyotp.TOTP(self.secrets[login]).now() + "\n"


def with_a_seat_outside(answers: str) -> str:
    """The first custodian has made the key of the seat at home."""
    return answers.replace('["custodian-1"]', f'["custodian-1"], seat_key = "{SEAT_KEY}"')


def passphrase(login: str) -> str:
    return f"{login} remembers five words"


@dataclass(frozen=True)
class Founded:
    """The directories of `watchword init`, what it said, and what its people have in their pockets."""

    home: Path
    said: Said
    secrets: dict[str, str]

    @property
    def roots(self) -> list[str]:
        """The public keys that the founders print on a card."""
        settings = (self.home / "gate" / "settings.env").read_text(encoding="utf-8")
        return settings.partition("WATCHWORD_ROOTS=")[2].partition("\n")[0].split(",")

    def root_file(self, number: int) -> Path:
        return self.home / "roots" / f"root-{number}.key"

    def code(self, login: str) -> str:
        """The next half-minute's code: the present one may have been spent when the Desk was founded."""
        return pyotp.TOTP(self.secrets[login]).at(int(time.time()) + 30)

    def copied_to(self, home: Path) -> "Founded":
        """The same organisation, for a test that damages it."""
        shutil.copytree(self.home, home)
        return Founded(home, self.said, self.secrets)


def found(folder: Path) -> Founded:
    answers = folder / "answers.toml"
    answers.write_text(with_a_seat_outside(example(load("legion"))), encoding="utf-8")
    founders = Founders()
    said = at_a_terminal(founders.answer, "init", "--dir", folder / "organisation", "--answers", answers)
    assert said.status == 0, said.out
    founded = Founded(folder / "organisation", said, founders.secrets)
    assert all(VerifierKey.parse(root) for root in founded.roots)
    return founded
