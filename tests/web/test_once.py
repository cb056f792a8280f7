# SPDX-License-Identifier: AGPL-3.0-or-later
"""An answer is kept while one page is made: no other page, no other person and no change ever gets it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.http import HttpRequest, HttpResponse

from watchword.web.once import OncePerPage, once_a_page


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def ask(asked: list[str]) -> Callable[[str], int]:
    @once_a_page
    def ask(who: str) -> int:
        asked.append(who)
        return len(asked)

    return ask


def page(ask: Callable[[str], int], *people: str, method: str = "GET") -> list[int]:
    """What a page gets that asks about these people in turn."""
    request, found = HttpRequest(), list[int]()
    request.method = method

    def view(_: HttpRequest) -> HttpResponse:
        found.extend(ask(who) for who in people)
        return HttpResponse()

    OncePerPage(view)(request)
    return found


def test_whoever_changes_something_asks_anew_each_time(ask: Callable[[str], int]) -> None:
    assert page(ask, "ada", "ada", method="POST") == [1, 2]


def test_outside_of_a_page_everything_is_asked_anew(ask: Callable[[str], int]) -> None:
    assert [ask("ada"), ask("ada")] == [1, 2]


def test_a_page_asks_once_and_the_next_one_again(ask: Callable[[str], int]) -> None:
    assert page(ask, "ada", "ada", "ben", "ada") == [1, 1, 2, 1]
    assert page(ask, "ada", "ada") == [3, 3]


def test_nothing_is_kept_when_a_page_fails(ask: Callable[[str], int], asked: list[str]) -> None:
    def view(_: HttpRequest) -> HttpResponse:
        ask("ada")
        raise LookupError

    request = HttpRequest()
    request.method = "GET"
    with pytest.raises(LookupError):
        OncePerPage(view)(request)
    ask("ada")
    assert asked == ["ada", "ada"]


def test_two_pages_at_once_share_nothing(ask: Callable[[str], int], asked: list[str]) -> None:
    both = Barrier(2)

    def together(who: str) -> int:
        both.wait(timeout=30)
        answer = ask(who)
        both.wait(timeout=30)
        return answer

    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(lambda _: page(together, "ada"), range(2)))
    assert len(asked) == 2
    assert len(pages) == 2
