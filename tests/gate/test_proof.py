# SPDX-License-Identifier: AGPL-3.0-or-later
"""A proof of work opens the Gate once to whoever did the work, and to nobody who did not."""

import base64
import html
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from altcha import Challenge, ChallengeParameters, Payload, create_challenge, solve_challenge
from django.contrib.staticfiles import finders
from django.db import connection
from playwright.sync_api import Route, sync_playwright

from tests import chromium
from tests.core.sealing.other_programs import run_node
from tests.gate.browser import Browser, Page
from tests.intake.harbour import Harbour
from watchword.gate import budget, proofs, waiting
from watchword.gate.budget import Budget
from watchword.gate.waiting import Line
from watchword.intake.models import SpentTicket

ROOM = 5


@pytest.fixture(autouse=True)
def busy(monkeypatch: pytest.MonkeyPatch) -> Budget:
    """Nobody goes in by waiting; by proof, so many may. The work is small enough for a test."""
    monkeypatch.setattr(waiting, "_line", Line(lambda: Budget(0, 0), 0))
    monkeypatch.setattr(budget, "proofs", Budget(ROOM, 0))
    monkeypatch.setattr(proofs, "_ROUNDS", 2)
    return budget.proofs


def worked(task: str = "") -> dict[str, Any]:
    """The solved form of a task, or of a new one."""
    return as_solved(Challenge.from_dict(json.loads(task or proofs.challenge())))


def as_solved(challenge: Challenge) -> dict[str, Any]:
    solution = solve_challenge(challenge)
    assert solution
    return Payload(challenge, solution).to_dict()


def as_proof(payload: object) -> str:
    return base64.b64encode(json.dumps(payload).encode()).decode()


def enters(payload: object) -> bool:
    return proofs.enters({"proof": as_proof(payload)})


def left(room: Budget) -> int:
    """How many more could go in; nobody can afterwards."""
    return sum(1 for _ in iter(room.take, False))


@pytest.mark.django_db
def test_a_proof_goes_in_once_and_its_replay_takes_nothing_from_others(busy: Budget) -> None:
    proof = worked()
    assert enters(proof)
    assert not any(enters(proof) for _ in range(3))
    # The same work in other words is the same work.
    assert not enters(proof | {"solution": proof["solution"] | {"time": 1.0}})
    assert left(busy) == ROOM - 1


@pytest.mark.django_db
def test_a_proof_for_which_there_is_no_room_stays_good(monkeypatch: pytest.MonkeyPatch) -> None:
    proof = worked()
    monkeypatch.setattr(budget, "proofs", Budget(0, 0))
    assert not enters(proof)
    assert not SpentTicket.objects.exists()
    monkeypatch.setattr(budget, "proofs", Budget(1, 0))
    assert enters(proof)


@pytest.mark.django_db
def test_a_proof_comes_in_time_or_is_worth_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "GOOD_FOR", -1)
    late = worked()
    assert not enters(late)
    late["challenge"]["parameters"]["expiresAt"] += 999
    assert not enters(late)


def forged() -> Iterator[object]:
    """What somebody might send who does not want to work, or not again."""
    good, other = worked(), worked()
    challenge, parameters, solution = good["challenge"], good["challenge"]["parameters"], good["solution"]

    def asking(**changes: object) -> object:
        made = Challenge(ChallengeParameters.from_dict(parameters | changes), challenge["signature"])
        return as_solved(made)

    yield asking(keyPrefix="")
    yield asking(cost=1)
    yield asking(data=other["challenge"]["parameters"]["data"])
    yield asking(data=None)
    yield good | {"solution": other["solution"]}
    yield good | {"challenge": {"parameters": parameters}}
    counters: tuple[object, ...] = (solution["counter"] + 1, -1, 2**32, True, "0", None, [], 1e400)
    for counter in counters:
        yield good | {"solution": {"counter": counter, "derivedKey": "00" * 32}}
        yield good | {"solution": solution | {"counter": counter}}
    for key in ("", b"somebody's own key"):
        yield as_solved(create_challenge("PBKDF2/SHA-256", 2, data=parameters["data"], hmac_secret=key))
    yield from ({}, [], "", 0, None, {"challenge": "", "solution": ""}, {"challenge": {"parameters": []}})


@pytest.mark.django_db
def test_nobody_goes_in_without_the_work(busy: Budget) -> None:
    assert [one for one in forged() if enters(one)] == []
    raw = ("", "no", "\u202e", "=", "e30", "A" * 9_999, base64.b64encode(b"[" * 1_500).decode(), "\ud83d")
    assert not any(proofs.enters({"proof": one}) for one in raw)
    assert (left(busy), SpentTicket.objects.count()) == (ROOM, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one write at a time, in one process")
def test_one_proof_in_four_windows_at_once_goes_in_once(busy: Budget) -> None:
    proof, start = worked(), Barrier(4)

    def one(_: int) -> bool:
        start.wait()
        try:
            return enters(proof)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(one, range(4))) == [False, False, False, True]
    assert left(busy) == ROOM - 1


def offered(page: Page) -> str:
    """The task of a waiting page, or nothing."""
    found = re.search('data-challenge="([^"]*)"', page.html)
    return html.unescape(found[1]) if found else ""


def test_the_waiting_page_opens_to_a_proof_and_asks_a_refused_one_to_wait(gate: Harbour) -> None:
    page = Browser().open("/mailbox/sign-in/?for=withdraw")
    assert page.status == 503
    assert page.headers["Content-Security-Policy"].count("script-src 'self'") == 1
    address = f"/mailbox/sign-in/?for=withdraw&proof={quote(as_proof(worked(offered(page))))}"
    assert Browser().open(address).status == 200
    again = Browser().open(address)
    assert (again.status, offered(again)) == (503, "")
    # The next time a new task is offered; to one who would rather wait, none.
    assert "proof=" not in again.html
    assert offered(Browser().open("/offline/"))
    patient = Browser().open("/contact/?proof=no")
    assert ("proof=no" in patient.html, offered(patient)) == (True, "")


@pytest.mark.django_db
def test_the_script_of_the_page_does_the_work_that_is_checked_here() -> None:
    task = json.loads(proofs.challenge())
    proof, stopped = run_node("proof.mjs", [{"challenge": task}, {"challenge": task, "stop": True}])
    assert stopped is None
    assert proofs.enters({"proof": proof})


def test_with_scripts_the_page_opens_by_itself(gate: Harbour) -> None:
    page = Browser().open("/contact/")
    # In a thread of its own: what drives the browser and what asks the database exclude each other.
    with ThreadPoolExecutor(1) as aside:
        onward = aside.submit(looked_at, page).result()
    assert Browser().open(onward).status == 200


def looked_at(page: Page) -> str:
    """Where a browser goes on by itself that is shown this page."""

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.path.startswith("/static/"):
            route.fulfill(path=str(finders.find(address.path.removeprefix("/static/"))))
        else:
            route.fulfill(body="" if "proof=" in address.query else page.html, headers=dict(page.headers))

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.executable(), args=["--no-sandbox"])
        shown = browser.new_page()
        shown.route("**", answer)
        with shown.expect_request(lambda asked: "proof=" in asked.url) as going:
            shown.goto("http://127.0.0.1:9/contact/")
        onward = urlsplit(going.value.url)
        browser.close()
    return f"{onward.path}?{onward.query}"
