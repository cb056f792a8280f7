# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may not confirm a refusal or decide an appeal, because of what they did in the case before (law 3)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from watchword.core.procedure.decision import Panel
from watchword.core.refusals import NotPermitted, Sentence, sentence
from watchword.journal.events import Event

DECIDED = sentence("Took part in deciding this case: other people decide the appeal.")
KEPT = sentence("Had this case in hand: other people decide the appeal.")
RECORDED = sentence("Recorded evidence in this case: other people decide the appeal.")
ACTED = sentence("Worked on this case before it was refused: other people decide the appeal.")
BEFORE = sentence("Took part in the decision before this one: other people confirm it.")

# To read, to be kept out and to carry paper is no part in a case; and these entries only stand beside others.
NO_PART = frozenset(
    {
        Event.CASE_TIE,
        Event.COMPARTMENT_OPEN,
        Event.COMPARTMENT_WRITE,
        Event.EXPORT,
        Event.EXPORT_ASK,
        Event.EXPORT_DROP,
        Event.EXPORT_TAKE,
        Event.HEADER_REWRAP,
        Event.SEAL_HASH,
    }
)
# What is done for the appeal itself, once the refusal stands. Everything else is a part, also what is not
# invented yet: evidence, for instance, makes a witness.
OF_THE_APPEAL = frozenset(
    {
        Event.CASE_KEEPER,
        Event.CASE_OFFER,
        Event.CASE_OFFER_END,
        Event.CASE_STAGE,
        Event.DECISION_PROPOSE,
        Event.DECISION_REFUSE_SECOND,
        Event.DECISION_SECOND,
        Event.DECISION_VOTE,
        Event.DECISION_WITHDRAW,
        Event.MESSAGE_SEND,
        Event.NOTE_WRITE,
        Event.TASK_END,
        Event.TASK_SET,
    }
)
_WORDS: Mapping[Event, Sentence] = {
    Event.CASE_KEEPER: KEPT,
    Event.DECISION_PROPOSE: DECIDED,
    Event.DECISION_REFUSE_SECOND: DECIDED,
    Event.DECISION_SECOND: DECIDED,
    Event.DECISION_VOTE: DECIDED,
    Event.EVIDENCE_ADD: RECORDED,
}
_STRONGEST = (DECIDED, KEPT, RECORDED, ACTED)


@dataclass(frozen=True)
class Done:
    """One act in a case: by whom, and into whose hands it gave the case, if it did."""

    event: Event
    actor: str
    given_to: str = ""
    after_refusal: bool = False


@dataclass(frozen=True)
class Past:
    """Who took part in the decision ``before``, and everybody who had a part in the case, with the reason."""

    before: frozenset[str] = frozenset()
    parts: Mapping[str, Sentence] = field(default_factory=lambda: MappingProxyType({}))

    def out(self, panel: Panel) -> Mapping[str, Sentence]:
        """Whom this panel shuts out, and why."""
        if panel is Panel.NEW:
            return self.parts
        return dict.fromkeys(self.before, BEFORE) if panel is Panel.OTHERS else {}


def check_in_panel(staff: str, past: Past, panel: Panel) -> None:
    """Whoever is shut out hears why."""
    if reason := past.out(panel).get(staff):
        raise NotPermitted(reason)


def parts(acts: Iterable[Done]) -> dict[str, Sentence]:
    """Everybody who had a part in a case, each with the strongest reason."""
    found: dict[str, Sentence] = {}
    for staff, reason in _reasons(acts):
        found[staff] = min(found.get(staff, ACTED), reason, key=_STRONGEST.index)
    return found


def _reasons(acts: Iterable[Done]) -> Iterator[tuple[str, Sentence]]:
    for act in acts:
        if act.event in NO_PART or (act.after_refusal and act.event in OF_THE_APPEAL):
            continue
        if act.given_to:
            yield act.given_to, KEPT
        # Whoever gave it to somebody else did not have it for that.
        yield act.actor, ACTED if act.given_to else _WORDS.get(act.event, ACTED)
