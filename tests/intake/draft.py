# SPDX-License-Identifier: AGPL-3.0-or-later
"""Applications made by the services alone, for tests that need many of them."""

from datetime import datetime

from watchword.intake import envelopes, services
from watchword.intake.services import Place, Visit

ANSWERS = {"adult": "yes"}


def file_place(number: int = 1) -> Place:
    """A place for a file beside an application."""
    return Place(f"file:{number}", "evidence", 500_000_000)


def begun(now: datetime) -> Visit:
    """An application with its first contact sealed and its receipt checked."""
    ticket = services.issue(services.CONTACT_FORM, now.date())
    visit = services.begin(key=services.new_key(), answers=ANSWERS, language="en", ticket=ticket, now=now)
    return services.confirm(visit=visit, now=now)


def complete(visit: Visit, words: str = "words") -> Visit:
    """Every part of it sealed, the file excepted."""
    for section in envelopes.profile().questionnaire.sections:
        if section.must_be_sent:
            services.seal_section(
                visit=visit, section=section, answers={section.questions[0].id: words}, language="en"
            )
    return visit


def sent(now: datetime) -> Visit:
    """A whole application, sent."""
    visit = complete(begun(now))
    services.send(visit=visit, language="en", ticket=services.issue(services.SEND_FORM, now.date()), now=now)
    return visit
