# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may do what at the Desk, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchword.accounts.rules import (
    ADMINISTRATOR,
    AUDITOR,
    CONTENT_ROLES,
    CUSTODIANS,
    GRANTABLE_ROLES,
    ROLE_PERMISSIONS,
    SECLUDED_ROLES,
    Actor,
    Change,
    Permission,
    RoleChange,
    State,
    check_has,
    check_may_confirm,
    check_may_end,
    check_may_hand_over,
    check_may_propose,
    check_roles_together,
)
from watchword.core.refusals import NotPermitted, WrongState, permitted
from watchword.journal.rules import check_payload

OLHA = Actor("olha", "Olha", frozenset({ADMINISTRATOR}))
ADA = Actor("ada", "Ada", frozenset({"vetting"}))
CLEO = Actor("cleo", "Cleo", frozenset())

ON_CASES = {
    permission
    for permission in Permission
    if permission.value.partition(":")[0] in {"case", "decision", "evidence", "parcel", "tie"}
}
# One seat stands for all: they are alike, and a test for each pair would be hundreds.
SEAT = "custodian-1"
EACH_ROLE = sorted(GRANTABLE_ROLES - CUSTODIANS | {SEAT})
roles = st.sampled_from(EACH_ROLE)
actors = st.builds(Actor, st.sampled_from(["olha", "ada"]), st.just("X"), st.frozensets(roles))


def wanted(change: Change, role: str, *held: str, staff: str = "ada") -> RoleChange:
    return RoleChange(change, staff, role, frozenset(held), proposed_by="petro")


def test_an_administrator_neither_gives_nor_takes_a_role_of_his_own_nor_ends_his_service() -> None:
    for change in Change:
        own = wanted(change, ADMINISTRATOR, ADMINISTRATOR, staff="olha")
        with pytest.raises(NotPermitted, match="their own"):
            check_may_propose(OLHA, own, waiting=False)
        with pytest.raises(NotPermitted, match="your own role"):
            check_may_confirm(OLHA, own)
    with pytest.raises(NotPermitted, match="their own"):
        check_may_end(OLHA, staff_id="olha")


changes = st.builds(
    RoleChange,
    change=st.sampled_from(Change),
    staff_id=st.sampled_from(["olha", "ada"]),
    role=roles,
    held=st.frozensets(roles),
    proposed_by=st.sampled_from(["olha", "petro"]),
    proposer_administers=st.booleans(),
    state=st.sampled_from(State),
    is_service=st.booleans(),
    others=st.integers(0, 3),
)


@given(actor=actors, change=changes, waiting=st.booleans())
def test_a_change_that_is_allowed_breaks_no_law(actor: Actor, change: RoleChange, waiting: bool) -> None:
    asked = permitted(check_may_propose)(actor, change, waiting=waiting)
    confirmed = permitted(check_may_confirm)(actor, change)
    if not (asked or confirmed):
        return
    assert ADMINISTRATOR in actor.roles
    assert change.staff_id != actor.id
    if confirmed:
        assert change.proposed_by != actor.id
        assert change.state is State.OPEN
    if change.change is Change.GRANT:
        together = change.held | {change.role}
        assert change.role not in change.held
        assert not SECLUDED_ROLES & together or len(together) == 1
        assert change.role not in CUSTODIANS or change.others < 2


@pytest.mark.parametrize("role", EACH_ROLE)
def test_only_an_administrator_changes_anything(role: str) -> None:
    for other in (Actor("x", "X", frozenset({one})) for one in GRANTABLE_ROLES - {ADMINISTRATOR}):
        for change in Change:
            with pytest.raises(NotPermitted):
                check_may_propose(other, wanted(change, role), waiting=False)
            with pytest.raises(NotPermitted):
                check_may_confirm(other, wanted(change, role))


def test_an_administrator_can_do_nothing_with_a_case() -> None:
    assert not OLHA.permissions & ON_CASES


def test_an_auditor_changes_nothing_but_their_own_book() -> None:
    assert Actor("a", "A", frozenset({AUDITOR})).permissions == {
        Permission.EXPOSURE_READ,
        Permission.FIGURES_READ,
        Permission.HONEY_WATCH,
        Permission.LEDGER_READ,
        Permission.STAFF_LIST,
    }


def test_somebody_without_a_role_can_do_nothing() -> None:
    assert CLEO.permissions == frozenset()
    with pytest.raises(NotPermitted, match="does not allow"):
        check_has(CLEO, Permission.CASE_LIST)


def test_a_role_that_nobody_knows_allows_nothing() -> None:
    assert Actor("x", "X", frozenset({"emperor"})).permissions == frozenset()
    with pytest.raises(WrongState, match="no such role"):
        check_roles_together(["emperor"])


@pytest.mark.parametrize("secluded", sorted(SECLUDED_ROLES - CUSTODIANS | {SEAT}))
@pytest.mark.parametrize("other", [*EACH_ROLE, "custodian-2"])
def test_who_runs_or_watches_the_house_does_nothing_else_in_it(secluded: str, other: str) -> None:
    if secluded != other:
        with pytest.raises(WrongState, match="no other role"):
            check_roles_together([secluded, other])


def test_a_role_is_not_granted_twice_nor_revoked_from_who_lacks_it() -> None:
    with pytest.raises(WrongState, match="already"):
        check_may_propose(OLHA, wanted(Change.GRANT, "vetting", "vetting"), waiting=False)
    with pytest.raises(WrongState, match="does not hold"):
        check_may_propose(OLHA, wanted(Change.REVOKE, "vetting", "board"), waiting=False)


def test_a_key_is_handed_over_by_a_holder_to_a_holder() -> None:
    check_may_hand_over(ADA, role="vetting", receiver_roles=["vetting"])
    with pytest.raises(NotPermitted):
        check_may_hand_over(OLHA, role="vetting", receiver_roles=["vetting"])
    with pytest.raises(WrongState):
        check_may_hand_over(ADA, role="vetting", receiver_roles=["board"])


def test_locked_keys_sign_nothing() -> None:
    with pytest.raises(NotPermitted, match="locked"):
        _ = ADA.signer


def test_every_permission_belongs_to_some_role_and_every_role_is_known() -> None:
    assert frozenset().union(*ROLE_PERMISSIONS.values()) == frozenset(Permission)
    assert ROLE_PERMISSIONS.keys() > GRANTABLE_ROLES
    for permission in Permission:
        check_payload({"permission": permission.value})


def test_every_role_that_reads_content_but_the_auditors_works_on_cases() -> None:
    reading = CONTENT_ROLES - CUSTODIANS - {AUDITOR}
    assert all(Permission.CASE_OPEN in ROLE_PERMISSIONS[role] for role in reading)
    assert not any(Permission.CASE_OPEN in ROLE_PERMISSIONS[seat] for seat in CUSTODIANS)
