# SPDX-License-Identifier: AGPL-3.0-or-later
"""The passkeys that people added, as the log itself recorded them, and who may end a device's session."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from watchword.core.ledger.acts import ADMINISTRATOR, RULES, Act
from watchword.core.ledger.assertion import BY_CODE, Assertion
from watchword.core.ledger.entry import Statement
from watchword.core.ledger.findings import Fault
from watchword.core.ledger.spelling import from_base64url

ACTS = frozenset({Act.PASSKEY_ADD, Act.PASSKEY_REVOKE})


@dataclass(slots=True)
class Passkey:
    """One P-256 key: whose, for which site (the hash of its name), its point, and how often it signed."""

    actor: str
    site: bytes
    x: bytes
    y: bytes
    count: int = 0
    revoked: bool = False


@dataclass(slots=True)
class Devices:
    """Every passkey by the hash of its credential id; a revoked one stays, so that it never comes back."""

    passkeys: dict[bytes, Passkey] = field(default_factory=dict)

    def objections(self, statement: Statement, roles: set[str]) -> Iterator[tuple[Fault, str]]:
        """What is wrong with adding or revoking this one; ``roles`` are those of whoever acts."""
        known = self.passkeys.get(fact(statement, "credential"))
        if statement.act is Act.PASSKEY_ADD:
            if known is not None:
                yield Fault.PASSKEY_TWICE, "this passkey was added before"
            return
        staff = statement.public["staff"]
        if known is None or known.revoked or known.actor != staff:
            yield Fault.PASSKEY_UNKNOWN, f"{staff} has no such passkey"
        yield from not_another(statement, roles)

    def unconfirmed(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        """Why a decisive act does not count: nobody confirmed it, or the passkey is wrong in some way."""
        fresh = statement.fresh
        if fresh is None:
            if RULES[statement.act].fresh:
                yield Fault.FRESH_MISSING, f"{statement.actor} did not confirm this act"
            return
        if fresh == BY_CODE:
            return
        passkey = self.passkeys.get(fresh.credential)
        if passkey is None or passkey.revoked or passkey.actor != statement.actor:
            yield Fault.PASSKEY_UNKNOWN, f"{statement.actor} had no such passkey"
        elif not fresh.is_verified or fresh.site != passkey.site:
            yield Fault.FRESH_WRONG, "the passkey answered to another site, or did not know its owner"
        elif not fresh.answers(statement.challenge()):
            yield Fault.FRESH_WRONG, "the passkey confirmed another act than this one"
        elif (fresh.count or passkey.count) and fresh.count <= passkey.count:
            yield Fault.FRESH_WRONG, "the passkey has signed as often before: there are two of it"

    def confirmed(self, statement: Statement) -> tuple[bytes, Assertion] | None:
        """The point (64 bytes) under which an act's assertion must verify; None where no passkey did."""
        fresh = statement.fresh
        if fresh is None or fresh == BY_CODE or fresh.credential not in self.passkeys:
            return None
        passkey = self.passkeys[fresh.credential]
        return passkey.x + passkey.y, fresh

    def count(self, statement: Statement) -> None:
        """Remember how often the passkey that confirmed this act had signed by then."""
        if isinstance(statement.fresh, Assertion):
            self.passkeys[statement.fresh.credential].count = statement.fresh.count

    def forget(self, actor: str) -> None:
        """Whoever enrols anew begins without passkeys: the lost ones may be in other hands."""
        for passkey in self.passkeys.values():
            passkey.revoked = passkey.revoked or passkey.actor == actor

    def apply(self, statement: Statement) -> None:
        """Let it take effect."""
        credential = fact(statement, "credential")
        if statement.act is Act.PASSKEY_REVOKE:
            self.passkeys[credential].revoked = True
            return
        site, x, y = (fact(statement, name) for name in ("site", "x", "y"))
        self.passkeys[credential] = Passkey(statement.actor, site, x, y)


def not_another(statement: Statement, roles: set[str]) -> Iterator[tuple[Fault, str]]:
    """Only administrators end what belongs to somebody else."""
    if statement.public["staff"] != statement.actor and ADMINISTRATOR not in roles:
        yield Fault.ROLE_MISSING, f"{statement.actor} did not hold the role {ADMINISTRATOR} at this point"


def fact(statement: Statement, name: str) -> bytes:
    """The 32 bytes of one public fact."""
    return from_base64url(cast("Mapping[str, str]", statement.public)[name], 32, what=name)
