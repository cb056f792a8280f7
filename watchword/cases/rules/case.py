# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may know of a case, who may act on it, and who must keep out of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.core.procedure.sealed_files import EXTENSIONS, kind_of
from watchword.core.refusals import NotFound, NotPermitted, Sentence, WrongState, permitted, sentence, why_not
from watchword.trust import enclosed

KEEPING_ROLE = "vetting"
"""The one role whose members see a case because it was given to them, not because of the stage alone."""


ALPHABET = "23467ACDEFGHJKMNPQRTUVWXYZ"
"""Without 0 O, 1 I L, 5 S, 8 B and 9: a code is read aloud over bad lines and copied by hand."""


COMPARING_ROLE, COMPARED = "intake", "routing"
"""Who compares applications, and the one compartment that is compared: what this role reads anyway."""


LEAST_ALIKE, LEAST_SHORT = 2, 20
"""How many make a group. Of short answers many more: two honest people often give the same ones."""


TIE_KINDS = ("family", "home-town", "former-unit", "earlier-decision", "money", "complaint", "other")


@dataclass(frozen=True)
class Standing:
    """What the rules ask about a case. People are pseudonyms; ``ties`` are the recused.

    ``seen_by``: the roles that the procedure lets know of a case in its present stage. ``continued_in``: the
    code of the case in which this one goes on; everything but code and mailbox is then of that one.
    """

    code: str
    seen_by: frozenset[str]
    keeper: str | None
    colleagues: frozenset[str]
    ties: frozenset[str]
    closed: bool
    reachable: bool
    continued_in: str = ""

    def given_to(self, staff_id: str) -> bool:
        """Whether the case was put into this person's hands, as keeper or as a colleague who was asked."""
        return staff_id == self.keeper or staff_id in self.colleagues


def minute(now: datetime) -> datetime:
    """The minute of ``now``: seconds would let two logs be laid beside each other."""
    return now.replace(second=0, microsecond=0)


def case_code(entropy: bytes) -> str:
    """A code such as WW-7F3K-29 from at least six random bytes; it says nothing about the case.

    The bias of the remainder is harmless: a code must be unique and unguessable from other codes, no more.
    """
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in entropy[:4])
    return f"WW-{letters}-{int.from_bytes(entropy[4:6]) % 100:02d}"


def check_not_recused(actor: Actor, ties: Collection[str]) -> None:
    """Whoever shares a tie with the applicant takes no part in the case (law 4)."""
    if actor.id in ties:
        raise NotPermitted(
            sentence("You declared a tie with this applicant, so you take no part in this case.")
        )


def check_may_know(actor: Actor, case: Standing) -> None:
    """Need to know: the roles of this stage; of vetting, once a case is kept, only whom it was given to.

    To everybody else, and to whoever declared a tie, the case does not exist, whatever address they type.
    """
    knowing = actor.roles & case.seen_by
    if case.keeper is not None and not case.given_to(actor.id):
        knowing -= {KEEPING_ROLE}
    if not knowing or actor.id in case.ties or not actor.has(Permission.CASE_LIST):
        raise NotFound(sentence("There is no such case."))


may_know = permitted(check_may_know)


def check_may_work(actor: Actor, case: Standing) -> None:
    """The case is still open and the person has no tie to the applicant."""
    check_not_recused(actor, case.ties)
    if case.closed:
        raise WrongState(sentence("This case is closed."))


def check_leads(case: Standing) -> None:
    """A case that goes on in another is read and written to, but worked on there."""
    if case.continued_in:
        raise WrongState(sentence("This case goes on in %(code)s: work on it there.", code=case.continued_in))


def check_acts_as(actor: Actor, case: Standing, roles: Collection[str]) -> None:
    """One of the roles is held; for vetting the case must also have been given to this person."""
    check_may_work(actor, case)
    held = actor.roles & frozenset(roles)
    if not held:
        raise NotPermitted(sentence("This belongs to another role."))
    if held == {KEEPING_ROLE} and not case.given_to(actor.id):
        raise NotPermitted(sentence("Take this case first: vetting works on the cases that it keeps."))


def check_may_open(actor: Actor, case: Standing, readers: Collection[str]) -> None:
    """A role that reads this compartment, held by somebody without a tie; a closed case can still be read."""
    check_has(actor, Permission.CASE_OPEN)
    check_not_recused(actor, case.ties)
    if not actor.roles.intersection(readers):
        raise NotPermitted(sentence("Not for your role."))


why_not_open = why_not(check_may_open)


def check_may_move(actor: Actor, case: Standing, by: Collection[str], missing: Collection[Sentence]) -> None:
    """A role that may take this exit (of vetting the keeper alone), once nothing that it needs is missing."""
    check_has(actor, Permission.CASE_STAGE)
    check_leads(case)
    check_acts_as(actor, case, by)
    if actor.roles & frozenset(by) == {KEEPING_ROLE} and actor.id != case.keeper:
        raise NotPermitted(sentence("Only the keeper takes this step."))
    for reason in missing:
        raise WrongState(reason)


why_not_move = why_not(check_may_move)


def check_may_keep(actor: Actor, case: Standing, *, staff_id: str, staff_roles: Collection[str]) -> None:
    """A case that nobody keeps is given to somebody of vetting without a tie."""
    check_may_assign(actor, case)
    check_can_keep(case, staff_id=staff_id, staff_roles=staff_roles)


def check_can_keep(case: Standing, *, staff_id: str, staff_roles: Collection[str]) -> None:
    """Somebody of vetting without a tie, who does not keep the case already."""
    if KEEPING_ROLE not in staff_roles:
        raise WrongState(sentence("Only somebody of vetting can keep a case."))
    if staff_id in case.ties:
        raise WrongState(sentence("This person declared a tie with the applicant and cannot keep the case."))
    if case.keeper == staff_id:
        raise WrongState(sentence("This person keeps the case already."))


def check_may_assign(actor: Actor, case: Standing) -> None:
    """Whoever may assign cases gives one that nobody keeps; a kept one changes hands by an offer."""
    check_has(actor, Permission.CASE_ASSIGN)
    check_leads(case)
    check_may_work(actor, case)
    if case.keeper == actor.id:
        raise WrongState(sentence("You keep this case: offer it, and it changes hands when it is accepted."))
    if case.keeper is not None:
        raise NotPermitted(sentence("Only the keeper can hand this case on."))


why_not_assign = why_not(check_may_assign)


def check_may_ask(actor: Actor, case: Standing, *, staff_id: str, staff_roles: Collection[str]) -> None:
    """The keeper asks a colleague of vetting without a tie to work on this one case."""
    check_is_keeper(actor, case)
    if KEEPING_ROLE not in staff_roles:
        raise WrongState(
            sentence("Other roles see the case when it comes to their stage. Ask somebody of vetting.")
        )
    if staff_id in case.ties:
        raise WrongState(sentence("This person declared a tie with the applicant."))
    if case.given_to(staff_id):
        raise WrongState(sentence("This person works on the case already."))


def check_is_keeper(actor: Actor, case: Standing) -> None:
    """The keeper of an open case."""
    check_leads(case)
    check_may_work(actor, case)
    if actor.id != case.keeper:
        raise NotPermitted(sentence("Only the keeper can ask a colleague to work on this case."))


why_not_ask = why_not(check_is_keeper)


def check_seen(seen: str, now: str) -> None:
    """What is sent was written with the case as it stands; empty for whoever writes without a page."""
    if seen and seen != now:
        raise WrongState(
            sentence(
                "While you were writing, the case changed, or a letter came or went. What you typed is still"
                " here, and nothing was sent. Look at the case, then send it again."
            )
        )


def check_may_write(actor: Actor, case: Standing, written_by: Collection[str]) -> None:
    """A letter of a kind that this role writes, once the address of the mailbox is known."""
    check_has(actor, Permission.CASE_MESSAGE)
    check_acts_as(actor, case, written_by)
    check_reachable(case)


def check_enclosed(contents: Collection[bytes]) -> None:
    """A letter takes along one small file of a kind that applicants may send, too."""
    if len(contents) > 1 or any(len(content) > enclosed.LARGEST for content in contents):
        most = f"{enclosed.LARGEST // 1000} kB"
        raise WrongState(sentence("A letter takes one file of at most %(most)s.", most=most))
    if any(kind_of(content) is None for content in contents):
        kinds = ", ".join(EXTENSIONS).upper()
        raise WrongState(sentence("This is not a file of a kind that is taken: %(kinds)s.", kinds=kinds))


def check_reachable(case: Standing) -> None:
    """The address of the mailbox lies sealed in the routing compartment until that is opened."""
    if not case.reachable:
        raise WrongState(
            sentence(
                "The applicant cannot be reached yet: the address lies sealed in what intake opens first."
            )
        )


why_not_write = why_not(check_may_write)


def check_may_hear(actor: Actor, ties: Collection[str], readers: Collection[str]) -> None:
    """Whoever reads calls learns of each, whatever the stage: the keeper of a case can be away for days.

    To everybody else, and to whoever declared a tie, there is no call.
    """
    if not actor.roles.intersection(readers) or actor.id in ties or not actor.has(Permission.CASE_MESSAGE):
        raise NotFound(sentence("There is no such call."))


may_hear = permitted(check_may_hear)


def check_may_take(actor: Actor, taken_by: str | None, answered: bool) -> None:
    """A call is taken by one person, and taken over by another when that one cannot go on."""
    if answered:
        raise WrongState(sentence("This call was answered."))
    if taken_by == actor.id:
        raise WrongState(sentence("You have taken this call already."))


why_not_take = why_not(check_may_take)


def check_may_answer_call(actor: Actor, taken_by: str | None, answered: bool) -> None:
    """Answered once, by the person who has taken it: so nobody thinks that somebody else does."""
    if answered:
        raise WrongState(sentence("This call was answered."))
    if taken_by != actor.id:
        raise WrongState(sentence("Take this call first, so that others see who answers it."))


why_not_answer_call = why_not(check_may_answer_call)


def check_may_compare(actor: Actor, waiting: int) -> None:
    """Intake looks for applications that are nearly the same, while some were not compared yet."""
    check_has(actor, Permission.ALIKE_COMPARE)
    if not waiting:
        raise WrongState(sentence("Every application that waits was compared with the others."))


why_not_compare = why_not(check_may_compare)


def check_may_set_apart(actor: Actor, case: Standing, *, grouped: bool) -> None:
    """Whoever has looked says that it is not the same, once; nothing takes that back."""
    check_has(actor, Permission.ALIKE_COMPARE)
    check_may_work(actor, case)
    if not grouped:
        raise WrongState(sentence("This application stands by itself."))


def check_may_erase(actor: Actor, case: Standing, due: date | None, today: date) -> None:
    """By hand, from the day that the profile says: a taken Gate can make up withdrawals by the hundred."""
    check_has(actor, Permission.CASE_STAGE)
    check_not_recused(actor, case.ties)
    if not case.closed or due is None:
        raise WrongState(sentence("What is sealed here is kept as long as the case goes on."))
    if today < due:
        raise WrongState(sentence("It is due to be erased on %(day)s, not before.", day=due.isoformat()))


why_not_erase = why_not(check_may_erase)


def check_may_shred(actor: Actor, *, asked_by: str | None, withdrawn: bool) -> None:
    """Two people, or one whom the applicant has asked by withdrawing."""
    if withdrawn:
        return
    if asked_by is None:
        raise WrongState(sentence("Nobody has asked for this yet: one person asks, another erases."))
    if asked_by == actor.id:
        raise NotPermitted(sentence("You asked for this: somebody else who knows of the case confirms it."))


def check_was_asked_for(sections: Collection[str], asked: Collection[str]) -> None:
    """A section that is no part of an application comes only after a letter of ours has asked for it."""
    if not set(sections) <= set(asked):
        raise WrongState(sentence("Nobody asked this applicant for this part, so it was not taken in."))


def check_may_declare_tie(actor: Actor, case: Standing) -> None:
    """A tie is declared once, by oneself; nobody can take it back."""
    check_has(actor, Permission.TIE_DECLARE)
    if actor.id in case.ties:
        raise WrongState(sentence("You declared a tie with this applicant already."))


why_not_declare_tie = why_not(check_may_declare_tie)
