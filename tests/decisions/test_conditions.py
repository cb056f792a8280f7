# SPDX-License-Identifier: AGPL-3.0-or-later
"""Conditions come back on their day; what a review finds is recorded, and changes no outcome by itself."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.cast import stage_of
from tests.decisions import others
from tests.decisions.at_the_table import CANDOUR, Table
from watchword.cases.models import Case
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.decisions.conditions import services
from watchword.decisions.conditions.rules import Finding, Said
from watchword.decisions.models import Review
from watchword.decisions.selectors import waiting_for
from watchword.vault.models import SealedRecord

MONTHLY = "Writes each month, as agreed."


def review(
    table: Table, who: str, finding: Finding, until: date | None = None, said: str = MONTHLY
) -> Review:
    return services.review(
        case_uid=table.case,
        said=Said(finding, said, until),
        actor=table.organisation.actor(who),
        now=table.now,
    )


def at_home(table: Table, who: str = "ada") -> list[str]:
    return [str(row.what) for row in waiting_for(table.organisation.actor(who), now=table.now).rows]


@pytest.fixture
def accepted(table: Table) -> Table:
    """Dov is accepted, must write each month, and the day has come long ago."""
    table.decide(outcome="accept-with-conditions", conditions="Write each month.", until=table.day(20))
    table.days_later(60)
    return table


def test_conditions_stay_at_home_until_somebody_has_reviewed_them(accepted: Table) -> None:
    assert at_home(accepted) == ["The conditions of the decision are to be looked at again."]
    made = review(accepted, "ada", Finding.KEPT, accepted.day(30))
    assert at_home(accepted) == []
    assert accepted.events()[-1] == "condition.review"
    aud = accepted.organisation.actor("ben")
    assert services.read(case_uid=accepted.case, review_uid=made.uid, actor=aud, now=accepted.now) == MONTHLY
    assert accepted.events()[-1] == "compartment.open"
    assert MONTHLY.encode() not in bytes(SealedRecord.objects.get(pk=made.record_id).header)
    accepted.days_later(30)
    assert len(at_home(accepted)) == 1
    with pytest.raises(NotPermitted, match="a member of the board lifts"):
        review(accepted, "ada", Finding.LIFTED)
    review(accepted, "ben", Finding.LIFTED)
    assert at_home(accepted) == []
    with pytest.raises(WrongState, match="were lifted"):
        review(accepted, "ada", Finding.KEPT, accepted.day(9))


def test_whoever_has_no_part_in_deciding_or_a_tie_reviews_nothing(accepted: Table) -> None:
    accepted.office.tie("finn")
    for who in ("iris", "hugo", "mira", "finn"):
        with pytest.raises((NotFound, NotPermitted)):
            review(accepted, who, Finding.KEPT, accepted.day(9))
    for said, until in (("", accepted.day(9)), (MONTHLY, None), (MONTHLY, accepted.day(0))):
        with pytest.raises(WrongState):
            review(accepted, "ada", Finding.KEPT, until, said)
    with pytest.raises(WrongState, match="leave the day empty"):
        review(accepted, "ada", Finding.BREACHED, accepted.day(9))
    assert not Review.objects.exists()
    made = review(accepted, "ada", Finding.KEPT, accepted.day(9))
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.update(finding="lifted", until=None)
    tied = {"uid": "e" * 32, "by_id": accepted.organisation.actor("finn").id}
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(
            case_id=made.case_id,
            decision_id=made.decision_id,
            finding="lifted",
            number=2,
            at=made.at,
            record_id=made.record_id,
            **tied,
        )


def test_a_breach_opens_a_proposal_and_changes_nothing_by_itself(accepted: Table) -> None:
    withdraw = {"outcome": "withdraw-acceptance"}
    with pytest.raises(WrongState, match="closed"):
        accepted.propose(CANDOUR, **withdraw)
    review(accepted, "ada", Finding.BREACHED)
    assert stage_of(accepted.case) == "accepted"
    assert at_home(accepted) == ["A condition was breached: propose what follows, or review it again."]
    with pytest.raises(WrongState, match="stands by itself"):
        accepted.propose(outcome="withdraw-acceptance")
    review(accepted, "ben", Finding.KEPT, accepted.day(9))
    with pytest.raises(WrongState, match="closed"):
        accepted.propose(CANDOUR, **withdraw)
    review(accepted, "ada", Finding.BREACHED)
    accepted.decide(CANDOUR, **withdraw)
    assert stage_of(accepted.case) == "refusal-intended"
    assert Case.objects.get(pk=accepted.case).closed_at is None
    statement = next(one for one in accepted.applicant.mailbox() if one.kind == "acceptance-reconsidered")
    assert "30" in statement.text
    with pytest.raises(WrongState, match="for 30 days"):
        accepted.propose(CANDOUR, outcome="confirm-refusal")
    others.join_the_board(accepted.organisation, *others.SECOND)
    accepted.applicant.answer("I was ill, and could not write.", "decision")
    with pytest.raises(NotPermitted, match="decision before this one"):
        accepted.vote(accepted.propose(CANDOUR, outcome="confirm-refusal"), "eva")
