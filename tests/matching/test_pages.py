# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of second applications: codes for whoever may know them, names for nobody, rings as leads."""

import re
from urllib.parse import urlencode

from tests.accounts.test_devices_page import hidden
from tests.cast import IDENTITY
from tests.matching.search import Search
from tests.vault.records import has_opened
from watchword.accounts.beyond import TYPED
from watchword.journal.selectors import timeline
from watchword.matching.models import Link
from watchword.vault.selectors import usual_for


def test_two_people_settle_on_the_page_by_what_agrees_and_no_name_is_shown(search: Search) -> None:
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
        assert "patronymic" in opened
        assert not [name for name in (IDENTITY["surname"], "Berehovyi") if name in opened]
        assert browser.post(f"{pair}sides/").status_code == 409
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


def test_both_names_stand_side_by_side_only_where_both_were_released_to_this_person(search: Search) -> None:
    link, code = search.look_at_both(), search.code(search.again)
    pair, sofia = f"/case/{code}/again/{link.uid}/", search.organisation.browser("sofia")
    search.custodians.names(search.first.case)
    search.custodians.names(search.again.case, "stas")
    before = len(timeline(search.first.case))
    assert sofia.post(f"{pair}sides/").status_code == 409
    assert len(timeline(search.first.case)) == before, "one name alone is not opened for it"
    search.custodians.names(search.again.case)
    assert "Open both names" in sofia.post(pair).content.decode()
    # Both are cases beyond what is usual today: she is asked why once, and it goes on with both.
    has_opened(search.organisation, "sofia", usual_for(search.organisation.actor("sofia").roles) or 0)
    asked = sofia.post(f"{pair}sides/")
    assert asked.status_code == 409
    kept = hidden(asked.content) | {"beyond_reason": "Two of us are ill."}
    shown = sofia.post(f"{pair}sides/", urlencode(kept), content_type=TYPED).content.decode()
    assert IDENTITY["surname"] in shown
    assert "Berehovyi" in shown
    assert search.organisation.browser("ada").post(f"{pair}sides/").status_code == 403


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
