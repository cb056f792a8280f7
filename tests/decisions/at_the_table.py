# SPDX-License-Identifier: AGPL-3.0-or-later
"""The board at work on a real case: proposals, votes and signatures through the services alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tests.cast import Applicant, Office, case_in
from tests.moments import Moment
from tests.organisation import Organisation
from watchword.decisions import services
from watchword.decisions.action import Choice
from watchword.decisions.grounds import Ground
from watchword.decisions.models import Decision, Proposal
from watchword.journal import selectors as journal

CANDOUR = Ground("D", "interview", "Two accounts of one year differ.", "Put to him; the fear explains much.")
MACHINE = Ground("D", "polygraph", "A significant reaction.", "The base rate is low.")
PASSPORT = Ground("A", "citizenship", "He is a citizen of the hostile state.", "So is everybody here.")
BOARD = ("ben", "eva", "finn", "gita")
REASONS = "Ваші відповіді про 2019 рік не збігаються."


@dataclass
class Table:
    """One case before the board: who votes when all do, and who signs."""

    organisation: Organisation
    office: Office
    applicant: Applicant
    voters: tuple[str, str, str] = ("eva", "finn", "gita")
    signer: str = "ben"

    @property
    def case(self) -> str:
        return self.office.case

    @property
    def now(self) -> datetime:
        return self.organisation.now

    def propose(self, *grounds: Ground, outcome: str = "accept", by: str = "ada", **changed: Any) -> Proposal:
        return services.propose(
            case_uid=self.case,
            outcome=outcome,
            grounds=grounds,
            actor=self.organisation.actor(by),
            now=self.now,
            **{"open_reasons": REASONS, **changed},
        )

    def vote(self, proposal: Proposal, who: str, choice: Choice = Choice.AGREE, **changed: Any) -> Proposal:
        return services.vote(
            proposal_uid=proposal.uid,
            choice=choice,
            actor=self.organisation.actor(who),
            now=self.now,
            **{"reason": f"{who} has read it all.", "seen": proposal.action_hash, **changed},
        )

    def all_vote(self, proposal: Proposal, *choices: Choice) -> Proposal:
        for who, choice in zip(self.voters, choices or [Choice.AGREE] * 3, strict=True):
            proposal = self.vote(proposal, who, choice)
        return proposal

    def sign(self, proposal: Proposal, who: str = "", seen: str | None = None) -> Decision:
        return services.countersign(
            proposal_uid=proposal.uid,
            seen=seen or proposal.action_hash,
            actor=self.organisation.actor(who or self.signer),
            now=self.now,
        )

    def voted(self, *grounds: Ground, outcome: str = "accept", **changed: Any) -> Proposal:
        return self.all_vote(self.propose(*grounds, outcome=outcome, **changed))

    def decide(self, *grounds: Ground, outcome: str = "accept", **changed: Any) -> Decision:
        return self.sign(self.voted(*grounds, outcome=outcome, **changed))

    def return_(self, proposal: Proposal, reason: str = "Ask him first.") -> Proposal:
        actor = self.organisation.actor(self.signer)
        return services.send_back(proposal_uid=proposal.uid, reason=reason, actor=actor, now=self.now)

    def events(self) -> list[str]:
        """What the timeline of the case says, in order."""
        return [moment.event.value for moment in journal.timeline(self.case)]

    def days_later(self, days: int) -> None:
        """Time goes by, and everybody logs in again."""
        self.organisation.now += timedelta(days=days)
        self.organisation.actors.clear()

    def day(self, days: int) -> date:
        return self.now.date() + timedelta(days=days)


def laid(organisation: Organisation) -> Table:
    """Dov's case, kept by Ada, comes before Ben, Eva, Finn and Gita, who have logged in."""
    moment = Moment(organisation, "before the board")
    applicant: Applicant | None = moment.put_back()
    if applicant is None:
        applicant, _ = case_in(organisation, "board")
        for who in BOARD:
            organisation.actor(who)
        moment.keep(applicant)
    applicant.organisation = organisation
    return Table(organisation, Office(organisation, applicant.case), applicant)
