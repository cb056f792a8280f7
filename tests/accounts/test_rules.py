# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may do what at the Desk, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchword.accounts.rules import (
    ADMINISTRATOR,
    AUDITOR,
    CONTENT_ROLES,
    GRANTABLE_ROLES,
    ROLE_PERMISSIONS,
    SECLUDED_ROLES,
    Actor,
    Permission,
    check_has,
    check_may_end,
    check_may_grant,
    check_may_hand_over,
    check_may_revoke,
    check_roles_together,
    may_grant,
)
from watchword.core.refusals import NotPermitted, WrongState
from watchword.journal.rules import check_payload

OLHA = Actor("olha", "Olha", frozenset({ADMINISTRATOR}))
ADA = Actor("ada", "Ada", frozenset({"vetting"}))
CLEO = Actor("cleo", "Cleo", frozenset())

ON_CASES = {
    permission
    for permission in Permission
    if permission.value.partition(":")[0] in {"case", "decision", "evidence", "parcel", "tie"}
}
roles = st.sampled_from(sorted(GRANTABLE_ROLES))
actors = st.builds(Actor, st.sampled_from(["olha", "ada"]), st.just("X"), st.frozensets(roles))


def test_nobody_grants_a_role_to_himself() -> None:
    with pytest.raises(NotPermitted, match="their own"):
        check_may_grant(OLHA, staff_id="olha", role="vetting", held=[])


def test_an_administrator_revokes_neither_his_role_nor_ends_his_service() -> None:
    with pytest.raises(NotPermitted, match="their own"):
        check_may_revoke(OLHA, staff_id="olha", role=ADMINISTRATOR, held=[ADMINISTRATOR])
    with pytest.raises(NotPermitted, match="their own"):
        check_may_end(OLHA, staff_id="olha")


@given(actor=actors, staff=st.sampled_from(["olha", "ada"]), role=roles, held=st.frozensets(roles))
def test_a_grant_that_is_allowed_breaks_no_law(
    actor: Actor, staff: str, role: str, held: frozenset[str]
) -> None:
    if may_grant(actor, staff_id=staff, role=role, held=held):
        assert ADMINISTRATOR in actor.roles
        assert staff != actor.id
        assert role not in held
        assert not (SECLUDED_ROLES & (held | {role})) or len(held | {role}) == 1


@pytest.mark.parametrize("role", sorted(GRANTABLE_ROLES))
def test_only_an_administrator_grants_anything(role: str) -> None:
    for other in (Actor("x", "X", frozenset({one})) for one in GRANTABLE_ROLES - {ADMINISTRATOR}):
        with pytest.raises(NotPermitted):
            check_may_grant(other, staff_id="ada", role=role, held=[])


def test_an_administrator_can_do_nothing_with_a_case() -> None:
    assert not OLHA.permissions & ON_CASES


def test_an_auditor_changes_nothing() -> None:
    assert Actor("a", "A", frozenset({AUDITOR})).permissions == {
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


@pytest.mark.parametrize("secluded", sorted(SECLUDED_ROLES))
@pytest.mark.parametrize("other", sorted(GRANTABLE_ROLES))
def test_who_runs_or_watches_the_house_does_nothing_else_in_it(secluded: str, other: str) -> None:
    if secluded != other:
        with pytest.raises(WrongState, match="no other role"):
            check_roles_together([secluded, other])


def test_a_role_is_not_granted_twice_nor_revoked_from_who_lacks_it() -> None:
    with pytest.raises(WrongState, match="already"):
        check_may_grant(OLHA, staff_id="ada", role="vetting", held=["vetting"])
    with pytest.raises(WrongState, match="does not hold"):
        check_may_revoke(OLHA, staff_id="ada", role="vetting", held=["board"])


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
    assert all(Permission.CASE_OPEN in ROLE_PERMISSIONS[role] for role in CONTENT_ROLES - {AUDITOR})
