# SPDX-License-Identifier: AGPL-3.0-or-later
"""An applicant is compared: what is found is sealed and in the ledger, and no name lies in the clear."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from tests.cast import lodge_identity
from tests.organisation import Organisation
from tests.screening.booth import DOV, NAMESAKE, STRANGER, Booth, opened_booth
from watchword.cases.models import Case
from watchword.cases.rules.judged import Judging, Verdict
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.core.screening.dates import PartialDate
from watchword.journal.selectors import timeline
from watchword.screening import selectors, services, shelf
from watchword.screening.models import Hit, ScreeningRun
from watchword.screening.rules import Step
from watchword.watchlists.segments.container import read


def test_whoever_is_listed_is_found_and_whoever_is_not_is_not(booth: Booth) -> None:
    hit = booth.found()
    assert (hit.list_id, hit.list_version, hit.state) == ("harbour", 1, Judging.OPEN)
    opened = booth.open().sheet
    assert opened.listed.key == DOV.key
    assert opened.applicant.names[0].text == "Береговий Дов Ілліч"
    assert opened.probability > 0.9
    assert sum(one.bits for one in opened.findings) == pytest.approx(opened.bits, abs=0.01)


def test_the_ledger_says_which_lists_and_how_many_hits_after_it_said_that_a_name_was_opened(
    booth: Booth,
) -> None:
    booth.found()
    moments = timeline(booth.case)
    events = [moment.event.value for moment in moments]
    run = moments[events.index("screening.run")]
    assert (run.payload["lists"], run.payload["hits"]) == (["harbour:1"], 1)
    opened = moments[: events.index("screening.run")][::-1]
    reading = next(one for one in opened if one.event.value == "compartment.open")
    assert reading.payload["purpose"] == "screening-run"


def test_no_name_and_no_key_of_a_list_lies_in_the_clear(booth: Booth) -> None:
    canary = replace(DOV, key="canary-of-the-list", remarks="Zabolotivka")
    booth.load(canary)
    booth.compare()
    booth.judge(Verdict.SAME, reason="The canary sings in Zabolotivka.")
    secrets = ("Береговий", "Berehovyi", canary.key, "Zabolotivka")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = str(cursor.fetchall())
            assert not [secret for secret in secrets if secret in rows], table
    home = Path(booth.organisation.home)
    files = [path for path in home.rglob("*") if path.is_file() and booth.lists not in path.parents]
    assert files
    for path in files:
        content = path.read_bytes()
        assert not [secret for secret in secrets if secret.encode() in content], path


def test_without_lists_without_a_name_or_without_the_role_nothing_is_compared(
    organisation: Organisation, booth: Booth
) -> None:
    with pytest.raises(WrongState, match="No list"):
        booth.compare()
    booth.load(DOV)
    for who in ("ada", "iris", "eva", "olha"):
        with pytest.raises((NotFound, NotPermitted)):
            booth.compare(who)
    assert not ScreeningRun.objects.exists()


def test_a_name_that_was_not_given_cannot_be_compared(organisation: Organisation, settings: Settings) -> None:
    booth = opened_booth(organisation, settings, lodged=False)
    booth.load(DOV)
    assert booth.step() is Step.LODGE
    with pytest.raises(WrongState, match="legal name"):
        booth.compare()


def test_whoever_declares_a_tie_no_longer_finds_the_case_nor_its_hits(booth: Booth) -> None:
    hit = booth.found()
    booth.office.tie("stas")
    with pytest.raises(NotFound):
        booth.compare("stas")
    with pytest.raises(NotFound):
        booth.open("stas", hit)
    with pytest.raises(NotFound):
        booth.judge(Verdict.SAME, "stas", hit)


def test_new_answers_are_compared_with_everything_and_open_what_was_judged(booth: Booth) -> None:
    booth.found()
    booth.judge(Verdict.DIFFERENT)
    booth.tell()
    assert booth.step() is Step.NOTHING
    lodge_identity(booth.organisation, booth.case, revision=2, birth_date="1991-04-18")
    assert booth.step() is Step.COMPARE
    run = booth.compare()
    assert (run.reason, run.number) == ("new", 2)
    assert booth.hit().state == Judging.OPEN
    opened = booth.open()
    assert [one.older for one in opened.judgements] == [True], "the old judgement is kept and shown"


def test_the_same_hit_found_again_stays_judged(booth: Booth) -> None:
    booth.found()
    booth.judge(Verdict.UNSURE)
    booth.load(DOV, STRANGER, name="wanted")
    booth.compare()
    judged = Hit.objects.get(list_id="harbour")
    assert (judged.state, judged.outcome) == (Judging.JUDGED, Verdict.UNSURE)
    assert Hit.objects.get(list_id="wanted").state == Judging.OPEN


def test_a_comparison_made_twice_at_once_is_kept_once(booth: Booth) -> None:
    booth.load(DOV)
    actor = booth.organisation.actor("sofia")
    before = selectors.matter(booth.case, viewer=actor)
    booth.compare()
    found = services.running.compared(before, (), {}, actor=actor, now=booth.now)
    with pytest.raises(WrongState, match="Look again"):
        services.running.keep(before, found, actor=actor, now=booth.now)
    assert ScreeningRun.objects.count() == 1


def test_where_too_many_resemble_the_applicant_the_page_says_so(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (services.running, shelf):
        monkeypatch.setattr(module, "MOST_HITS", 1)
    booth.load(DOV, replace(DOV, key="harbour-9", births=(PartialDate(1991, 4),)))
    booth.compare()
    assert Hit.objects.count() == 1
    browser, code = booth.organisation.browser("sofia"), Case.objects.get(pk=booth.case).code
    assert "only the likeliest were kept" in browser.get(f"/case/{code}/screening/").content.decode()


def test_every_namesake_is_laid_before_a_person_or_none(booth: Booth) -> None:
    """A namesake of another year is a worse hit, never one that hides the better."""
    booth.load(NAMESAKE, DOV, STRANGER)
    booth.compare()
    keys = {booth.open(hit=hit).sheet.listed.key for hit in Hit.objects.all()}
    assert DOV.key in keys
    assert STRANGER.key not in keys


def test_a_name_in_letters_that_are_not_compared_is_never_found_to_be_on_no_list(booth: Booth) -> None:
    booth.load(DOV)
    booth.applicant.lodge(2, surname="李", given="雷", patronymic="", latin="", other_names="")
    with pytest.raises(WrongState, match="Latin or Cyrillic"):
        booth.compare()
    assert booth.step() is Step.COMPARE


def test_an_index_in_which_a_bit_has_changed_is_refused_and_finds_nobody_in_silence(booth: Booth) -> None:
    booth.load(DOV)
    (index,) = booth.lists.rglob("names.index")
    content = bytearray(index.read_bytes())
    content[read(index).sections[0].offset] ^= 1
    index.write_bytes(content)
    with pytest.raises(WrongState, match="damaged"):
        booth.compare()
    assert not ScreeningRun.objects.exists()
