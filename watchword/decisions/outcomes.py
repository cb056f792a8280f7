# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be decided: an outcome of this stage, on grounds that carry it, for no longer than it may take."""

from datetime import date, timedelta

from watchword.core.procedure.decision import Outcome
from watchword.core.procedure.needs import CaseFacts
from watchword.core.procedure.profile import Profile
from watchword.core.refusals import Sentence, WrongState, counted, sentence
from watchword.decisions import grounds
from watchword.decisions.action import Action
from watchword.decisions.rules import Matter

DEFER_DAYS = 90
KINDER_OUTCOMES = (
    "accept",
    "accept-after-reply",
    "accept-on-appeal",
    "accept-on-conditions-on-appeal",
    "accept-with-conditions",
    "defer",
    "rerun",
)
"""All other outcomes count as refusals: one that nobody thought of here must not slip past law 1."""


def is_refusal(outcome: Outcome) -> bool:
    """Whether law 1 binds this outcome: the profile says so, or it is none that we know to be kinder."""
    return outcome.adverse or outcome.id not in KINDER_OUTCOMES


def missing(outcome: Outcome, facts: CaseFacts) -> tuple[Sentence, ...]:
    """What this outcome still needs besides a countersigned proposal, in sentences."""
    return tuple(reason for need in outcome.needs if (reason := need.missing(facts)) is not None)


def check_proposal(action: Action, case: Matter, profile: Profile, today: date) -> None:
    """The outcome belongs here, every ground is whole, and a refusal has one that stands alone (law 1)."""
    outcome = _outcome_here(action, case, profile)
    law = profile.ground_law
    if not action.open_reasons.strip():
        raise WrongState(sentence("Write the reasons that the applicant will read."))
    grounds.check_complete(action.grounds, law)
    grounds.check_recorded(action.grounds, frozenset(kind.id for kind in profile.evidence_kinds), case.kinds)
    if is_refusal(outcome):
        grounds.check_refusal_stands(action.grounds, law)
    _check_terms(action, "conditions" in profile.letter(outcome.letter).gaps, today)


def _outcome_here(action: Action, case: Matter, profile: Profile) -> Outcome:
    for outcome in profile.decision.outcomes_at(case.stage):
        if outcome.id == action.outcome:
            for reason in missing(outcome, case.facts):
                raise WrongState(reason)
            return outcome
    raise WrongState(sentence("This outcome cannot be proposed in this stage."))


def _check_terms(action: Action, conditional: bool, today: date) -> None:
    """Conditions come with a day of review; a deferral ends, and soon: nobody waits for ever."""
    deferred = action.outcome == "defer"
    if conditional and not action.conditions.strip():
        raise WrongState(sentence("Write the conditions, in words that the applicant can follow."))
    if (conditional or deferred) and (action.until is None or action.until <= today):
        raise WrongState(sentence("Give a day in the future on which this is looked at again."))
    if deferred and action.until is not None and action.until > today + timedelta(days=DEFER_DAYS):
        raise WrongState(
            counted(
                "A decision can be deferred by %(days)s day at most.",
                "A decision can be deferred by %(days)s days at most.",
                DEFER_DAYS,
                days=DEFER_DAYS,
            )
        )
