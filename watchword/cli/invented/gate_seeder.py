# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plays the demo's applicants in a process that is the Gate: one order a line, one answer a line.

    python -m watchword.cli.invented.gate_seeder DIRECTORY

It keeps the visits, as applicants keep their receipts: nowhere but in memory.
"""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from watchword.cli import serve
from watchword.cli.invented.applicants import Applicant, answers


class Applicants:
    """The applicants who have come, and the visits with which they can come back."""

    def __init__(self) -> None:
        from watchword.intake import envelopes, services

        self._services, self._questionnaire = services, envelopes.profile().questionnaire
        self._visits: dict[int, Any] = {}

    def apply(self, applicant: Applicant, now: datetime) -> str:
        """The whole way to a sent application; returns the case's name at the Gate."""
        services = self._services
        contact = self._questionnaire.contact
        ticket = services.issue(services.CONTACT_FORM, now.date())
        visit = services.begin(
            key=services.new_key(),
            answers=answers(applicant, contact),
            language=applicant.language,
            ticket=ticket,
            now=now,
        )
        visit = services.confirm(visit=visit, now=now)
        for section in self._questionnaire.sections:
            if given := answers(applicant, section):
                services.seal_section(
                    visit=visit, section=section, answers=given, language=applicant.language
                )
        ticket = services.issue(services.SEND_FORM, now.date())
        services.send(visit=visit, language=applicant.language, ticket=ticket, now=now)
        self._visits[applicant.number] = visit
        from watchword.intake import selectors

        found = selectors.mailbox(visit.mailbox)
        assert found is not None
        return found.case

    def reply(self, order: dict[str, Any], now: datetime) -> str:
        services = self._services
        ticket = services.issue(services.ANSWER_FORM, now.date())
        letter = services.OutgoingLetter(order["text"], order["language"], order["compartment"], reply_to=0)
        services.answer(visit=self._visits[order["number"]], letter=letter, ticket=ticket, now=now)
        return "sent"

    def lodge(self, applicant: Applicant, name: str, now: datetime) -> str:
        """One part, on the page that the Desk's letter has opened."""
        section = self._questionnaire.section(name)
        self._services.lodge(
            visit=self._visits[applicant.number],
            section=section,
            answers=answers(applicant, section),
            language=applicant.language,
            ticket=self._services.issue(self._services.LODGE_FORM, now.date()),
            now=now,
        )
        return "lodged"

    def withdraw(self, number: int, language: str, now: datetime) -> str:
        self._services.withdraw(visit=self._visits[number], language=language, now=now)
        return "withdrawn"


def obey(applicants: Applicants, order: dict[str, Any]) -> str:
    now = datetime.fromisoformat(order["now"])
    match order["do"]:
        case "apply":
            return applicants.apply(_applicant(order), now)
        case "lodge":
            return applicants.lodge(_applicant(order), order["section"], now)
        case "reply":
            return applicants.reply(order, now)
        case "withdraw":
            return applicants.withdraw(order["number"], order["language"], now)
        case unknown:
            raise ValueError(unknown)


def _applicant(order: dict[str, Any]) -> Applicant:
    return Applicant(order["number"], order["language"], order["destination"])


def main() -> None:
    serve.prepare("gate", Path(sys.argv[1]))
    applicants = Applicants()
    for line in sys.stdin:
        print(json.dumps(obey(applicants, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
