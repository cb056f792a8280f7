# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page that several roles read in parts: nobody reads the part of another, whoever made the parcel."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cast import PROFILE, Applicant, Office, case_in
from tests.core.procedure import every_type
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases import services
from watchword.cases.models import Case
from watchword.cases.parcels import Parcel, ParcelEntry, check_parcel
from watchword.cases.selectors.pieces import Piece
from watchword.cases.services.pages import Page
from watchword.cases.services.reading import OpenedPiece
from watchword.core.procedure import encode_answers
from watchword.core.procedure.sealed_answers import SealedAnswers
from watchword.core.refusals import NotPermitted, WrongState, sentence
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.vault.selectors import records

HEALTH = PROFILE.questionnaire.section("health")
DAMAGED = sentence("It was altered.")
ILL, AGREED = "I broke my wrist.", {"examined": "given"}
FILE: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "questionnaire" / "parts.json").read_text(encoding="utf-8")
)


def sends(dov: Applicant, *entries: ParcelEntry) -> None:
    now = dov.organisation.now
    services.receive_section(parcel=dov.parcel("section", *entries), actor=courier_actor(now), now=now)


def asked(organisation: Organisation) -> tuple[Applicant, Office]:
    return case_in(organisation, "medical")


def answered(organisation: Organisation) -> tuple[Applicant, Office]:
    dov, office = asked(organisation)
    sends(dov, *dov.parts(HEALTH, 1, health=ILL, **AGREED))
    return dov, office


def health_for(office: Office, who: str, compartment: str) -> OpenedPiece:
    pieces = office.open(who, compartment).pieces
    return next(one for one in pieces if one.piece.section == "health")


def test_an_answer_that_somebody_sealed_to_the_wrong_readers_is_not_read_by_them(
    organisation: Organisation,
) -> None:
    dov, office = asked(organisation)
    planted = dov.part(HEALTH, "story", {"health": ILL, **AGREED})
    sends(dov, planted, dov.part(HEALTH, "health", {}))
    seen = health_for(office, "ada", "story")
    assert ILL not in str(seen)
    assert [str(what).count("sealed to the wrong readers") for what in seen.amiss] == [1]
    assert [line.answer for line in seen.lines if line.answered] == ["I agree"]
    page = organisation.browser("ada").post(f"/case/{code_of(dov)}/compartment/story/").content.decode()
    assert ILL not in page
    assert "Not in order" in page


@pytest.mark.parametrize("case", FILE["refused"], ids=lambda case: case["name"])
def test_a_parcel_of_which_a_reader_gets_too_much_or_too_little_is_refused(case: dict[str, Any]) -> None:
    profile = every_type.profile()
    check_parcel(parcel_of(FILE["accepted"]), "section", profile)
    with pytest.raises(WrongState):
        check_parcel(parcel_of(case["entries"]), "section", profile)


def parcel_of(entries: list[list[str]]) -> Parcel:
    sealed = (ParcelEntry(place, kind, revision, b"") for revision, (place, kind) in enumerate(entries, 1))
    return Parcel("ab" * 16, "cd" * 16, "section", tuple(sealed))


def test_a_part_is_not_moved_into_the_place_of_another(organisation: Organisation) -> None:
    dov, office = asked(organisation)
    health, story = dov.parts(HEALTH, 1, health=ILL, **AGREED)
    moved = ParcelEntry("story", health.kind, 1, health.body)
    sends(dov, moved, ParcelEntry("health", story.kind, 1, story.body))
    assert health_for(office, "ada", "story").fault
    assert ILL not in str(health_for(office, "ada", "story"))


def test_each_role_reads_its_part_and_sees_that_there_is_another(organisation: Organisation) -> None:
    dov, office = answered(organisation)
    before = len(openings(dov))
    doctor = health_for(office, "mira", "health")
    assert [(line.answer, line.elsewhere) for line in doctor.lines] == [("", True), (ILL, False)]
    assert openings(dov)[before:] == ["health"]
    vetting = health_for(office, "ada", "story")
    assert [(line.answer, line.elsewhere) for line in vetting.lines] == [("I agree", False), ("", True)]
    assert "health" not in openings(dov)[before + 1 :]
    page = organisation.browser("mira").post(f"/case/{code_of(dov)}/compartment/health/").content.decode()
    assert "another role reads this" in page
    with pytest.raises(NotPermitted):
        office.open("ada", "health")
    with pytest.raises(NotPermitted):
        office.open("mira", "story")


def test_each_part_has_its_own_older_forms(organisation: Organisation) -> None:
    dov, office = answered(organisation)
    sends(dov, *dov.parts(HEALTH, 50, health="It has healed.", **AGREED))
    (correction,) = health_for(office, "mira", "health").corrections
    (difference,) = correction.differences
    assert [row.text for row in (*difference.before, *difference.now)] == [ILL, "It has healed."]
    (unchanged,) = health_for(office, "ada", "story").corrections
    assert not any(one.changed for one in unchanged.differences)
    assert records(dov.case, "health").count() == 2


def test_whoever_may_read_all_reads_one_page_and_a_damaged_part_hides_no_other() -> None:
    """Here with a stand-in for the vault's door: no one of the cast holds both roles."""
    own, other = Piece("1", "story", "section:health", 1), Piece("2", "health", "section:health", 2)
    lying = {own: AGREED, other: {"health": ILL}}
    page = Page(HEALTH, "en", lambda piece: encoded(lying[piece]))
    page.add(own, encoded(AGREED))
    page.open(other)
    assert [line.answer for line in page.lines()] == ["I agree", ILL]
    assert page.amiss == []

    page = Page(HEALTH, "en", damaged)
    page.add(own, encoded(AGREED))
    page.open(other)
    assert ([line.answer for line in page.lines()], page.amiss) == (["I agree", ""], [DAMAGED])


def damaged(_: Piece) -> bytes:
    raise WrongState(DAMAGED)


def encoded(answers: dict[str, str]) -> bytes:
    return encode_answers(SealedAnswers(PROFILE.name, PROFILE.version, "health", "uk", answers))


def openings(dov: Applicant) -> list[str]:
    return [
        str(one.payload["compartment"])
        for one in timeline(dov.case)
        if one.event is Event.COMPARTMENT_OPEN and one.payload["compartment"] != "routing"
    ]


def code_of(dov: Applicant) -> str:
    return Case.objects.get(pk=dov.case).code
