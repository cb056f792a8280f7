# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of call signs, enquiries and compromises in a browser without scripts."""

import re

from tests import clock
from tests.custody.test_pages import get, post
from tests.matching.search import Search
from tests.protection.at_the_desk import DOV, SAID, WHERE, code_of
from watchword.protection.models import CallSign, Compromise, Enquiry
from watchword.protection.rules import MEASURES
from watchword.protection.wordlist import answers

TYPED = {**DOV, "way": "mail", "asker": "employer", "said": SAID}


def confirmed(search: Search, who: str) -> dict[str, str]:
    return {"one_time_code": search.organisation.credentials(who, clock.now())["code"]}


def test_asked_answered_looked_up_by_two_and_heard_of_by_hand(search: Search) -> None:
    search.look_at_both()
    iris, here = search.organisation.browser("iris"), "/enquiries/new/"
    assert answers()["spoken"].uk.strip() in get(iris, here), "the words come before anything is typed"
    post(iris, here, TYPED | {"said": ""}, status=422)
    post(iris, here, TYPED)
    enquiry = Enquiry.objects.get()
    page = get(iris, f"/enquiries/{enquiry.uid}/answer/")
    assert enquiry.number in page
    for words in (answers()["written"].en, answers()["written"].uk, answers()["written"].ru):
        assert words.strip() in page
    assert "Berehovyi" not in page
    halyna, jonas = search.organisation.browser("halyna"), search.organisation.browser("jonas")
    for address in ("/", "/enquiries/"):
        assert enquiry.number in get(halyna, address)
        assert "Berehovyi" not in get(halyna, address)
    at = f"/enquiries/{enquiry.uid}"
    assert SAID in post(halyna, f"{at}/read/", status=200)
    post(halyna, f"{at}/ask/")
    post(halyna, f"{at}/look/", confirmed(search, "halyna"), status=403)
    assert "One-time code" in post(jonas, f"{at}/look/", status=422)
    found = post(jonas, f"{at}/look/", confirmed(search, "jonas"), status=200)
    assert code_of(search.first.case) in found
    ada = search.organisation.browser("ada")
    for address in ("/", f"/case/{code_of(search.first.case)}/enquiries/"):
        told = get(ada, address)
        assert "An employer or a school" in told
        assert SAID not in told
    post(halyna, f"{at}/destroy/")
    post(jonas, f"{at}/read/", status=409)


def test_three_are_drawn_one_is_chosen_with_reasons_and_opened_again_by_hand(search: Search) -> None:
    halyna, code = search.organisation.browser("halyna"), code_of(search.first.case)
    post(halyna, "/callsigns/", {"code": "WW-AAAA-00"}, status=404)
    assert "No call sign yet" in post(halyna, "/callsigns/", {"code": code.lower()}, status=200)
    page = post(halyna, "/callsigns/draw/", {"code": code}, status=200)
    (offer,) = re.findall(r'name="offer" value="([^"]+)"', page)
    typed = {"offer": offer, "chosen": "1", "why_0": "free"}
    assert "Say why not this one" in post(halyna, "/callsigns/issue/", typed, status=422)
    shown = post(halyna, "/callsigns/issue/", typed | {"why_2": "mocks"}, status=200)
    (english,) = re.findall(r'<dd lang="en">([^<]+)</dd>', shown)
    assert english in page
    given = CallSign.objects.get()
    assert english not in post(halyna, "/callsigns/", {"code": code}, status=200)
    assert english in post(halyna, f"/callsigns/{given.uid}/open/", status=200)


def test_reported_answered_and_closed_by_another_by_hand(search: Search) -> None:
    halyna, jonas = search.organisation.browser("halyna"), search.organisation.browser("jonas")
    code, here = code_of(search.first.case), "/compromises/new/"
    assert here in get(halyna, "/callsigns/")
    typed = {"code": code, "known": "name", "rule": "silence", "words": WHERE}
    for wrong in ({"code": "WW-AAAA-00"}, {"words": ""}, {"rule": "talk"}):
        assert typed["known"] in post(halyna, here, typed | wrong, status=422)
    assert WHERE in post(halyna, here, typed, status=200)
    at = f"/compromises/{Compromise.objects.get().uid}/"
    assert code in get(jonas, "/")
    missing = post(jonas, f"{at}settle/", {"measure": "person", "outcome": "needless"}, status=422)
    assert "Say why this is not done" in missing
    for measure in MEASURES:
        words = {"measure": measure, "outcome": "needless", "words": "Nobody can be reached."}
        post(jonas, f"{at}settle/", words, status=200)
    post(jonas, f"{at}rule/", {"rule": "no-call-sign"}, status=200)
    post(halyna, f"{at}end/", {"words": "All is done."}, status=403)
    assert "All is done." in post(jonas, f"{at}end/", {"words": "All is done."}, status=200)
    told = get(search.organisation.browser("ada"), f"/case/{code}/enquiries/")
    assert "The old call sign stands in no text" in told
    assert WHERE not in told
