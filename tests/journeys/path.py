# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way of one case through the Desk, page by page, up to the board's table."""

from collections.abc import Sequence

from playwright.sync_api import expect

from tests.journeys.desk_pages import Office
from tests.journeys.gate_pages import Applicant
from tests.journeys.screening_pages import compares

# What must be answered before vetting begins; with it, and with the name, come so many parcels.
ASKED_FIRST = ("service_and_contacts", "motivation", "safety", "chronology", "consents")


def triage(office: Office, code: str, dov: Applicant) -> str:
    """Iryna reads the first answers, answers from the Desk's own hand, and hands over; what she read."""
    iryna = office["iryna"]
    answers = iryna.opens(code, "routing")
    iryna.writes(code, "countersign")
    iryna.takes_step(code, "continue")
    dov.answers_what_is_asked(*ASKED_FIRST)
    iryna.waits_until_it_says(code, "The applicant sent what was asked for", times=len(ASKED_FIRST))
    iryna.takes_step(code, "complete")
    return answers


def checks(office: Office, code: str) -> str:
    """Ada becomes keeper, reads the story, asks two colleagues, and two checks are recorded."""
    ada = office["ada"]
    ada.chooses(code, "Ada K.", "Make this person keeper")
    story = ada.opens(code, "story")
    ada.chooses(code, "Danylo R.", "Ask this person to help")
    ada.chooses(code, "Lesia F.", "Ask this person to help")
    ada.records(code, "check")
    ada.records(code, "check", facts="The workshop stood where it was said to stand.")
    ada.waits_until_it_says(code, "The applicant sent what was asked for", times=len(ASKED_FIRST) + 1)
    screening(office, code)
    ada.takes_step(code, "interview")
    return story


def screening(office: Office, code: str) -> None:
    """Custodians let a program compare; whoever resembles the applicant on a list is somebody else."""
    sofia = office["sofia"]
    compares(office, sofia, code)
    while sofia.judges_next_hit(code, "different", "Born thirty years earlier."):
        pass
    sofia.tells_vetting(code)


def interviews(office: Office, code: str) -> None:
    """Two people talk to the applicant; the same person twice is not two."""
    ada = office["ada"]
    ada.records(code, "interview")
    ada.records(code, "interview")
    ada.goes_to_case(code)
    expect(ada.page.locator('main a[href$="/move/medical/"]')).to_have_count(0)
    ada.shows("desk-case")
    office["danylo"].records(code, "interview")
    ada.takes_step(code, "medical")


def examinations(office: Office, code: str, dov: Applicant) -> None:
    """What the applicant tells the doctor, the doctor alone reads; then one word of each who examines."""
    dov.answers_what_is_asked("health")
    office["yurii"].waits_until_it_says(
        code, "The applicant sent what was asked for", times=len(ASKED_FIRST) + 3
    )
    health = "В 2019 году сломал левое запястье."
    assert health in office["yurii"].opens(code, "health")
    story = office["ada"].opens(code, "story")
    assert health not in story
    assert "another role reads this" in story
    office["yurii"].records(code, "medical", result="fit", facts="Seen in person.")
    office["ada"].takes_step(code, "polygraph")
    dov.answers_what_is_asked("polygraph")
    office["marta"].records(code, "polygraph", result="no-significant-reaction")
    office["ada"].takes_step(code, "read")


def waivers(office: Office, code: str) -> None:
    """The way without examinations: each is waived with a reason, the polygraph by two people."""
    ada = office["ada"]
    office["danylo"].records(code, "medical-waiver", facts="There is no doctor where the applicant is.")
    ada.takes_step(code, "polygraph")
    ada.records(code, "polygraph-waiver", facts="The applicant did not agree, which is no fault.")
    office["danylo"].records(code, "polygraph-waiver", facts="I asked again, and agree with Ada.")
    ada.takes_step(code, "read")


def second_reading(office: Office, code: str) -> None:
    """Somebody who has not met the applicant reads everything."""
    office["lesia"].records(code, "second-reading", result="speaks-for")
    office["ada"].takes_step(code, "board")


FIRST, SECOND = ("eva", "ihor", "nina"), ("vira", "hlib", "yana")


def decided(office: Office, code: str, voters: Sequence[str] = FIRST, signs: str = "ben") -> None:
    """Three votes for what lies before the board, and a signature: at first Ben's."""
    for login in voters:
        office[login].votes(code, "I have read everything, and agree.")
    office[signs].countersigns(code)
