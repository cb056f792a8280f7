# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever anybody tries: it is done and recorded, or refused with a sentence; laws 1 to 3 hold throughout.

The machine knows nothing of what is allowed. It lets everybody try everything, through the real services, and
looks at what became of it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.cast import PATH, PROFILE, Applicant, Office
from tests.decisions.at_the_table import CANDOUR, MACHINE, PASSPORT, Table
from tests.organisation import CAST, Organisation
from watchword.accounts.services import courier_actor
from watchword.cases.models import Case, EvidenceMark
from watchword.core.procedure.meeting import Reach
from watchword.core.refusals import Refused
from watchword.decisions.grounds import Ground
from watchword.decisions.models import Decision, Proposal
from watchword.decisions.procedure import programs
from watchword.journal.events import Event
from watchword.journal.models import PendingEntry
from watchword.journal.selectors import timeline
from watchword.profiles import load

# Where the machine begins: at the door, in the middle, and before the board.
BEGINNINGS = ("prescreen", "checks", "board")
EXAMPLES, STEPS = 8, 10
# Whoever works on the case comes twice as often as somebody from next door.
WORKING = st.sampled_from(["ada", "hugo", "iris", "ben", "eva", "finn", "sofia", "pola", "mira"])
PEOPLE = WORKING | st.sampled_from(sorted(CAST))
ACTIONS = st.sampled_from(sorted({way.action for stage in PROFILE.stages for way in stage.exits}))
KINDS = st.sampled_from([kind.id for kind in PROFILE.evidence_kinds])
OUTCOMES = st.sampled_from([outcome.id for outcome in PROFILE.decision.outcomes])
GROUNDS = st.lists(st.sampled_from([CANDOUR, MACHINE, PASSPORT]), max_size=2)
COMPARTMENTS = st.sampled_from(sorted(PROFILE.compartments))
LETTERS = st.sampled_from(["countersign", "message", "question", "closed", "decision-refuse"])


class Everybody(RuleBasedStateMachine):
    """The small organisation at work on one case, without any idea of what is allowed."""

    tables: dict[str, Table]

    def __init__(self) -> None:
        super().__init__()
        # Each run begins where the others began; what it does is taken back at its end.
        self.atomic = transaction.atomic()
        # As in any test of Django's: an opening, which is durable, may happen within it.
        self.atomic._from_testcase = True  # type: ignore[attr-defined]  # private to Django
        self.atomic.__enter__()
        self.table = self.tables[BEGINNINGS[0]]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(where=st.sampled_from(BEGINNINGS))
    def begin(self, where: str) -> None:
        """With a case of its own for each beginning."""
        self.table = self.tables[where]

    @rule(who=PEOPLE, action=ACTIONS)
    def anybody_takes_a_step(self, who: str, action: str) -> None:
        self.attempt(lambda: self.table.office.move(who, action))

    @rule(data=st.data())
    def somebody_takes_a_step_that_there_is(self, data: st.DataObject) -> None:
        ways = PROFILE.stage(self.stage).exits
        if ways:
            way = data.draw(st.sampled_from([one.action for one in ways]))
            who = data.draw(st.sampled_from(["ada", "ben", "eva", "iris"]))
            self.attempt(lambda: self.table.office.move(who, way))

    @precondition(lambda self: self.stage in PATH)
    @rule()
    def those_who_work_on_it_do_what_the_stage_asks_for(self) -> None:
        """As far as they still can: whoever declared a tie cannot, and what is missing then is left."""
        with suppress(Refused):
            PATH[self.stage](self.table.office)

    @rule(who=PEOPLE, kind=KINDS)
    def anybody_records_evidence(self, who: str, kind: str) -> None:
        self.attempt(lambda: self.table.office.record(who, kind))

    @rule(who=st.sampled_from(["ada", "hugo", "lena"]), kind=KINDS)
    def somebody_of_vetting_records_evidence(self, who: str, kind: str) -> None:
        self.attempt(lambda: self.table.office.record(who, kind))

    @rule(who=PEOPLE, compartment=COMPARTMENTS)
    def anybody_opens_something(self, who: str, compartment: str) -> None:
        self.attempt(lambda: self.table.office.open(who, compartment))

    @rule(who=PEOPLE, letter=LETTERS)
    def anybody_writes(self, who: str, letter: str) -> None:
        filled = dict.fromkeys(PROFILE.letter(letter).gaps, "Some words.")
        self.attempt(lambda: self.table.office.write(who, letter, **filled))

    @rule(who=PEOPLE)
    def anybody_takes_the_case_or_knows_the_applicant(self, who: str) -> None:
        self.attempt(lambda: self.table.office.keep(who))

    @rule(who=st.sampled_from(["cleo", "finn", "hugo", "lena", "ben"]))
    def anybody_declares_a_tie(self, who: str) -> None:
        self.attempt(lambda: self.table.office.tie(who))

    @rule(who=PEOPLE, outcome=OUTCOMES, grounds=GROUNDS)
    def anybody_proposes(self, who: str, outcome: str, grounds: list[Ground]) -> None:
        self.attempt(lambda: self.propose(who, outcome, grounds))

    @precondition(lambda self: bool(PROFILE.decision.outcomes_at(self.stage)))
    @rule(data=st.data(), signs=st.sampled_from(["ben", "ben", "ada", "eva"]))
    def the_board_decides(self, data: st.DataObject, signs: str) -> None:
        here = [outcome.id for outcome in PROFILE.decision.outcomes_at(self.stage)]
        outcome = data.draw(st.sampled_from(here))
        grounds = data.draw(st.sampled_from([(CANDOUR,), (CANDOUR, MACHINE), (MACHINE, PASSPORT)]))
        self.attempt(lambda: self.propose("ada", outcome, grounds))
        for who in ("eva", "finn", "gita"):
            self.on_the_question(partial(self.vote, who))
        self.on_the_question(lambda question: self.table.sign(question, signs))

    @precondition(lambda self: Proposal.objects.filter(case=self.table.case).exists())
    @rule(who=PEOPLE)
    def anybody_votes(self, who: str) -> None:
        self.on_the_question(partial(self.vote, who))

    @rule()
    def the_applicant_answers(self) -> None:
        self.attempt(lambda: self.table.applicant.answer("I was there."))

    @rule(sections=st.sampled_from([("consents",), ("identity",)]))
    def the_applicant_fills_in_a_page(self, sections: tuple[str, ...]) -> None:
        self.attempt(lambda: self.table.applicant.answers_what_is_asked(*sections))

    def propose(self, who: str, outcome: str, grounds: Sequence[Ground]) -> object:
        until = self.table.day(30)
        return self.table.propose(*grounds, outcome=outcome, by=who, conditions="None.", until=until)

    def vote(self, who: str, question: Proposal) -> object:
        return self.table.vote(question, who)

    def on_the_question(self, act: Callable[[Proposal], object]) -> None:
        """On the newest question before the board, if there ever was one."""
        question = Proposal.objects.filter(case=self.table.case).order_by("at", "round").last()
        if question is not None:
            self.attempt(lambda: act(question))

    def attempt(self, act: Callable[[], object]) -> None:
        """Done and recorded, or refused with a sentence and nothing changed."""
        before, entries = self.state(), PendingEntry.objects.count()
        try:
            act()
        except Refused as refusal:
            sentence: str | None = str(refusal)
        else:
            sentence = None
        if sentence is None:
            assert PendingEntry.objects.count() > entries, "what is done is recorded"
        else:
            assert sentence.strip().endswith((".", "?", "!")), sentence
            assert self.state() == before, "what is refused changes nothing"

    def state(self) -> object:
        case = Case.objects.filter(pk=self.table.case)
        marks = EvidenceMark.objects.filter(case=self.table.case).count()
        asked = Proposal.objects.filter(case=self.table.case).values_list("uid", "state")
        return list(case.values_list("stage", "version", "keeper", "closed_at")), marks, sorted(asked)

    @property
    def stage(self) -> str:
        return Case.objects.values_list("stage", flat=True).get(pk=self.table.case)

    @invariant()
    def the_stage_is_the_one_that_was_recorded_last(self) -> None:
        told = [moment for moment in timeline(self.table.case) if moment.event is Event.CASE_STAGE]
        assert not told or told[-1].payload["to"] == self.stage

    @invariant()
    def law_1_nobody_is_refused_on_weak_grounds_alone(self) -> None:
        for decision in self.decisions():
            outcome = PROFILE.outcome(decision.proposal.outcome)
            assert not outcome.adverse or decision.independent_grounds >= 1
        if self.stage in {"refused", "refusal-intended"}:
            assert any(PROFILE.outcome(one.proposal.outcome).adverse for one in self.decisions())

    @invariant()
    def law_2_nobody_is_accepted_without_a_decision_that_says_so(self) -> None:
        if self.stage == "accepted":
            assert any(one.proposal.outcome.startswith("accept") for one in self.decisions())

    @invariant()
    def law_3_nobody_is_both(self) -> None:
        for decision in self.decisions():
            assert decision.countersigned_by_id != decision.proposal.proposed_by_id
            assert decision.proposal.proposed_by_id not in decision.proposal.facts().voters
        recorded = set(EvidenceMark.objects.filter(case=self.table.case).values_list("staff_id", "kind"))
        for staff, kind in recorded:
            assert not {(staff, other) for other in PROFILE.evidence_kind(kind).excludes} & recorded

    @invariant()
    def there_is_a_way_on(self) -> None:
        """For the staff by what the procedure says, and for the applicant at once."""
        stage = PROFILE.stage(self.stage)
        assert stage.final or {"withdraw"} < {way.action for way in stage.exits}

    def decisions(self) -> Iterator[Decision]:
        yield from Decision.objects.filter(proposal__case=self.table.case).select_related("proposal")


@contextmanager
def everybody_logged_in(organisation: Organisation) -> Iterator[None]:
    """Before the first run: taken back with a run, a log-in would leave a session that nobody knows."""
    for who in CAST:
        organisation.actor(who)
    courier_actor(organisation.now)
    yield


def test_whatever_anybody_tries_is_done_and_recorded_or_refused_with_a_sentence(
    organisation: Organisation,
) -> None:
    with everybody_logged_in(organisation):
        Everybody.tables = {where: laid(organisation, where) for where in BEGINNINGS}
        run_state_machine_as_test(
            Everybody,
            # The first run that fails is told as it is: to look for a shorter one takes minutes.
            settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, phases=[Phase.generate]),
        )


def laid(organisation: Organisation, where: str) -> Table:
    """A case of its own that has come as far as ``where``."""
    applicant = Applicant(organisation)
    office = Office(organisation, applicant.apply().uid)
    office.standing_in(where)
    return Table(organisation, office, applicant)


@pytest.mark.parametrize("name", ["legion", "observers"])
def test_from_every_stage_people_can_bring_a_case_to_an_end_other_than_its_withdrawal(name: str) -> None:
    profile = load(name)
    allowed = programs()
    ways = Reach(profile, allowed.writing, allowed.recording).open_ways
    ending = {stage.id for stage in profile.stages if stage.final and stage.id != profile.withdrawal.to}
    for _ in profile.stages:
        ending |= {
            stage.id
            for stage in profile.stages
            for way in stage.exits
            if (stage.id, way.action) in ways and way.to in ending and way.action != "withdraw"
        }
    assert {stage.id for stage in profile.stages} - ending == {profile.withdrawal.to}
    assert {(stage.id, way.action) for stage in profile.stages for way in stage.exits} == ways
