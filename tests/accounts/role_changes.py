# SPDX-License-Identifier: AGPL-3.0-or-later
"""What administrators do about roles, one step at a time, for tests that break the law between two steps."""

from tests.organisation import Organisation
from watchword.accounts import services
from watchword.accounts.rules import Change


def propose(organisation: Organisation, login: str, role: str, by: str, change: Change = Change.GRANT) -> str:
    proposal = services.propose(
        change=change,
        staff_id=organisation.staff[login].uid,
        role=role,
        reason="needed",
        actor=organisation.actor(by),
        now=organisation.now,
    )
    return proposal.uid


def confirm(organisation: Organisation, uid: str, by: str) -> None:
    services.confirm(uid=uid, actor=organisation.actor(by), now=organisation.now)


def revoke_now(organisation: Organisation, login: str, role: str, by: str = "petro") -> None:
    services.revoke_now(
        staff_id=organisation.staff[login].uid,
        role=role,
        reason="lost a laptop",
        actor=organisation.actor(by),
        now=organisation.now,
    )


def end(organisation: Organisation, login: str, by: str = "petro") -> None:
    services.end_service(
        staff_id=organisation.staff[login].uid,
        reason="moved on",
        actor=organisation.actor(by),
        now=organisation.now,
    )
