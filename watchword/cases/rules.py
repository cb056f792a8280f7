# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may know of a case, who may act on it, and who must keep out of it."""

from collections.abc import Collection
from dataclasses import dataclass

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.core.procedure.profile import Profile
from watchword.core.procedure.stages import Exit
from watchword.core.refusals import NotFound, NotPermitted, Sentence, WrongState, permitted, sentence, why_not

KEEPING_ROLE = "vetting"
"""The one role whose members see a case because it was given to them, not because of the stage alone."""

ALPHABET = "23467ACDEFGHJKMNPQRTUVWXYZ"
"""Without 0 O, 1 I L, 5 S, 8 B and 9: a code is read aloud over bad lines and copied by hand."""

TIE_KINDS = ("family", "home-town", "former-unit", "earlier-decision", "money", "complaint", "other")


@dataclass(frozen=True)
class Standing:
    """What the rules ask about a case. Staff are named by pseudonym; ``ties`` are those who are recused."""

    code: str
    stage: str
    keeper: str | None
    ties: frozenset[str]
    colleagues: frozenset[str]
    closed: bool
    reachable: bool


def case_code(entropy: bytes) -> str:
    """A code such as WW-7F3K-29 from at least six random bytes; it says nothing about the case.

    The bias of the remainder is harmless: a code must be unique and unguessable from other codes, no more.
    """
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in entropy[:4])
    return f"WW-{letters}-{int.from_bytes(entropy[4:6]) % 100:02d}"


def check_not_recused(actor: Actor, ties: Collection[str]) -> None:
    """Whoever shares a tie with the applicant takes no part in the case (law 4)."""
    if actor.id in ties:
        raise NotPermitted(sentence("You declared a tie with this applicant, so you take no part in this case."))


def roles_that_know(profile: Profile, stage_id: str) -> frozenset[str]:
    """The roles with something to do in this stage: they close it, record what it needs, or decided into it."""
    stage = profile.stage(stage_id)
    closing = frozenset().union(*(exit_.by for exit_ in stage.exits))
    recording = frozenset().union(
        *(profile.evidence_kind(kind).recorded_by for exit_ in stage.exits for kind in exit_.evidence_kinds)
    )
    decided = any(outcome.to_stage == stage_id for outcome in profile.decision.outcomes)
    deciding = profile.decision.vote_roles | profile.decision.countersign_roles if decided else frozenset()
    return (closing | recording | deciding) - {"applicant"}


def check_may_know(actor: Actor, case: Standing, profile: Profile) -> None:
    """Need to know: the keeper and asked colleagues; vetting while nobody keeps it; other roles in their stages.

    To everybody else the case does not exist, whatever the address they type.
    """
    if not actor.has(Permission.CASE_LIST) or actor.id in case.ties:
        raise NotFound(sentence("There is no such case."))
    knowing = actor.roles & roles_that_know(profile, case.stage)
    if case.keeper is not None:
        knowing -= {KEEPING_ROLE}
    given = actor.id == case.keeper or actor.id in case.colleagues
    if not knowing and not (given and KEEPING_ROLE in actor.roles):
        raise NotFound(sentence("There is no such case."))


may_know = permitted(check_may_know)


def check_may_open(actor: Actor, case: Standing, readers: Collection[str]) -> None:
    """A role that reads this compartment, held by somebody without a tie."""
    check_has(actor, Permission.CASE_OPEN)
    check_not_recused(actor, case.ties)
    if not actor.roles.intersection(readers):
        raise NotPermitted(sentence("This is not for your role."))


why_not_open = why_not(check_may_open)


def check_may_work(actor: Actor, case: Standing) -> None:
    """The case is still open and the person has no tie to the applicant."""
    check_not_recused(actor, case.ties)
    if case.closed:
        raise WrongState(sentence("This case is closed."))


def check_may_move(actor: Actor, case: Standing, exit_: Exit, unmet: Collection[Sentence]) -> None:
    """A role that may take this exit, once everything that the exit needs has been recorded."""
    check_has(actor, Permission.CASE_STAGE)
    check_may_work(actor, case)
    if not actor.roles & exit_.by:
        raise NotPermitted(sentence("This step is taken by another role."))
    if KEEPING_ROLE in exit_.by and case.keeper not in (None, actor.id) and actor.roles & exit_.by == {KEEPING_ROLE}:
        raise NotPermitted(sentence("Only the keeper of the case takes this step."))
    for reason in unmet:
        raise WrongState(reason)


def check_may_keep(actor: Actor, case: Standing, *, staff_id: str, staff_roles: Collection[str]) -> None:
    """Somebody of vetting without a tie becomes keeper; a kept case is handed on by its keeper alone."""
    check_has(actor, Permission.CASE_ASSIGN)
    check_may_work(actor, case)
    if KEEPING_ROLE not in staff_roles:
        raise WrongState(sentence("Only somebody of vetting can keep a case."))
    if staff_id in case.ties:
        raise WrongState(sentence("This person declared a tie with the applicant and cannot keep the case."))
    if case.keeper == staff_id:
        raise WrongState(sentence("This person keeps the case already."))
    if case.keeper not in (None, actor.id):
        raise NotPermitted(sentence("Only the keeper can hand this case on."))


def check_may_ask(actor: Actor, case: Standing, *, staff_id: str) -> None:
    """The keeper asks a colleague without a tie to work on this one case."""
    check_may_work(actor, case)
    if actor.id != case.keeper:
        raise NotPermitted(sentence("Only the keeper can ask a colleague to work on this case."))
    if staff_id in case.ties:
        raise WrongState(sentence("This person declared a tie with the applicant."))
    if staff_id == case.keeper or staff_id in case.colleagues:
        raise WrongState(sentence("This person works on the case already."))


def check_may_write(actor: Actor, case: Standing) -> None:
    """A letter goes out while the case is open and its mailbox is known; a kept case's letters are its keeper's."""
    check_has(actor, Permission.CASE_MESSAGE)
    check_may_work(actor, case)
    if not case.reachable:
        raise WrongState(
            sentence("Open the routing compartment first: the address of the mailbox lies sealed in it.")
        )
    if actor.id != case.keeper and case.keeper is not None:
        raise NotPermitted(sentence("Letters in this case are written by its keeper."))


why_not_write = why_not(check_may_write)


def check_may_declare_tie(actor: Actor, case: Standing) -> None:
    """A tie is declared once, by oneself; nobody can take it back."""
    check_has(actor, Permission.TIE_DECLARE)
    if actor.id in case.ties:
        raise WrongState(sentence("You declared a tie with this applicant already."))
