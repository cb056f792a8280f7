# SPDX-License-Identifier: AGPL-3.0-or-later
"""A custodian of a trusted seat asks the others for what is still split as it was: some cases at a time."""

from collections.abc import Sequence
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import holders
from watchword.cases.rules import minute
from watchword.core.procedure.custody import SEATS
from watchword.core.refusals import NotPermitted, WrongState, sentence
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seal import seal
from watchword.custody import rules, selectors
from watchword.custody.models import Resplit
from watchword.custody.rules import MOST_CASES, RESPLIT, Stage
from watchword.custody.selectors import Matter
from watchword.custody.services.batch_drafts import BatchDraft


def draw_up_resplit(*, until: datetime, actor: Actor, now: datetime, most: int = MOST_CASES) -> BatchDraft:
    """A draft of the next cases; nothing is stored. WrongState when nothing can be split anew now."""
    one = going(actor)
    possible, left_out = selectors.splittable(one, viewer=actor, now=now)
    inside = _alike(possible)[: min(most, MOST_CASES)]
    rules.check_may_ask_batch(actor, RESPLIT, cases=len(inside), until=until, now=now)
    if actor.keys is None:
        raise NotPermitted(sentence("Your keys are locked. Log in again to go on."))
    once = Identity.generate()
    return BatchDraft(
        run=RESPLIT,
        elements=tuple(sorted({body.compartment for matter in inside for body in matter.lodged})),
        cases=tuple(matter.uid for matter in inside),
        until=minute(until),
        recipient=str(once.recipient),
        sealed_key=seal(once.seed, [actor.keys.identity.recipient]),
        left_out=left_out,
        ceremony=one.uid,
    )


def going(actor: Actor) -> Resplit:
    """The ceremony that goes on, which this person may run."""
    one = selectors.ceremony_at(Stage.CONFIRMED)
    if one is None:
        raise WrongState(sentence("No seat is distrusted: nothing is to be split anew."))
    rules.check_may_run(actor, selectors.facts_of(one, left=0))
    return one


def _alike(possible: Sequence[Matter]) -> list[Matter]:
    """Cases that the same custodians hold and may answer for, as the first of them.

    One custodian's tie would keep them from answering for two hundred cases; so those are asked for apart.
    """
    seats = {holder.pk for seat in SEATS for holder in holders(seat)}

    def who(matter: Matter) -> tuple[object, frozenset[str]]:
        return matter.profile.custody, matter.standing.ties & seats

    first = min(possible, key=lambda matter: len(who(matter)[1]), default=None)
    return [matter for matter in possible if first is not None and who(matter) == who(first)]
