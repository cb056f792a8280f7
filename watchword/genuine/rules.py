# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may give out cards and call a site false, and how the address of a false site is written."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.core.refusals import NotPermitted, WrongState, permitted, sentence

MOST_CARDS = 200
LONGEST_ADDRESS = 200
_ADDRESS = re.compile(r"[!-~]{3,200}")
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:/+|/+)", re.IGNORECASE)


class State(StrEnum):
    """Where a proposal to change the register stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class ProposalFacts:
    """What the rules ask about a proposal."""

    state: State
    proposed_by: str


def check_may_issue(actor: Actor, count: int) -> None:
    """Intake gives out cards, at most MOST_CARDS at a time."""
    check_has(actor, Permission.CARD_ISSUE)
    if not 1 <= count <= MOST_CARDS:
        raise WrongState(
            sentence("Cards are made 1 to %(most)s at a time, not %(count)s.", most=MOST_CARDS, count=count)
        )


def check_may_propose(actor: Actor, address: str, *, listed: bool, waiting: bool, removes: bool) -> None:
    """An address is proposed once; one that is listed can be proposed for removal."""
    check_has(actor, Permission.CLONE_PROPOSE)
    if waiting:
        raise WrongState(sentence("This address waits for a second person already: %(it)s", it=address))
    if listed and not removes:
        raise WrongState(sentence("This address is in the register already: %(it)s", it=address))
    if removes and not listed:
        raise WrongState(sentence("This address is not in the register: %(it)s", it=address))


def check_may_confirm(actor: Actor, proposal: ProposalFacts) -> None:
    """A second person with the right: to call a site false is a weapon too."""
    check_has(actor, Permission.CLONE_CONFIRM)
    _check_open(proposal)
    if actor.id == proposal.proposed_by:
        raise NotPermitted(sentence("You proposed this; a second person must confirm it."))


def check_has_room(known: int, most: int) -> None:
    """A longer register than the Gate and everybody else reads would freeze at its last good version."""
    if known >= most:
        raise WrongState(sentence("The register is full. Take out what is gone before you add to it."))


may_confirm = permitted(check_may_confirm)


def check_may_drop(actor: Actor, proposal: ProposalFacts) -> None:
    """Whoever may propose may drop an open proposal, their own or another's."""
    check_has(actor, Permission.CLONE_PROPOSE)
    _check_open(proposal)


def _check_open(proposal: ProposalFacts) -> None:
    if proposal.state is not State.PROPOSED:
        raise WrongState(sentence("This proposal was settled already."))


def address_of(typed: str, ours: Collection[str]) -> str:
    """The one spelling of an address: no scheme, no query, small letters, other scripts in punycode.

    A host of our own is refused: the register would warn people of us.
    """
    bare = _SCHEME.sub("", typed.strip()).split("?")[0].split("#")[0]
    host, slash, path = bare.partition("/")
    written = _in_ascii(host.rsplit("@", 1)[-1] if "." in host else host) + slash + path
    address = written.rstrip("/")
    if not _ADDRESS.fullmatch(address):
        raise WrongState(
            sentence("Write one address, such as false.example or t.me/false_bot, without spaces.")
        )
    if _is_ours(address.partition("/")[0], {host_of(one) for one in ours}):
        raise WrongState(sentence("This is an address of ours, from the signed list."))
    return address


def host_of(address: str) -> str:
    """The host of an address in the manifest, without its port: all that listens there is ours."""
    return urlsplit(address).hostname or ""


def _is_ours(host: str, ours: Collection[str]) -> bool:
    """A name below one of ours, another port or a full stop at the end is the same place."""
    name = host.partition(":")[0].rstrip(".")
    return any(name == one or name.endswith("." + one) for one in ours)


def _in_ascii(host: str) -> str:
    """A host that looks like ours in another script is shown as what it is."""
    if host.isascii():
        return host.lower()
    try:
        return host.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""
