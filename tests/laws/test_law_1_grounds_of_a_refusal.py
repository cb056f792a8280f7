# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 1: no refusal whose only ground is a polygraph result, a citizenship or a relative.

Here it is attacked from below; tests/decisions/test_grounds.py shows that no heap of weak grounds passes.
"""

import pytest

from tests.cast import stage_of
from tests.decisions.at_the_table import CANDOUR, MACHINE, PASSPORT, REASONS, Table
from tests.laws.breaking import change, insert, refused_by_the_database, row_of
from watchword.core.refusals import WrongState
from watchword.decisions.action import Action
from watchword.decisions.grounds import Ground
from watchword.decisions.models import Decision, Proposal
from watchword.vault import services as vault

RELATIVES = Ground("B", "relatives", "His mother lives there.", "A plan for her exists.")
WEAK = (MACHINE, PASSPORT, RELATIVES)
UNHEARD = "banish"


def test_the_service_refuses_a_weak_refusal_and_stores_nothing(table: Table) -> None:
    for outcome in ("refuse", "refer"):
        with pytest.raises(WrongState, match="stands by itself"):
            table.propose(*WEAK, outcome=outcome)
    assert not Proposal.objects.exists()
    assert "decision.propose" not in table.events()


def test_a_weak_refusal_that_lies_about_itself_in_the_database_is_not_countersigned(table: Table) -> None:
    """Its row claims one independent ground; what is sealed and hashed has none, and that is what counts."""
    action = Action(table.case, 1, "refuse", WEAK, REASONS, "", "", None, "00" * 16)
    sealed = vault.seal_record(
        case=table.case,
        compartment="decision",
        kind="proposal",
        payload=action.encode(),
        signer=table.organisation.actor("ada").signer,
        now=table.now,
        readers=["board", "vetting"],
    )
    lying = Proposal.objects.create(
        uid="e" * 32,
        case_id=table.case,
        stage="board",
        round=1,
        outcome="refuse",
        proposed_by_id=table.organisation.actor("ada").id,
        at=table.now,
        record_id=sealed.uid,
        action_hash=action.hash,
        independent_grounds=1,
        quorum=3,
    )
    table.all_vote(lying)
    with pytest.raises(WrongState, match="stands by itself"):
        table.sign(lying)
    assert stage_of(table.case) == "board"
    assert not Decision.objects.exists()


def test_the_database_refuses_a_weak_refusal_on_every_way_in(table: Table) -> None:
    kind = table.voted()
    weak = {"outcome": "refuse", "independent_grounds": 0}
    decision = Decision(
        uid="d" * 32,
        proposal=kind,
        case_id=table.case,
        outcome="refuse",
        proposed_by_id=kind.proposed_by_id,
        countersigned_by_id=table.organisation.actor("ben").id,
        at=table.now,
        action_hash=kind.action_hash,
        independent_grounds=0,
    )
    with refused_by_the_database("saving a decision"):
        decision.save()
    with refused_by_the_database("many decisions at once"):
        Decision.objects.bulk_create([decision])
    with refused_by_the_database("a decision by raw SQL"):
        insert("decisions_decision", row_of(decision))
    with refused_by_the_database("turning what was voted on into a refusal"):
        Proposal.objects.filter(pk=kind.uid).update(**weak)
    with refused_by_the_database("the same by raw SQL"):
        change("decisions_proposal", "outcome", "refuse", kind.uid)
    with refused_by_the_database("a weak proposal by raw SQL"):
        insert("decisions_proposal", row_of(kind, state="open", **weak))
    with refused_by_the_database("an outcome of a name that nobody knows"):
        insert("decisions_proposal", row_of(kind, state="open", outcome=UNHEARD, independent_grounds=0))
    with refused_by_the_database("a decision that claims a ground its proposal has not"):
        insert("decisions_decision", row_of(decision, outcome="accept", independent_grounds=1))


def test_the_database_never_lets_an_honest_decision_become_a_weak_one(table: Table) -> None:
    decision = table.decide(CANDOUR, outcome="refuse")
    with refused_by_the_database("taking its ground away"):
        Decision.objects.filter(pk=decision.uid).update(independent_grounds=0)
    decision.independent_grounds = 0
    with refused_by_the_database("saving it again"):
        decision.save()
    with refused_by_the_database("raw SQL"):
        change("decisions_decision", "outcome", "accept", decision.uid)
