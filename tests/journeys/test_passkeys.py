# SPDX-License-Identifier: AGPL-3.0-or-later
"""A member of staff in a real browser with an authenticator inside: passkeys, locking, unlocking."""

import json
import time

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PATIENCE
from tests.journeys.programs import Programs

pytestmark = pytest.mark.journey
# As good as a telephone: it keeps the passkey, knows its owner, and gives a secret.
TELEPHONE = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "hasPrf": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
LOGIN = "petro"


def secrets(running: Programs) -> tuple[str, pyotp.TOTP]:
    """What this member of the cast knows; its codes are nobody else's in these journeys."""
    cast = json.loads((running.home / "desk" / "demo-cast.json").read_text(encoding="utf-8"))
    [member] = [one for one in cast if one["login"] == LOGIN]
    return member["passphrase"], pyotp.TOTP(member["totp_secret"])


def with_telephone(browser: Browser) -> Page:
    """A page of a browser that has an authenticator; passkeys need a name, which 127.0.0.1 is not."""
    page = browser.new_context(locale="en-GB").new_page()
    page.set_default_timeout(PATIENCE)
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})
    return page


def test_a_passkey_logs_in_alone_and_what_was_typed_when_it_locked_is_not_lost(
    browser: Browser, running: Programs
) -> None:
    desk = running.desk.replace("127.0.0.1", "localhost")
    passphrase, totp = secrets(running)
    page = with_telephone(browser)
    page.goto(desk + "log-in/")
    # A code holds for one step before its time and one after: on a busy machine neither of these runs out.
    typed = {"login": LOGIN, "passphrase": passphrase, "code": totp.at(int(time.time()))}
    for name, value in typed.items():
        page.fill(f'[name="{name}"]', value)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What waits for me")
    page.goto(desk + "devices/passkey/")
    for name, value in {
        "name": "blue key",
        "passphrase": passphrase,
        "code": totp.at(int(time.time()) + 30),
    }.items():
        page.fill(f'[name="{name}"]', value)
    page.get_by_role("button", name="Add this passkey").click()
    expect(page.locator("main")).to_contain_text("opens the keys by itself")

    page.goto(desk + "devices/passkey/")
    page.fill('[name="name"]', "typed when it locked")
    other = page.context.new_page()
    other.goto(desk)
    other.get_by_role("button", name="Lock", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Locked")
    page.evaluate("document.querySelector('main form').submit()")
    expect(page.locator("main")).to_contain_text("Nothing is lost")
    page.get_by_role("button", name="Unlock with a passkey").click()
    page.get_by_role("button", name="Send it now").click()
    expect(page.locator('[name="name"]')).to_have_value("typed when it locked")

    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What waits for me")
    page.context.close()
