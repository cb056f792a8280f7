# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of evidence: what may be recorded and why not, the form, the caveat, opening by POST alone."""

from django.utils.html import escape

from tests.cast import case_in
from tests.organisation import Organisation
from watchword.cases.models import Case
from watchword.vetting.models import Evidence

ITEM = {
    "facts": "The baker of the town remembers him.",
    "source": "A call.",
    "favourable": "He named the baker before we asked.",
    "bearing": "for",
    "guideline": "D",
    "source_grade": "B",
    "information_grade": "2",
    "disclosure": "closed",
}


def code_of(case: str) -> str:
    return Case.objects.get(pk=case).code


def test_an_item_is_recorded_and_listed_with_its_grades(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    browser, code = organisation.browser("ada"), code_of(office.case)
    assert "No evidence yet" not in browser.get(f"/case/{code}/evidence/").content.decode()
    recorded = browser.post(f"/case/{code}/evidence/add/check/", ITEM, follow=True).content.decode()
    for words in ("Recorded and sealed", "B2", "closed", "usually reliable", "It speaks for the applicant"):
        assert words in recorded
    assert ITEM["facts"] not in recorded


def test_what_speaks_for_the_applicant_must_be_answered(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    before = Evidence.objects.count()
    answer = organisation.browser("ada").post(
        f"/case/{code_of(office.case)}/evidence/add/check/", {**ITEM, "favourable": " "}
    )
    assert answer.status_code == 422
    assert ITEM["facts"] in answer.content.decode(), "what was typed must stay"
    assert Evidence.objects.count() == before


def test_a_kind_that_is_closed_to_me_says_why(organisation: Organisation) -> None:
    _, office = case_in(organisation, "reading")
    page = organisation.browser("ada").get(f"/case/{code_of(office.case)}/evidence/").content.decode()
    assert "so someone else must record" in page
    form = organisation.browser("ada").get(f"/case/{code_of(office.case)}/evidence/add/second-reading/")
    assert "so someone else must record" in form.content.decode()
    assert "<textarea" not in form.content.decode()


def test_a_kind_of_another_role_is_not_there(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    assert (
        organisation.browser("ada").get(f"/case/{code_of(office.case)}/evidence/add/polygraph/").status_code
        == 404
    )


def test_the_caveat_stands_beside_every_polygraph(organisation: Organisation) -> None:
    _, office = case_in(organisation, "reading")
    page = organisation.browser("eva").get(f"/case/{code_of(office.case)}/evidence/").content.decode()
    assert "most of those who react are innocent" in page


def test_an_item_opens_by_post_and_is_recorded(organisation: Organisation) -> None:
    _, office = case_in(organisation, "board")
    item = Evidence.objects.filter(case=office.case, kind="check").first()
    assert item is not None
    browser, address = organisation.browser("eva"), f"/case/{code_of(office.case)}/evidence/item/{item.uid}/"
    assert browser.get(address).status_code == 405
    page = browser.post(address)
    assert escape("He named the baker before we asked.") in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_the_examiner_reads_how_many_items_are_not_for_her(organisation: Organisation) -> None:
    _, office = case_in(organisation, "polygraph")
    page = organisation.browser("pola").get(f"/case/{code_of(office.case)}/evidence/").content.decode()
    assert "more items: Not for your role." in page
