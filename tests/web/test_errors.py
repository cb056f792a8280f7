# SPDX-License-Identifier: AGPL-3.0-or-later
"""Refusals and failures: the right number, the sentence, and nothing else."""

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from tests.web.markup import Page
from tests.web.pages import CANARY, FAILURES
from watchword.core.refusals import sentence
from watchword.web import context
from watchword.web.sentences import translated


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failure_shows_nothing_of_what_failed(visitor: Client, kind: str) -> None:
    page = visitor.get(f"/fail/{kind}/?q={CANARY}").content.decode()
    assert CANARY not in page
    assert "Traceback" not in page


@pytest.mark.parametrize(("kind", "status"), [("bug", 500), ("suspicious", 400), ("denied", 403)])
def test_a_failure_is_answered_in_the_frame_of_the_program(visitor: Client, kind: str, status: int) -> None:
    answer = visitor.get(f"/fail/{kind}/")
    assert answer.status_code == status
    assert Page(answer.content.decode()).named("h1")


def test_the_page_of_last_resort_needs_nothing_that_may_have_failed(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_request: object) -> dict[str, object]:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(context, "program", fails)
    answer = visitor.get("/")
    assert answer.status_code == 500
    assert "It was not your doing" in answer.content.decode()


def test_the_page_of_last_resort_does_not_ask_for_the_manifest(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> str:
        raise OSError(CANARY)

    monkeypatch.setattr(context, "organisation", fails)
    answer = visitor.get("/")
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("not-permitted", 403, "You proposed this; <b>Ben</b> must countersign it."),
        ("recused", 403, "You know this person."),
        ("not-found", 404, "There is no such case."),
        ("wrong-state", 409, "This proposal is already closed."),
        ("refused", 403, "No."),
    ],
)
def test_a_refusal_says_its_reason_and_where_to_go(
    visitor: Client, kind: str, status: int, words: str
) -> None:
    answer = visitor.get(f"/refuse/{kind}/")
    page = Page(answer.content.decode())
    assert answer.status_code == status
    assert words in page.text
    assert not page.named("b")
    assert any(link.get("href") == "/" for link in page.named("a"))


def test_an_address_that_never_was_is_answered_like_a_thing_that_is_not_there(visitor: Client) -> None:
    nowhere, refused = visitor.get("/nowhere/"), visitor.get("/refuse/not-found/")
    assert nowhere.status_code == refused.status_code == 404
    assert "There is nothing here" in nowhere.content.decode()
    assert "There is nothing here" in refused.content.decode()
    assert "nowhere" not in Page(nowhere.content.decode()).text


def test_a_form_without_its_mark_is_refused_in_plain_words(visitor: Client) -> None:
    answer = visitor.post("/form/", {"story": CANARY})
    page = Page(answer.content.decode())
    assert answer.status_code == 403
    assert "Nothing is lost that was saved before" in page.text
    assert CANARY not in page.text
    assert "CSRF" not in page.text


def test_a_form_that_is_too_long_is_named_as_such(program: str, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = Client(raise_request_exception=False).post(
        "/form/", "a=" + "x" * 200, "application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413
    assert "too long" in answer.content.decode()


def test_a_sentence_is_translated_with_what_it_carries() -> None:
    inner = sentence("%(count)s of %(needed)s custodians", count=2, needed=3)
    assert translated(sentence("Waiting: %(what)s", what=inner)) == "Waiting: 2 of 3 custodians"
    with translation.override("uk"):
        assert translated(sentence("Enter a valid date.")) == "Введіть коректну дату."


def test_a_sentence_without_gaps_may_hold_a_per_cent_sign() -> None:
    assert translated(sentence("100 % of it")) == "100 % of it"
