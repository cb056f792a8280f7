# SPDX-License-Identifier: AGPL-3.0-or-later
"""One demo and one browser for all journeys."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Request, expect

from tests import chromium
from tests.journeys import programs
from tests.journeys.desk_pages import Office
from tests.journeys.gate_pages import Applicant
from tests.journeys.programs import Programs

# A closed proxy: whatever a page asked of another machine would fail, and is found besides.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=127.0.0.1;localhost",
]
# "other" is the icon, which is blank.
KINDS = {"document", "stylesheet", "image", "other"}
# Where scripts are on, the Gate's own script, its worker, and what they say to the Gate.
SCRIPTED = {"script", "fetch"}
AT_THE_DESK = ("static/built/desk-keys.", "static/built/desk-passkey.")
# Milliseconds for what a page should show; long, because other tests keep the machine busy.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
Contexts = Callable[..., BrowserContext]


@pytest.fixture(autouse=True)
def standing_clock() -> None:
    """These tests start whole programs, and go by the same clock as they: the machine's."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": chromium.executable(),
        "headless": True,
        "args": FLAGS,
    }


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programs]:
    """Gate and Desk of an invented organisation."""
    started = programs.start(tmp_path_factory.mktemp("journeys") / "demo")
    yield started
    started.stop()


@pytest.fixture(scope="session")
def new_context(browser: Browser, running: Programs) -> Iterator[Contexts]:
    """A fresh browser profile. No page may ask for anything of another machine, or the Desk for any script
    but those of passkeys and of keys."""
    strange: list[str] = []
    opened: list[BrowserContext] = []

    def watch(request: Request) -> None:
        ours = request.url.startswith((running.gate, running.desk))
        at_the_gate = request.resource_type in SCRIPTED and request.url.startswith(running.gate)
        of_the_desk = request.url.startswith(tuple(f"{running.desk}{script}" for script in AT_THE_DESK))
        if not ours or not (request.resource_type in KINDS or at_the_gate or of_the_desk):
            strange.append(f"{request.resource_type} {request.url}")

    def new(**options: Any) -> BrowserContext:
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        context.on("request", watch)
        opened.append(context)
        return context

    yield new
    for context in opened:
        context.close()
    assert strange == []


@pytest.fixture(scope="session")
def office(new_context: Contexts, running: Programs) -> Office:
    """Everybody at the Desk."""
    return Office(new_context, running.desk)


@pytest.fixture
def applicant(new_context: Contexts, running: Programs) -> Callable[..., Applicant]:
    """Somebody at the Gate: ``applicant("uk")``."""
    return lambda language, **more: Applicant(new_context, running.gate, language, **more)
