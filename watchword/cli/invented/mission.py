# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cases of the demo's observer mission: references, interests, one conversation, a panel, five days."""

from watchword.cases import services as case_services
from watchword.cli.invented import boards, lives, screening, story
from watchword.cli.invented.applicants import WORDS, Applicant
from watchword.cli.invented.lives import Life, World, days

# How long ago each kind of case came in, so that most clocks still run today and a few have run out.
DURATIONS = {
    "prescreen": 3,
    "prescreen-danger": 1,
    "questionnaire": 8,
    "checks": 12,
    "interview": 14,
    "board": 17,
    "refusal-intended": 19,
    "deferred": 22,
    "training": 24,
    "accredited": 34,
    "appealable": 24,
    "appeal": 27,
    "refused": 32,
}
BEFORE_CHECKS = {"prescreen", "prescreen-danger", "redirected", "closed", "withdrawn", "questionnaire"}
PANEL = boards.of_two(boards.FIRST)
DAYS_OF_TRAINING = 5


def life(world: World, applicant: Applicant) -> Life:
    """One applicant, from the Gate to wherever this case is today."""
    aim = applicant.destination
    yield story.LENGTH - days(DURATIONS.get(aim, 12) + 0.7 * (applicant.number % 4))
    case = world.gate.apply(applicant, world.now)
    if aim.startswith("prescreen") and applicant.number % 2 == 0:
        return
    yield days(1)
    yield from lives.triage(world, applicant, case)
    if aim in BEFORE_CHECKS:
        return
    yield days(2)
    yield from checking(world, applicant, case)
    if aim in ("checks", "interview"):
        return
    yield days(2)
    yield from deciding(world, applicant, case)
    if aim in ("training", "accredited"):
        yield from training(world, applicant, case)


def checking(world: World, applicant: Applicant, case: str) -> Life:
    """Those whom the applicant named are asked, interests are looked at, and somebody else talks to them."""
    aim = applicant.destination
    world.gate.lodge(applicant, world.now, "interests", "referees", "consents")
    world.move(case, "iryna", "complete")
    if aim == "checks" and applicant.number % 3 == 0:
        return
    ada = world.staff["ada"]
    case_services.assign_keeper(case_uid=case, staff_id=ada.id, actor=ada, now=world.now)
    danylo = world.staff["danylo"].id
    case_services.ask_colleague(case_uid=case, staff_id=danylo, actor=world.staff["ada"], now=world.now)
    world.open(case, "ada", "story")
    world.open(case, "ada", "referees")
    yield days(1)
    world.gate.lodge(applicant, world.now, "identity")
    if aim == "checks" and applicant.number % 2:
        return
    screening.screen(case, world.staff, world.now)
    world.evidence(
        case, "ada", "reference", "Four years in one office; counts before she speaks.", "confirms"
    )
    if aim == "checks":
        return
    yield days(1)
    world.evidence(case, "ada", "reference", "Two missions together; late once, and said so.", "confirms")
    world.evidence(case, "ada", "interests", "One month for a list, long over, in another region.", "bound")
    world.move(case, "ada", "interview")
    yield days(1)
    if aim == "interview":
        return
    world.evidence(case, "danylo", "interview", "One hour. Told unasked what went wrong the last time.")
    world.move(case, "ada", "board")


def deciding(world: World, applicant: Applicant, case: str) -> Life:
    """The panel: for some cases a proposal that waits, for the others a decision."""
    aim, language = applicant.destination, applicant.language
    reasons = WORDS["reasons"]
    if aim == "board":
        if applicant.number % 2:
            boards.vote(world, boards.propose(world, case, "accept", reasons["accept"][language]), "eva")
    elif aim == "deferred":
        until = (world.now + days(60)).date()
        yield from boards.decide(world, case, "defer", reasons["other"][language], PANEL, until=until)
    elif aim in ("training", "accredited"):
        yield from boards.decide(world, case, "accept", reasons["accept"][language], PANEL)
    else:
        yield from boards.refuse(world, applicant, case, PANEL, boards.of_two(boards.SECOND))


def training(world: World, applicant: Applicant, case: str) -> Life:
    """The code of conduct, five days, two who sign, the accreditation; or as far as today has come."""
    yield days(1)
    world.gate.lodge(applicant, world.now, "conduct")
    done = DAYS_OF_TRAINING if applicant.destination == "accredited" else 1 + applicant.number % 4
    for day in range(done):
        yield days(1)
        world.evidence(case, "tess", "training-day", f"Day {day + 1}: present from beginning to end.")
    if done == DAYS_OF_TRAINING:
        for who in ("tess", "taras"):
            world.evidence(case, who, "assessment", "Filled in every form as it was seen.", "ready")
        world.move(case, "tess", "accredit")
