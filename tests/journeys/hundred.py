# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fills a Gate with applications in which every written word and every file is a canary.

Started by test_seized.py as ``python -m tests.journeys.hundred DIRECTORY COUNT``, beside the Gate that serves
the same directory. Prints the digits of each receipt.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from watchword.cli import serve

LATIN, CYRILLIC = "kanareika-poyot", "канарейка-поёт"
CANARY = f"{LATIN} {CYRILLIC}"
FILE_NAME = f"{LATIN}-{CYRILLIC}.pdf"
FILE = b"%PDF-1.7\n" + f"{CANARY} ".encode() * 3000


def apply(number: int) -> str:
    """One application through the Gate's services; every tenth has a file."""
    from tests.journeys.gate_pages import texts_of
    from watchword.cli.invented.applicants import Applicant, answers
    from watchword.core.procedure import Answers, Section
    from watchword.intake import envelopes, services
    from watchword.intake.services import Place

    language, now = ("ru", "uk", "en")[number % 3], datetime.now(UTC)

    def written(section: Section) -> Answers:
        given = answers(Applicant(number, language, "prescreen"), section)
        return {**given, **{name: f"{CANARY} {number} {name}" for name in texts_of(section) if name in given}}

    questionnaire = envelopes.profile().questionnaire
    ticket = services.issue(services.CONTACT_FORM, now.date())
    visit = services.begin(
        key=services.new_key(),
        answers=written(questionnaire.contact),
        language=language,
        ticket=ticket,
        now=now,
    )
    receipt = visit.receipt
    assert receipt is not None
    visit = services.confirm(visit=visit, now=now)
    for section in questionnaire.sections:
        if given := written(section):
            services.seal_section(visit=visit, section=section, answers=given, language=language)
    if number % 10 == 0:
        file = services.IncomingFile(
            visit=visit, place=Place("file:1", "evidence", 10**6), name=FILE_NAME, today=now.date()
        )
        file.write(FILE)
        file.finish()
    ticket = services.issue(services.SEND_FORM, now.date())
    services.send(visit=visit, language=language, ticket=ticket, now=now)
    return receipt.digits


if __name__ == "__main__":
    serve.prepare("gate", Path(sys.argv[1]))
    for number in range(int(sys.argv[2])):
        sys.stdout.write(apply(number) + "\n")
