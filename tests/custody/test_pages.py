# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of releases in a browser without scripts: asked, read, given, refused, opened, and looked at."""

from collections.abc import Mapping
from html import unescape

from django.test import Client

from tests import clock
from tests.custody.around_a_batch import Drawer
from tests.custody.around_a_safe import SISTER, WORDS, Safe
from watchword.custody.models import Release

NOTHING: Mapping[str, object] = {}


def get(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content.decode()
    return unescape(response.content.decode())


def post(client: Client, url: str, typed: Mapping[str, object] = NOTHING, *, status: int = 302) -> str:
    response = client.post(url, typed)
    assert response.status_code == status, response.content.decode()
    return unescape(response.content.decode())


def code_of(safe: Safe | Drawer, who: str) -> dict[str, str]:
    """A one-time code of this person."""
    return {"one_time_code": safe.organisation.credentials(who, clock.now())["code"]}


def carried(page: str) -> str:
    """The draft that the page carries."""
    return page.split('name="draft" value="')[1].split('"', maxsplit=1)[0]


def test_asked_given_by_three_refused_by_one_opened_and_ended_by_hand(safe: Safe) -> None:
    ada, here = safe.organisation.browser("ada"), f"/case/{safe.code}/custody/"
    assert "Ask the custodians" in get(ada, here)
    typed = {"elements": ["relatives"], "serves": "protect-relatives", "words": WORDS, "days": "2"}
    page = post(ada, f"{here}ask/", typed, status=200)
    assert WORDS in page
    assert not Release.objects.exists(), "shown, and not asked yet"
    draft = {"draft": carried(page)}
    assert "One-time code" in post(ada, f"{here}confirm/", draft, status=422)
    post(ada, f"{here}confirm/", {"draft": draft["draft"] + "x"}, status=409)
    post(ada, f"{here}confirm/", draft | code_of(safe, "ada"))
    release = Release.objects.get()
    seen = {"seen": release.action_hash}
    halyna = safe.organisation.browser("halyna")
    for address in ("/", "/custody/"):
        shown = get(halyna, address)
        assert safe.code in shown
        assert WORDS not in shown
    get(halyna, f"/case/{safe.code}/", status=403)
    assert WORDS in post(halyna, f"/custody/{release.uid}/read/", status=200)
    assert "One-time code" in post(halyna, f"/custody/{release.uid}/give/", seen, status=422)
    post(halyna, f"/custody/{release.uid}/give/", seen | code_of(safe, "halyna"))
    safe.give(release, "jonas", "katrin")
    milda = safe.organisation.browser("milda")
    reason = {"reason": "Too wide."}
    post(milda, f"/custody/{release.uid}/refuse/", seen | reason | code_of(safe, "milda"))
    assert "Too wide." in post(milda, f"/custody/{release.uid}/read/", status=200)
    assert "Can be opened" in get(ada, here)
    assert "Too wide." in post(ada, f"/custody/{release.uid}/why/", status=200)
    assert SISTER in post(ada, f"/custody/{release.uid}/open/", status=200)
    post(safe.organisation.browser("hugo"), f"/custody/{release.uid}/open/", status=404)
    post(ada, f"/custody/{release.uid}/end/")
    assert "Ended" in get(ada, here)
    post(ada, f"/custody/{release.uid}/open/", status=409)


def test_a_glass_is_broken_seconded_opened_and_looked_at_by_hand(safe: Safe) -> None:
    halyna = safe.organisation.browser("halyna")
    typed = {"code": safe.code.lower(), "elements": ["relatives"], "words": "The house is being searched."}
    post(halyna, "/custody/glass/", typed | {"code": "WW-AAAA-00"}, status=404)
    page = post(halyna, "/custody/glass/", typed, status=200)
    draft = {"draft": carried(page), "code": safe.code}
    post(halyna, "/custody/glass/confirm/", draft | code_of(safe, "halyna"))
    release = Release.objects.get()
    for who in ("petro", "aud", "tomasz"):
        home = get(safe.organisation.browser(who), "/")
        assert "broke the glass" in home
        assert (safe.code in home) is (who != "petro")
    safe.give(release, "jonas", "katrin")
    assert SISTER in post(halyna, f"/custody/{release.uid}/open/", status=200)
    tomasz = safe.organisation.browser("tomasz")
    assert "The house is being searched." in post(tomasz, f"/custody/{release.uid}/read/", status=200)
    post(tomasz, f"/custody/{release.uid}/review/", {"words": "Rightly."} | code_of(safe, "tomasz"))
    assert "broke the glass" not in get(safe.organisation.browser("petro"), "/")
