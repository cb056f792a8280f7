# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 3: in one case nobody is interviewer and examiner, and no examiner decides."""

import pytest

from tests.core.procedure.written import legion, read
from watchword.core.procedure import Text, check_may_decide, check_may_record
from watchword.core.refusals import NotPermitted

PROFILE = read(legion())
ROLES = [role.id for role in PROFILE.roles]


def titles(kind: str) -> list[Text]:
    return [PROFILE.role(role).title for role in PROFILE.evidence_kind(kind).recorded_by]


@pytest.mark.parametrize(
    ("first", "second"),
    [("interview", "polygraph"), ("check", "second-reading"), ("interview", "second-reading")],
)
def test_who_recorded_one_of_two_that_exclude_each_other_does_not_record_the_other(
    first: str, second: str
) -> None:
    """In both orders, whichever of the two says it, and even for somebody who holds every role."""
    for earlier, later in ((first, second), (second, first)):
        with pytest.raises(NotPermitted, match="someone else must record"):
            check_may_record(
                PROFILE.evidence_kind(later), ROLES, [PROFILE.evidence_kind(earlier)], titles(later)
            )


def test_a_role_that_does_not_record_a_kind_is_refused_and_told_who_does() -> None:
    kind = PROFILE.evidence_kind("polygraph-waiver")
    with pytest.raises(NotPermitted, match="is recorded by: Decision board or Vetting"):
        check_may_record(kind, {"intake", "administrator"}, [], titles("polygraph-waiver"))


def test_who_may_record_it_may() -> None:
    interview = PROFILE.evidence_kind("interview")
    check_may_record(interview, {"vetting"}, [PROFILE.evidence_kind("check"), interview], titles("interview"))


@pytest.mark.parametrize("act", ["propose", "vote", "countersign"])
def test_an_examiner_takes_no_part_in_deciding_the_case(act: str) -> None:
    with pytest.raises(NotPermitted, match="you take no part in deciding it"):
        check_may_decide(act, [PROFILE.evidence_kind("polygraph")])
    check_may_decide(act, [PROFILE.evidence_kind("check")])
