# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of second applications: codes for whoever may know them, names by POST alone, rings as leads."""

import re

from tests.cast import IDENTITY
from tests.matching.search import Search
from watchword.matching.models import Link


def test_names_are_shown_by_post_alone_and_two_people_settle_it_on_the_page(search: Search) -> None:
    link, code = search.look_at_both(), search.code(search.again)
    sofia, stas = (search.organisation.browser(who) for who in ("sofia", "stas"))
    page = sofia.get(f"/case/{code}/again/").content.decode()
    assert search.code(search.first) in page
    assert "patronymic" in page
    assert IDENTITY["surname"] not in page
    pair = f"/case/{code}/again/{link.uid}/"
    assert sofia.get(pair).status_code == 405
    for browser in (sofia, stas):
        opened = browser.post(pair).content.decode()
        assert IDENTITY["surname"] in opened
        assert "Berehovyi" in opened
        seen = re.search(r'name="seen" value="(\w+)"', opened)
        assert seen
        typed = {"seen": seen[1], "verdict": "same", "reason": "One birth place and one patronymic."}
        assert browser.post(f"{pair}judge/", typed).status_code == 302
    link.refresh_from_db()
    assert (link.state, link.outcome) == ("judged", "same")
    ada = search.organisation.browser("ada")
    shown = ada.get(f"/case/{code}/again/").content.decode()
    assert f"/case/{code}/join/" in shown
    assert IDENTITY["surname"] not in shown
    assert ada.post(pair).status_code == 403
    waiting = sofia.get("/screening/").content.decode()
    assert "may be by one person" not in waiting


def test_a_ring_is_drawn_of_cases_that_one_may_know_of_and_of_no_other(search: Search) -> None:
    search.look_at_both()
    third = search.further()
    ada = search.organisation.browser("ada")
    assert "<svg" not in ada.get("/rings/").content.decode(), "what agrees is no ring"
    Link.objects.update(shared=["passport"])
    drawn = ada.get("/rings/").content.decode()
    assert drawn.count("<circle") == 3
    assert drawn.count("<tr>") == 1 + 3
    assert "style=" not in drawn
    third.tie("ada")
    left = ada.get("/rings/").content.decode()
    assert "<svg" not in left
    assert search.code(third) not in left
    assert "<svg" not in search.organisation.browser("iris").get("/rings/").content.decode()
