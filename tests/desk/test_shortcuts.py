# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keys that do what links do can be switched off, and the list has what they act on."""

from tests.cast import case_in
from tests.organisation import Organisation


def test_the_keys_are_switched_off_and_on_again(organisation: Organisation) -> None:
    browser = organisation.browser("iris")
    assert "desk-keys" in browser.get("/").content.decode()
    assert browser.post("/shortcuts/")["Location"] == "/shortcuts/"
    for path in ("/", "/cases/", "/shortcuts/"):
        assert "desk-keys" not in browser.get(path).content.decode()
    browser.post("/shortcuts/")
    assert "desk-keys" in browser.get("/").content.decode()


def test_a_list_has_the_places_that_the_keys_go_to(organisation: Organisation) -> None:
    case_in(organisation)
    page = organisation.browser("iris").get("/cases/").content.decode()
    assert "<details data-filter>" in page
    assert '<th scope="row"><a class="code"' in page
