# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may open a sealed record: readers of its compartment, unlocked; a held one, its writer alone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from watchword.core.refusals import NotPermitted, WrongState, permitted, sentence, why_not
from watchword.core.sealing.recipients import Identity


class Keyring(Protocol):
    """Session keys, as far as the vault needs them."""

    @property
    def session_public(self) -> bytes:
        """The session's Ed25519 public key."""

    def sign(self, message: bytes) -> bytes:
        """The session's signature."""

    def identities(self, roles: Iterable[str]) -> list[Identity]:
        """The identities of these roles, of every epoch still kept."""


class Signs(Protocol):
    """Whoever writes ledger entries."""

    @property
    def id(self) -> str:
        """The pseudonym in the ledger."""

    @property
    def session_public(self) -> bytes:
        """The key under which the entries verify."""

    def sign(self, message: bytes) -> bytes:
        """The signature."""


BY_HAND = "by-hand"
"""A record that its writer sealed with age alone: there is no frame inside that names case and revision."""


COMPARING = "alike"
"""The purpose, in the ledger, of what is opened to be compared in memory and shown to nobody."""

UNREAD = frozenset({COMPARING, "batch-share", "resplit", "screening-run"})
"""Purposes under which a program opens and nobody reads: this counts as nobody's reading."""


class BeyondUsual(Exception):
    """Somebody opens something of more cases in a day than is usual, and has not said why.

    ``records``: one of each further case, ``purpose`` what for, ``opened`` of how many cases they did today.
    Not one of our refusals: whoever goes on after a refusal must not go on after this.
    """

    def __init__(self, records: Sequence[str], purpose: str, *, opened: int, usual: int) -> None:
        super().__init__("a reason is needed for so many cases in one day")
        self.records, self.purpose, self.opened, self.usual = tuple(records), purpose, opened, usual


LONGEST_DEFERRAL = timedelta(days=90)
"""How long an applicant may go without hearing that what is in custody was opened."""


@dataclass(frozen=True)
class Released:
    """What custodians let one person open: ``records`` alone, by ``to`` alone, before ``until``.

    ``action`` is the hash (32 bytes) that they answered, ``purpose`` the code of the check that it serves,
    ``told`` the day from which the applicant reads of it; None is the next day.
    """

    uid: str
    action: bytes
    to: str
    records: frozenset[str]
    purpose: str
    until: datetime
    told: date | None


class Opener(Protocol):
    """Whoever asks for a record: a pseudonym, roles, and keys unless locked."""

    @property
    def id(self) -> str:
        """The pseudonym in the ledger."""

    @property
    def roles(self) -> frozenset[str]:
        """The roles held now."""

    @property
    def keys(self) -> Keyring | None:
        """The session's keys."""

    @property
    def signer(self) -> Signs:
        """What signs the ledger entry of the opening."""


def check_may_open(opener: Opener, *, readers: frozenset[str], held: bool, written_by: str) -> None:
    """A reader of the compartment with unlocked keys; a held record opens to its writer alone."""
    if opener.keys is None:
        raise NotPermitted(sentence("Your keys are locked. Log in again to go on."))
    if not opener.roles & readers:
        raise NotPermitted(sentence("This compartment is not for your role."))
    if held and opener.id != written_by:
        raise WrongState(sentence("This record is held back until everybody has written theirs."))


def check_released(opener: Opener, released: Released, *, record: str, now: datetime) -> None:
    """This record was released to this person, unlocked, and the release has not ended."""
    if opener.keys is None:
        raise NotPermitted(sentence("Your keys are locked. Log in again to go on."))
    if opener.id != released.to or record not in released.records:
        raise NotPermitted(sentence("This was released to somebody else, or not at all."))
    if now >= released.until:
        raise WrongState(sentence("This release has ended. Ask anew if it is still needed."))


def check_readers(readers: Collection[str], *, allowed: frozenset[str]) -> None:
    """A record is sealed to somebody, and to nobody whom the profile keeps out of the compartment."""
    if not readers:
        raise WrongState(sentence("A record must have at least one reader."))
    if set(readers) - allowed:
        raise NotPermitted(sentence("Nothing is sealed here to a role that does not read this compartment."))


def check_has_identities(identities: list[Identity]) -> None:
    """The person holds a copy of the key, not only the role."""
    if not identities:
        raise WrongState(
            sentence(
                "Nobody has handed over the key of your role to you yet. Ask somebody who holds the role."
            )
        )


may_open = permitted(check_may_open)
why_not_open = why_not(check_may_open)
