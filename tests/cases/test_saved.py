# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filters of one's own: under numbers, in words that the choice itself gives, and nobody else's."""

import pytest

from tests.cases.test_lists import many
from tests.clock import TODAY
from tests.organisation import Organisation
from watchword.cases import selectors, services
from watchword.cases.models import SavedChoice
from watchword.cases.selectors import Choice
from watchword.core.refusals import NotFound, WrongState

STAGES = ("prescreen", "questionnaire", "checks", "interviews", "board")


def numbers(organisation: Organisation, who: str) -> list[int]:
    return [one.number for one in selectors.saved_choices(organisation.actor(who), today=TODAY)]


def test_nine_at_most_each_once_and_each_person_their_own(organisation: Organisation) -> None:
    iris, ada = organisation.actor("iris"), organisation.actor("ada")
    with pytest.raises(WrongState, match="all of them need no filter"):
        services.keep_choice(Choice(), actor=iris)
    choices = [Choice(stage=stage, unread=unread) for stage in STAGES for unread in (False, True)]
    assert [services.keep_choice(one, actor=iris) for one in choices[:9]] == list(range(1, 10))
    with pytest.raises(WrongState, match="All nine"):
        services.keep_choice(choices[9], actor=iris)
    assert services.keep_choice(choices[4], actor=iris) == 5, "it stands there already"
    with pytest.raises(NotFound):
        services.drop_choice(5, actor=ada)
    services.drop_choice(5, actor=iris)
    assert services.keep_choice(choices[9], actor=iris) == 5
    assert (numbers(organisation, "iris"), numbers(organisation, "ada")) == (list(range(1, 10)), [])


def test_the_list_shows_them_in_words_with_a_count_and_a_key(organisation: Organisation) -> None:
    cases = many(organisation, 4)
    browser = organisation.browser("iris")
    chosen = browser.get("/cases/?flag=danger&keeper=nobody").content.decode()
    assert "Keep this choice as filter 1" in chosen
    kept = browser.post("/cases/filters/keep/?flag=danger&keeper=nobody", follow=True).content.decode()
    danger = sum(case.danger_declared for case in cases)
    assert "<kbd>1</kbd> Nobody keeps it yet · In danger</a>" in kept
    assert f">{danger} cases<" in kept
    assert 'data-key="1" aria-current="page"' in kept
    assert "Keep this choice" not in kept
    assert browser.post("/cases/filters/keep/?stage=made-up").status_code == 409
    assert (
        "Nobody keeps it yet · In danger" not in organisation.browser("ada").get("/cases/").content.decode()
    )
    gone = browser.post("/cases/filters/1/drop/", follow=True).content.decode()
    assert "<kbd>1</kbd>" not in gone


def test_a_filter_on_what_is_gone_says_so_and_shows_nothing_else(organisation: Organisation) -> None:
    """A filter that no longer means anything must not quietly show everything."""
    SavedChoice.objects.create(staff=organisation.staff["iris"], number=1, stage="abolished")
    page = organisation.browser("iris").get("/cases/").content.decode()
    assert "no longer there for you" in page
    assert "stage=abolished" not in page
