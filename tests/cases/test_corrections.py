# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an applicant corrects stands beside what it corrects: nobody replaces anything."""

import pytest

from tests.cast import PERIODS, PROFILE, Applicant, Office, case_in
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases import services
from watchword.cases.models import Case
from watchword.cases.services.reading import OpenedPiece
from watchword.core.procedure import Answer
from watchword.core.procedure.sealed_answers import SealedAnswers, encode_answers
from watchword.core.refusals import WrongState
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.vault.selectors import records

MOTIVATION = PROFILE.questionnaire.section("motivation")


def corrects(dov: Applicant, name: str, revision: int, **answers: Answer) -> None:
    """Send a part once more, from the mailbox."""
    section, now = PROFILE.questionnaire.section(name), dov.organisation.now
    sealed = SealedAnswers(PROFILE.name, PROFILE.version, name, "uk", answers)
    entry = dov.entry(section.compartment, f"section:{name}", encode_answers(sealed), revision)
    services.receive_section(parcel=dov.parcel("section", entry), actor=courier_actor(now), now=now)


def opened(office: Office, title: str) -> OpenedPiece:
    found = office.open("ada", "story")
    return next(piece for piece in found.pieces if piece.title and piece.title.en == title)


def kept_by_ada(organisation: Organisation) -> tuple[Applicant, Office]:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    return dov, office


def test_both_forms_are_shown_and_both_openings_are_in_the_ledger(organisation: Organisation) -> None:
    dov, office = kept_by_ada(organisation)
    stored = records(dov.case, "story").count()
    corrects(dov, "motivation", 70, why="My reason.\nIn two lines.", money="no")
    corrects(dov, "motivation", 71, why="My reason.\nIn two short lines.", money="no")
    piece = opened(office, MOTIVATION.title.en)
    assert [line.answer for line in piece.lines] == ["My reason.\nIn two short lines.", "No"]
    newest, oldest = piece.corrections
    why, money = newest.differences
    assert [(row.text, row.changed) for row in why.before] == [("My reason.", False), ("In two lines.", True)]
    assert [row.changed for row in why.now] == [False, True]
    assert (money.changed, oldest.differences[0].changed) == (False, True)
    assert records(dov.case, "story").count() == stored + 2
    openings = [one for one in timeline(dov.case) if one.event is Event.COMPARTMENT_OPEN]
    assert len(openings) >= records(dov.case, "story").count()


def test_an_entry_of_the_chronology_that_was_corrected_is_marked_alone(organisation: Organisation) -> None:
    dov, office = kept_by_ada(organisation)
    first, second = PERIODS
    corrects(dov, "chronology", 70, periods=(first, {**second, "where": {"country": "Elsewhere"}}))
    (correction,) = opened(office, "The last ten years").corrections
    (periods,) = correction.differences
    assert [row.text for row in periods.now if row.changed] == ["Where did you live? Elsewhere"]


def test_an_older_form_that_cannot_be_read_hides_nothing(organisation: Organisation) -> None:
    dov, office = kept_by_ada(organisation)
    corrects(dov, "motivation", 70, why="x")
    wrong = dov.section(PROFILE.questionnaire.section("skills"))
    sealed = dov.entry("story", "section:motivation", b"{}", 69)
    assert wrong.compartment == sealed.compartment
    now = dov.organisation.now
    services.receive_section(parcel=dov.parcel("section", sealed), actor=courier_actor(now), now=now)
    piece = opened(office, MOTIVATION.title.en)
    assert [bool(one.fault) for one in piece.corrections] == [True, False]
    assert piece.lines


def test_a_part_that_was_left_out_may_come_later_and_one_for_later_may_not(
    organisation: Organisation,
) -> None:
    dov, office = kept_by_ada(organisation)
    corrects(dov, "skills", 70, skills="I repair bicycles.")
    assert opened(office, "What you can do").corrections == ()
    fresh, _ = case_in(organisation, "prescreen")
    with pytest.raises(WrongState, match="Nobody asked"):
        corrects(fresh, "chronology", 70, periods=PERIODS)


def test_the_page_shows_the_difference(organisation: Organisation) -> None:
    dov, _ = kept_by_ada(organisation)
    corrects(dov, "motivation", 70, why="<b>Another</b> reason.", money="taken")
    code = Case.objects.get(pk=dov.case).code
    page = organisation.browser("ada").post(f"/case/{code}/compartment/story/").content.decode()
    assert "<ins>&lt;b&gt;Another&lt;/b&gt; reason.</ins>" in page
    assert "as before" in page
