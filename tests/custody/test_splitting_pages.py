# SPDX-License-Identifier: AGPL-3.0-or-later
"""A seat is distrusted, in a browser without scripts: proposed, confirmed, asked for, split anew, stopped."""

from django.urls import reverse

from tests.custody.around_a_splitting import SEAT, TRUSTED, Ceremony
from tests.custody.test_pages import carried, code_of, get, post
from watchword.cases.models import Case, Tie
from watchword.custody.models import Anew, Batch, Resplit

DISTRUST, ANEW = "/custody/distrust/", "/custody/anew/"


def test_from_the_proposal_to_the_last_case_by_hand(ceremony: Ceremony) -> None:
    drawer, organisation = ceremony.drawer, ceremony.drawer.organisation
    petro, olha = organisation.browser("petro"), organisation.browser("olha")
    assert "Jonas" in get(petro, DISTRUST)
    assert "Error" in post(petro, f"{DISTRUST}propose/", status=422)
    post(petro, f"{DISTRUST}propose/", {"seats": [SEAT], "reason": "He was seen with them."})
    one = Resplit.objects.get()
    confirm = reverse("custody:confirm_distrust", args=[one.uid])
    post(petro, confirm, code_of(drawer, "petro"), status=403)
    assert "still holds" in get(olha, DISTRUST)
    assert "distrusted" in get(olha, "/")
    ceremony.vacate()
    assert "One-time code" in post(olha, confirm, status=422)
    post(olha, confirm, code_of(drawer, "olha"))
    halyna = organisation.browser("halyna")
    ceremony.fill()
    assert "6 sealed answers" in get(halyna, "/")
    shown = get(halyna, ANEW)
    assert "2 cases can be split anew now" in shown
    page = post(halyna, f"{ANEW}ask/", {"days": "3"}, status=200)
    draft = {"draft": carried(page)}
    assert "One-time code" in post(halyna, f"{ANEW}confirm/", draft, status=422)
    post(halyna, f"{ANEW}confirm/", draft | code_of(drawer, "halyna"))
    batch = Batch.objects.get()
    assert "Give my share" in post(halyna, f"/custody/batch/{batch.uid}/read/", status=200)
    assert "0 of 3" in get(halyna, ANEW)
    drawer.give(batch, *TRUSTED)
    post(halyna, f"{ANEW}run/")
    assert Anew.objects.count() == 6
    assert "6 of 6" in get(halyna, ANEW)
    assert "days after the new key" in get(petro, DISTRUST)
    codes = Case.objects.values_list("code", flat=True)
    for client in (petro, halyna):
        assert not any(code in get(client, address) for code in codes for address in ("/",))


def test_it_is_stopped_and_asked_for_again(ceremony: Ceremony) -> None:
    ceremony.begin()
    tied = {"case_id": ceremony.drawer.dov, "kind": "family", "at": ceremony.drawer.organisation.now}
    Tie.objects.create(staff_id=ceremony.drawer.organisation.staff["halyna"].uid, **tied)
    halyna = ceremony.drawer.organisation.browser("halyna")
    batch = ceremony.drawer.give(ceremony.ask(), *TRUSTED)
    post(halyna, f"{ANEW}{batch.uid}/end/")
    page = get(halyna, ANEW)
    assert "1 case can be split anew now" in page
    assert "1 case: You declared a tie" in page
    post(halyna, f"{ANEW}run/", status=409)


def test_a_proposal_is_dropped_and_nothing_was_changed(ceremony: Ceremony) -> None:
    one = ceremony.propose()
    olha = ceremony.drawer.organisation.browser("olha")
    post(olha, reverse("custody:drop_distrust", args=[one.uid]))
    assert "Dropped" in get(olha, DISTRUST)
    assert "No seat is distrusted" in get(ceremony.drawer.organisation.browser("halyna"), ANEW)
