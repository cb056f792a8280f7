# SPDX-License-Identifier: AGPL-3.0-or-later
"""Stages and their exits: what a case can do next, who may do it, and what is still in the way."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from watchword.core.procedure.needs import CaseFacts, Need
from watchword.core.procedure.text import Text
from watchword.core.refusals import NotPermitted, Sentence, WrongState, sentence

Holder = Literal["desk", "applicant"]


@dataclass(frozen=True)
class Exit:
    """One way out of a stage. ``title`` is a verb for a button; ``by`` holds role ids, or APPLICANT."""

    action: str
    to: str
    title: Text
    by: frozenset[str]
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Stage:
    """Where a case stands.

    ``applicant_title`` and ``applicant_hint`` are what the applicant reads. ``clock_days`` is how long the
    stage should last and ``clock_holder`` who is waited for. ``seen_by``: the roles that may know of a case
    that is here. ``replies_to``: the compartment into which the applicant's messages of this stage go.
    ``purge_days``: days after which people are asked to destroy the records of a case that ended here; None
    keeps them. What goes by itself, later, is written in the rules of `Retention`.
    """

    id: str
    title: Text
    applicant_title: Text
    applicant_hint: Text
    clock_days: int | None
    clock_holder: Holder
    seen_by: frozenset[str]
    replies_to: str
    final: bool
    purge_days: int | None
    exits: tuple[Exit, ...]

    def exit(self, action: str) -> Exit:
        """Return the exit of this action. Raises WrongState when the stage has none."""
        for way in self.exits:
            if way.action == action:
                return way
        raise WrongState(sentence("This cannot be done in the stage “%(stage)s”.", stage=self.title))

    def deadline(self, since: date) -> date | None:
        """Return the day on which the clock of a case that is here ``since`` runs out, if there is one."""
        return None if self.clock_days is None else since + timedelta(days=self.clock_days)


def unmet(way: Exit, facts: CaseFacts) -> tuple[Sentence, ...]:
    """Return, in sentences, everything that keeps this exit closed; nothing when it is open."""
    return tuple(missing for need in way.needs if (missing := need.missing(facts)) is not None)


def check_role(way: Exit, roles: Collection[str]) -> None:
    """Refuse an exit to whoever holds none of the roles it belongs to."""
    if not way.by.intersection(roles):
        raise NotPermitted(sentence("“%(step)s” belongs to another role.", step=way.title))


def check_may_take(way: Exit, roles: Collection[str], facts: CaseFacts) -> None:
    """Refuse an exit to the wrong role, and to all while something is in the way, with the first reason."""
    check_role(way, roles)
    for reason in unmet(way, facts):
        raise WrongState(reason)
