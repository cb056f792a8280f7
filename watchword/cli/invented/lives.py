# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cases of the demo, played through the services of the Desk: a life says how long it waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings

from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases import services as case_services
from watchword.cli.invented import screening, story
from watchword.cli.invented.applicants import WORDS, Applicant
from watchword.cli.invented.boards import FIRST, SECOND, decide, propose, refuse, vote
from watchword.profiles import load
from watchword.vetting.services import add_evidence

Life = Iterator[timedelta]


class Gate(Protocol):
    """What the applicants do at the Gate, and the courier between."""

    def apply(self, applicant: Applicant, now: datetime) -> str: ...
    def reply(self, applicant: Applicant, text: str, compartment: str, now: datetime) -> None: ...
    def lodge(self, applicant: Applicant, now: datetime, *sections: str) -> None: ...
    def withdraw(self, applicant: Applicant, now: datetime) -> None: ...


class Staff(Protocol):
    """The officers by their log-in, each with a session that is open in this minute of the story."""

    def __getitem__(self, login: str) -> Actor: ...


@dataclass
class World:
    """The staff, the Gate, and the minute it is in the story."""

    staff: Staff
    gate: Gate
    clock: story.Clock

    @property
    def now(self) -> datetime:
        return self.clock.now

    def move(self, case: str, who: str, action: str) -> None:
        actor = self.staff[who]
        version = cases.find_by_uid(case, viewer=actor).version
        case_services.move_stage(
            case_uid=case, action=action, actor=actor, expected_version=version, now=self.now
        )

    def open(self, case: str, who: str, compartment: str) -> None:
        case_services.open_compartment(
            case_uid=case, compartment=compartment, actor=self.staff[who], purpose="case-work", now=self.now
        )

    def write(self, case: str, who: str, template: str, **filled: str) -> None:
        case_services.send_letter(
            case_uid=case, template=template, filled=filled, actor=self.staff[who], now=self.now
        )

    def read_reply(self, case: str, who: str) -> None:
        """Open the newest letter that the applicant wrote."""
        actor = self.staff[who]
        page = cases.case_page(cases.find_by_uid(case, viewer=actor).code, viewer=actor, now=self.now)
        letter = next(row for row in page.letters if row.incoming)
        case_services.open_letter(case_uid=case, letter_uid=letter.uid, actor=actor, now=self.now)

    def evidence(self, case: str, who: str, kind: str, facts: str, result: str = "") -> None:
        add_evidence(
            case_uid=case,
            kind=kind,
            guideline="D",
            source_grade="B",
            information_grade="2",
            disclosure="open",
            bearing="for",
            facts=facts,
            source="",
            favourable="Answered every question, and corrected one month unasked.",
            result=result,
            actor=self.staff[who],
            now=self.now,
        )


def days(count: float) -> timedelta:
    return timedelta(days=count)


def life(world: World, applicant: Applicant) -> Life:
    """One applicant, from the Gate to wherever this case is today."""
    yield story.LENGTH - days(DURATIONS.get(applicant.destination, 12) + 0.7 * (applicant.number % 4))
    case = world.gate.apply(applicant, world.now)
    aim = applicant.destination
    if aim.startswith("prescreen") and applicant.number % 2 == 0:
        return
    yield days(1)
    yield from triage(world, applicant, case)
    if aim in BEFORE_VETTING:
        return
    yield days(2)
    yield from vetting(world, applicant, case)
    if aim in DURING_VETTING:
        return
    yield days(2)
    yield from deciding(world, applicant, case)


# How long ago each kind of case came in, so that most clocks still run today and a few have run out.
DURATIONS = {
    "prescreen": 2,
    "prescreen-danger": 1,
    "questionnaire": 4,
    "checks": 8,
    "interviews": 12,
    "medical": 14,
    "polygraph": 16,
    "reading": 18,
    "board": 20,
    "refusal-intended": 22,
    "appealable": 29,
    "appeal": 31,
    "accepted": 26,
    "deferred": 26,
    "refused": 36,
}
# What the first letter after the countersign asks for, in the order of its pages.
QUESTIONNAIRE = ("service_and_contacts", "motivation", "skills", "safety", "chronology", "consents")
BEFORE_VETTING = {
    "prescreen",
    "prescreen-danger",
    "held",
    "redirected",
    "closed",
    "withdrawn",
    "questionnaire",
}
DURING_VETTING = {"checks", "interviews", "medical", "polygraph", "reading"}


def triage(world: World, applicant: Applicant, case: str) -> Life:
    """The intake officer reads the first answers, shows that the mailbox is genuine, and chooses the way."""
    world.open(case, "iryna", "routing")
    world.write(case, "iryna", "countersign")
    yield days(0.5)
    other = WORDS["reasons"]["other"][applicant.language]
    match applicant.destination:
        case "held":
            world.write(case, "iryna", "held", reasons=other)
            world.move(case, "iryna", "hold")
        case "redirected":
            world.write(case, "iryna", "redirected", reasons=other)
            world.move(case, "iryna", "redirect")
        case "closed":
            world.write(case, "iryna", "closed", reasons=other)
            world.move(case, "iryna", "close")
        case "withdrawn":
            world.gate.withdraw(applicant, world.now)
        case "prescreen" | "prescreen-danger":
            return
        case _:
            world.move(case, "iryna", "continue")


def vetting(world: World, applicant: Applicant, case: str) -> Life:
    """Checks and a question put to the applicant; then the conversations, for those who come further."""
    aim = applicant.destination
    world.gate.lodge(applicant, world.now, *QUESTIONNAIRE)
    world.move(case, "iryna", "complete")
    if aim == "checks" and applicant.number % 3 == 0:
        return
    case_services.assign_keeper(
        case_uid=case, staff_id=world.staff["ada"].id, actor=world.staff["ada"], now=world.now
    )
    for colleague in ("danylo", "lesia"):
        case_services.ask_colleague(
            case_uid=case, staff_id=world.staff[colleague].id, actor=world.staff["ada"], now=world.now
        )
    world.open(case, "ada", "story")
    yield days(1)
    # Not everybody names those close to them.
    close = ("relatives",) if applicant.number % 2 else ()
    world.gate.lodge(applicant, world.now, "identity", *close)
    if aim != "checks":
        screening.screen(case, world.staff, world.now)
    elif applicant.number % 3 == 1:
        screening.compare(case, world.staff, world.now)
    world.write(case, "ada", "question", question=WORDS["question"][applicant.language])
    if aim == "checks" and applicant.number % 3 == 1:
        return
    yield days(2)
    compartment = load(settings.WATCHWORD_PROFILE).stage("checks").replies_to
    world.gate.reply(applicant, WORDS["reply"][applicant.language], compartment, world.now)
    if aim == "checks":
        return
    yield days(1)
    world.read_reply(case, "ada")
    world.evidence(case, "ada", "check", "The school named exists and confirmed the years in a public list.")
    world.evidence(
        case, "danylo", "check", "The dairy is where the applicant says; it closed in the year named."
    )
    if aim == "checks":
        return
    world.move(case, "ada", "interview")
    yield from talking(world, applicant, case)


def talking(world: World, applicant: Applicant, case: str) -> Life:
    """From the conversations to the board's table."""
    aim = applicant.destination
    yield days(2)
    world.evidence(
        case, "ada", "interview", "Two hours, with a pause. The account agreed with what was written."
    )
    if aim == "interviews":
        return
    yield days(1)
    world.evidence(case, "danylo", "interview", "Ninety minutes in another order of questions; same account.")
    world.move(case, "ada", "medical")
    if aim == "medical" and applicant.number % 2 == 0:
        return
    yield days(1)
    world.gate.lodge(applicant, world.now, "health")
    if aim == "medical":
        return
    world.open(case, "yurii", "health")
    world.evidence(case, "yurii", "medical", "Seen in person.", result="fit")
    world.move(case, "ada", "polygraph")
    if aim == "polygraph" and applicant.number % 2 == 0:
        return
    yield days(1)
    world.gate.lodge(applicant, world.now, "polygraph")
    if aim == "polygraph":
        return
    world.open(case, "marta", "examination")
    world.evidence(
        case,
        "marta",
        "polygraph",
        "With consent; three charts; quality control done.",
        result="no-significant-reaction",
    )
    world.move(case, "ada", "read")
    if aim == "reading":
        return
    yield days(1)
    world.evidence(
        case, "lesia", "second-reading", "Read without the first reader's notes.", result="speaks-for"
    )
    world.move(case, "ada", "board")


def deciding(world: World, applicant: Applicant, case: str) -> Life:
    """The board: for some cases a proposal that waits, for the others a decision."""
    aim, language = applicant.destination, applicant.language
    if aim == "board":
        yield from waiting_board(world, applicant, case)
        return
    if aim == "accepted":
        yield from decide(world, case, "accept", WORDS["reasons"]["accept"][language])
    elif aim == "deferred":
        yield from decide(
            world, case, "defer", WORDS["reasons"]["other"][language], until=(world.now + days(60)).date()
        )
    else:
        yield from refuse(world, applicant, case, FIRST, SECOND)


def waiting_board(world: World, applicant: Applicant, case: str) -> Life:
    """Three cases for the visitor: one to propose on, one with two votes in, one to countersign."""
    stops_after = applicant.number % 3
    if stops_after == 0:
        return
    uid = propose(world, case, "accept", WORDS["reasons"]["accept"][applicant.language])
    for who in ("eva", "ihor", "nina")[: 2 if stops_after == 1 else 3]:
        vote(world, uid, who)
    yield days(0)
