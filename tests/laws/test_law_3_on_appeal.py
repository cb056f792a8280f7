# SPDX-License-Identifier: AGPL-3.0-or-later
"""Laws 1, 3 and 4 hold on appeal too: tried through the services, and past them by raw SQL."""

import pytest

from tests.decisions import others
from tests.decisions.at_the_table import CANDOUR, MACHINE, PASSPORT, Table
from tests.laws.breaking import insert, refused_by_the_database, row_of
from tests.organisation import Organisation
from watchword.core.refusals import NotFound, WrongState
from watchword.decisions.models import Decision, Proposal, Vote

UPHOLD = "uphold-refusal"


@pytest.fixture
def appealed(organisation: Organisation) -> Table:
    return others.appealed(organisation)


def test_law_1_no_appeal_is_refused_on_weak_grounds_alone(appealed: Table) -> None:
    for grounds in ((), (MACHINE,), (MACHINE, PASSPORT)):
        with pytest.raises(WrongState, match="stands by itself"):
            appealed.propose(*grounds, outcome=UPHOLD, by="kira")
    proposal = appealed.propose(CANDOUR, outcome=UPHOLD, by="kira")
    with refused_by_the_database("upholding without a ground"):
        insert("decisions_proposal", row_of(proposal, independent_grounds=0, state="open"))


def test_law_3_the_database_knows_who_decided_before_and_who_is_a_witness(appealed: Table) -> None:
    actor = appealed.organisation.actor
    proposal = appealed.propose(CANDOUR, outcome=UPHOLD, by="kira")
    appealed.vote(proposal, "lev")
    vote = Vote.objects.get(proposal=proposal)
    for who in ("eva", "ben", "hana", "jana", "ada", "hugo", "kira"):
        with refused_by_the_database(f"{who} votes on the appeal"):
            insert("decisions_vote", row_of(vote, staff_id=actor(who).id))
    for change in ({"panel": "any"}, {"panel": "others"}, {"quorum": 2}):
        with refused_by_the_database(f"another panel: {change}"):
            Proposal.objects.filter(pk=proposal.uid).update(**change)
    appealed.vote(proposal, "mila")
    appealed.vote(proposal, "nora")
    decision = Decision(
        uid="d" * 32,
        proposal=proposal,
        case_id=appealed.case,
        outcome=UPHOLD,
        proposed_by_id=proposal.proposed_by_id,
        at=appealed.now,
        action_hash=proposal.action_hash,
        independent_grounds=1,
    )
    for who in ("ben", "eva", "hana", "ada", "hugo", "lev", "kira"):
        decision.countersigned_by_id = actor(who).id
        with refused_by_the_database(f"{who} signs the appeal"):
            insert("decisions_decision", row_of(decision))
    assert appealed.sign(proposal).countersigned_by_id == actor("osip").id


def test_law_4_a_tie_shuts_out_of_an_appeal_as_well(appealed: Table) -> None:
    proposal = appealed.propose(CANDOUR, outcome=UPHOLD, by="kira")
    appealed.all_vote(proposal)
    appealed.office.tie("mila")
    with pytest.raises(WrongState, match="quorum is lost"):
        appealed.sign(proposal)
    appealed.office.tie("osip")
    with pytest.raises(NotFound):
        appealed.sign(proposal)
    assert not Decision.objects.filter(proposal=proposal).exists()


def test_law_3_the_database_refuses_the_first_board_on_the_confirmation(organisation: Organisation) -> None:
    table = others.intended(organisation)
    proposal = table.propose(CANDOUR, outcome="confirm-refusal")
    table.vote(proposal, "hana")
    vote = Vote.objects.get(proposal=proposal)
    for who in ("eva", "finn", "gita", "ben"):
        with refused_by_the_database(f"{who} confirms what {who} intended"):
            insert("decisions_vote", row_of(vote, staff_id=table.organisation.actor(who).id))
