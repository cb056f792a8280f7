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
from tests.screening.test_sheet import TAGS
from watchword.cases.models import Case
from watchword.cases.rules.judged import Judging, Verdict
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.core.screening.dates import PartialDate
from watchword.journal.selectors import timeline
from watchword.screening import selectors, shelf
from watchword.screening.models import Hit, ScreeningRun, Stayed
from watchword.screening.rules import Step
from watchword.screening.services import keeping
from watchword.watchlists.segments.container import read


def test_whoever_is_listed_is_found_and_whoever_is_not_is_not(booth: Booth) -> None:
    hit = booth.found()
    assert (hit.list_id, hit.list_version, hit.state) == ("harbour", 1, Judging.OPEN)
    opened = booth.open().sheet
    assert opened.probability > 0.9
    assert sum(one.bits for one in opened.findings) == opened.bits
    said = [str(one.reason) for one in opened.findings]
    assert "Birth date: the same day." in said
    assert any(line.startswith("Surname: agrees") for line in said)


def test_the_ledger_says_which_lists_and_how_many_hits_after_it_said_that_a_program_opened_the_name(
    booth: Booth,
) -> None:
    booth.found()
    moments = timeline(booth.case)
    events = [moment.event.value for moment in moments]
    run = moments[events.index("screening.run")]
    assert (run.payload["lists"], run.payload["hits"]) == (["harbour:1"], 1)
    opened = [one.payload for one in moments if one.event.value == "identity.open"]
    assert sorted(one["compartment"] for one in opened) == ["birth", "identity", "passport"]
    assert {one["purpose"] for one in opened} == {"screening-run"}
    assert events.index("identity.open") < events.index("screening.run")


def test_no_name_and_no_key_of_a_list_lies_in_the_clear_nor_in_what_is_shown(booth: Booth) -> None:
    canary = replace(DOV, key="canary-of-the-list", remarks="Zabolotivka")
    booth.load(canary)
    booth.compare()
    booth.judge(Verdict.SAME, reason="The canary sings in the town.")
    secrets = ("Береговий", "Berehovyi", "Береговой", "1991-04-17", canary.key, "Zabolotivka", "canary sings")
    code, browser = Case.objects.get(pk=booth.case).code, booth.organisation.browser("sofia")
    here = f"/case/{code}/screening/"
    pages = [browser.get(one) for one in ("/screening/", "/lists/", here, f"/case/{code}/again/")]
    pages.append(browser.post(f"{here}hit/{booth.hit().uid}/"))
    for page in pages:
        assert page.status_code == 200
        assert not [one for one in secrets[:-1] if one in page.content.decode()]
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
    for who in ("ada", "iris", "eva", "olha", "halyna"):
        with pytest.raises((NotFound, NotPermitted)):
            booth.compare(who)
    assert not ScreeningRun.objects.exists()


def test_a_name_that_was_not_given_cannot_be_compared(organisation: Organisation, settings: Settings) -> None:
    booth = opened_booth(organisation, settings, lodged=False)
    booth.load(DOV)
    assert booth.step() is Step.LODGE
    with pytest.raises(WrongState, match="legal name"):
        booth.compare()
    with pytest.raises(WrongState, match="No case waits"):
        booth.catch_up()


def test_whoever_declares_a_tie_no_longer_finds_the_case_nor_its_hits(booth: Booth) -> None:
    hit = booth.found()
    booth.office.tie("stas")
    with pytest.raises(NotFound):
        booth.compare("stas")
    with pytest.raises(NotFound):
        booth.open("stas", hit)
    with pytest.raises(NotFound):
        booth.judge(Verdict.SAME, "stas", hit)


def test_new_answers_are_compared_with_everything_and_what_was_found_before_is_kept(booth: Booth) -> None:
    """Under a new key nobody can tell that it is the same listed person: the older hit says it is older."""
    before = booth.found()
    booth.judge(Verdict.DIFFERENT)
    booth.tell()
    assert booth.step() is Step.NOTHING
    lodge_identity(booth.organisation, booth.case, revision=2, birth_date="1991-04-18")
    assert booth.step() is Step.COMPARE
    run = booth.compare()
    assert (run.reason, run.number) == ("new", 2)
    page = selectors.case_page(
        Case.objects.get(pk=booth.case).code, viewer=booth.organisation.actor("sofia"), now=booth.now
    )
    assert {row.uid == before.uid: (row.state, row.older) for row in page.hits} == {
        True: (Judging.JUDGED, True),
        False: (Judging.OPEN, False),
    }


def test_what_custodians_released_of_answers_that_were_corrected_since_is_not_compared(booth: Booth) -> None:
    booth.load(DOV)
    booth.custodians.released()
    booth.applicant.lodge(2, surname="Квасюк")
    ran = booth.custodians.go_on()
    assert (ran.done, ran.stayed) == (0, 1)
    assert not ScreeningRun.objects.exists()
    assert "wrote anew" in str(Stayed.objects.get().reason)
    booth.compare()
    assert not Stayed.objects.exists()


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
    found = keeping.Found("", (), {}, TAGS)
    with pytest.raises(WrongState, match="Look again"):
        keeping.keep(before, found, actor=actor, now=booth.now)
    assert ScreeningRun.objects.count() == 1


def test_where_too_many_resemble_the_applicant_the_page_says_so(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (keeping, shelf):
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
    booth.custodians.names(booth.case)
    keys = {booth.sides(hit=hit).comparison.listed.key for hit in Hit.objects.all()}
    assert DOV.key in keys
    assert STRANGER.key not in keys


def test_a_name_in_letters_that_are_not_compared_is_never_found_to_be_on_no_list(booth: Booth) -> None:
    booth.load(DOV)
    booth.applicant.lodge(2, surname="李", given="雷", patronymic="", latin="", other_names="")
    booth.custodians.run()
    assert "Latin or Cyrillic" in str(Stayed.objects.get().reason)
    assert booth.step() is Step.COMPARE
    page = booth.organisation.browser("sofia").get("/screening/").content.decode()
    assert "Latin or Cyrillic" in page


def test_an_index_in_which_a_bit_has_changed_is_refused_and_finds_nobody_in_silence(booth: Booth) -> None:
    booth.load(DOV)
    (index,) = booth.lists.rglob("names.index")
    content = bytearray(index.read_bytes())
    content[read(index).sections[0].offset] ^= 1
    index.write_bytes(content)
    with pytest.raises(WrongState, match="damaged"):
        booth.compare()
    assert not ScreeningRun.objects.exists()
    opened = [one.event.value for one in timeline(booth.case)]
    assert "identity.open" not in opened, "nothing is opened for what cannot be done"
