# SPDX-License-Identifier: AGPL-3.0-or-later
"""One walk past every page of the Gate in each of its states; each is looked at in three languages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.clock import TODAY
from tests.gate.applicant import Dov
from tests.gate.browser import Browser, Page
from tests.gate.desk import collect, deliver
from tests.gate.test_browser import Tab
from tests.gate.test_genuine import published
from tests.gate.test_mailbox import STRANGER, stranger
from tests.intake.harbour import Harbour
from tests.looking import Shown
from watchword.core.procedure.text import LANGUAGES
from watchword.core.sealing.card import CardNumber, Phrase
from watchword.gate import budget
from watchword.gate.budget import Budget
from watchword.gate.views.ways import KIT
from watchword.intake.models import Mailbox
from watchword.intake.services import SealedCard, receive_cards
from watchword.trust.enclosed import Enclosed
from watchword.trust.letter import Opened

OPEN_TO_ALL = (
    *("/", "/safety/", "/genuine/", "/genuine/measures/", "/genuine/clones/", "/genuine/card/"),
    *("/protection/", "/offline/", "/offline/taken/", "/offline/again/", "/withdrawn/", "/nowhere/"),
    *("/contact/", "/mailbox/sign-in/", "/mailbox/sign-in/?for=withdraw"),
)
OWN_AFFAIRS = ("calls/", "calls/1/", "log/", "consents/", "consents/1/", "second/", "correct/")
LONG = "x" * 10_001
ASKED = ("identity", "chronology", "health")
OPENED = (Opened("routing", "case-work", 2, TODAY), Opened("story", "letter", 1, TODAY))


@dataclass
class Walk:
    """Everything that was seen so far."""

    gate: Harbour
    shown: list[Shown] = field(default_factory=list)

    def sees(self, state: str, browser: Browser, act: Callable[[], Page]) -> None:
        """The page to which ``act`` leads, in every language; so it must be possible three times."""
        for language in LANGUAGES:
            browser.client.cookies["lang"] = language
            page = act()
            assert page.language == language, state
            assert 'lang=""' not in page.html, state
            self.shown.append(Shown(f"{state} ({page.address}, {page.status})", language, page.html))

    def opens(self, browser: Browser, *addresses: str, state: str = "") -> None:
        for address in addresses:
            self.sees(state, browser, partial(browser.open, address))

    def sends(self, browser: Browser, address: str, control: str, state: str, **typed: str) -> None:
        """Open a page, and send the form on it that has this control."""
        self.sees(state, browser, lambda: browser.send(browser.open(address).form_with(control), **typed))

    def goes_everywhere(self, patch: pytest.MonkeyPatch) -> list[Shown]:
        without_a_visit(self)
        with_a_card(self)
        while_it_is_closed(self, patch)
        dov = Dov()
        before_sending(self, dov)
        after_sending(self, dov)
        when_letters_come(self, dov)
        in_mailboxes_of_others(self, dov)
        with_keys_in_the_browser(self)
        leaving(self, dov)
        return self.shown


def without_a_visit(walk: Walk) -> None:
    browser = Browser()
    walk.gate.publish(gates=(f"http://{'a2' * 28}.onion/",))
    walk.opens(browser, *OPEN_TO_ALL)
    published(walk.gate, "false.example", "t.me/" + "very_long_name_of_a_false_bot" * 3)
    walk.opens(browser, "/genuine/clones/", state="a list of clones")
    (Path(settings.WATCHWORD_DIR) / KIT).write_text("kit", encoding="utf-8")
    walk.opens(browser, "/offline/", state="a kit")
    walk.sends(browser, "/offline/", "parcel", "nothing brought")
    walk.sends(browser, "/offline/", "parcel", "plain words brought", parcel="my words")
    walk.sends(browser, "/contact/", "ticket", "nothing answered")
    walk.sends(browser, "/mailbox/sign-in/", "receipt", "mistyped", receipt="1" * 30)
    written = {"country": "A long text.", "other": "B"}
    walk.sees("a text that came too late", browser, partial(late, browser, written))
    walk.sees("a form that is not ours", browser, partial(forged, browser))


def late(browser: Browser, written: dict[str, str]) -> Page:
    """A form that was open until the visit ended."""
    token = browser.open("/genuine/card/").form_with("number").fields["csrfmiddlewaretoken"]
    address = "/application/part/prescreen/"
    return browser.arrive(browser.client.post(address, {**written, "csrfmiddlewaretoken": token}), address)


def forged(browser: Browser) -> Page:
    return browser.arrive(browser.client.post("/mailbox/sign-in/", {"receipt": "1"}), "/mailbox/sign-in/")


def with_a_card(walk: Walk) -> None:
    cards = {language: CardNumber.new() for language in LANGUAGES}
    phrase = Phrase("ru", bytes([7, 70, 170]))
    keys = [card.keys(walk.gate.manifest.organisation) for card in cards.values()]
    receive_cards(cards=[SealedCard(one.tag, phrase.sealed(one.gate)) for one in keys])
    browser = Browser()

    def types_own() -> Page:
        number = cards[browser.client.cookies["lang"].value].digits
        return browser.send(browser.open("/genuine/card/").form_with("number"), number=number)

    walk.sees("the words", browser, types_own)
    walk.sees("shown before", browser, types_own)
    walk.sends(browser, "/genuine/card/", "number", "false", number=CardNumber.new().digits)
    walk.sends(browser, "/genuine/card/", "number", "mistyped", number="12")


def while_it_is_closed(walk: Walk, patch: pytest.MonkeyPatch) -> None:
    with patch.context() as full:
        full.setattr(budget, "forms", Budget(0, 0))
        full.setattr(budget, "cards", Budget(0, 0))
        walk.opens(Browser(), "/contact/", state="busy")
        walk.sends(Browser(), "/genuine/card/", "number", "busy", number=CardNumber.new().digits)
    kept = walk.gate.path.read_bytes()
    walk.gate.path.unlink()
    walk.opens(Browser(), "/contact/", "/safety/", state="no keys")
    walk.gate.path.write_bytes(kept)


def before_sending(walk: Walk, dov: Dov) -> None:
    dov.makes_contact()
    dov.writes_the_receipt_down()
    browser = dov.browser
    walk.opens(browser, "/", "/receipt/", "/receipt/check/", state="a new receipt")
    walk.sees("wrong groups", browser, partial(wrong_groups, browser))
    dov.checks_the_receipt()
    walk.opens(browser, "/application/", "/application/send/", "/files/", "/mailbox/", state="a draft")
    walk.sends(browser, "/mailbox/calls/1/", "text", "not before sending", text="")
    for section in walk.gate.profile.questionnaire.sections[:-1]:
        address = f"/application/part/{section.id}/"
        walk.opens(browser, address, state="a draft")
        walk.sends(browser, address, section.questions[0].id, "nothing answered")
    walk.sees("no file", browser, partial(attaches, dov, b""))
    walk.sees("a file of another kind", browser, partial(attaches, dov, b"MZ"))
    for _ in LANGUAGES:
        attaches(dov, b"%PDF-1.7 " + bytes(5_000))
    dov.answers_everything()
    written = ("/application/", "/application/part/prescreen/", "/application/send/", "/files/")
    walk.opens(browser, *written, state="everything sealed")


def wrong_groups(browser: Browser) -> Page:
    form = browser.open("/receipt/check/").forms[1]
    return browser.send(form, **{name: "00000" for name in form.fields if name.startswith("group_")})


def attaches(dov: Dov, content: bytes) -> Page:
    page = dov.browser.open("/files/")
    form = next(form for form in page.forms if "into=" in form.action)
    file = {"file": SimpleUploadedFile("a.pdf", content)} if content else {}
    return dov.browser.arrive(dov.browser.client.post(form.action, {**form.fields, **file}), form.action)


def after_sending(walk: Walk, dov: Dov) -> None:
    dov.sends()
    browser = dov.browser
    walk.opens(browser, "/application/sent/", "/mailbox/", "/mailbox/log/", state="sent")
    collect(walk.gate)
    walk.opens(browser, "/mailbox/", "/mailbox/correct/", "/files/", state="fetched")


def when_letters_come(walk: Walk, dov: Dov) -> None:
    browser = dov.browser
    writes(walk, dov, number=1, files=(Enclosed("map.pdf", b"%PDF-1.7"),), subject="A" * 60, text="B" * 200)
    writes(walk, dov, number=2, kind="question", needs_answer=True)
    browser.open("/mailbox/")
    walk.opens(browser, "/mailbox/", *(f"/mailbox/{one}" for one in OWN_AFFAIRS), state="letters")
    writes(
        walk, dov, number=3, kind="identity-asked", stage="checks", asks=ASKED, opened=OPENED, language="uk"
    )
    walk.opens(browser, "/mailbox/", "/mailbox/log/", "/files/", state="asked")
    for name in ASKED:
        address, section = f"/mailbox/asked/{name}/", walk.gate.profile.questionnaire.section(name)
        walk.opens(browser, address, state="asked")
        walk.sends(browser, address, "ticket", "nothing answered")
        if section.questions[0].group:
            walk.sends(browser, address, "ticket", "one more", rows=f"add {section.questions[0].id}")
    walk.opens(browser, "/mailbox/asked/prescreen/", state="a correction")
    walk.sends(browser, "/mailbox/", "text", "a letter of nothing", text=" ")
    walk.sends(browser, "/mailbox/", "text", "a letter", text="Here I am.")
    walk.sends(browser, "/mailbox/calls/1/", "text", "too long", text=LONG)
    walk.sends(browser, "/mailbox/calls/2/", "text", "a call", text="")
    walk.sends(browser, "/mailbox/consents/1/", "ticket", "taken back")
    walk.opens(browser, "/mailbox/consents/", state="taken back")
    walk.sends(browser, "/mailbox/second/", "ticket", "made")
    writes(walk, dov, number=4, kind="status", stage="checks", asks=ASKED, received=("identity",))
    walk.opens(browser, "/mailbox/", state="received")
    writes(walk, dov, number=5, subject="Hurry", signer=STRANGER)
    walk.opens(browser, "/mailbox/", state="forged")


def writes(walk: Walk, dov: Dov, **letter: object) -> None:
    """The Desk, to Dov: his second receipts have mailboxes, too."""
    own = Mailbox.objects.get(locator="".join(dov.paper)[:8])
    deliver(own.case, walk.gate.letter_to(own.case, own.recipient, **letter))  # type: ignore[arg-type]  # as in tests.gate.desk


def in_mailboxes_of_others(walk: Walk, dov: Dov) -> None:
    page = dov.browser.send(dov.browser.open("/mailbox/second/").form_with("ticket"), warn=["on"])
    groups = page.html.partition('<ol class="receipt"')[2].partition("</ol>")[0].split("<li>")[1:]
    duress = Dov(paper=[group[:5] for group in groups])
    for one, state in ((duress, "duress"), (stranger(), "nobody's")):
        one.comes_back()
        walk.opens(one.browser, "/mailbox/", "/mailbox/calls/", "/mailbox/log/", state=state)


def with_keys_in_the_browser(walk: Walk) -> None:
    """As the pages are before a script has changed them, or when scripts were turned off meanwhile."""
    tab = Tab(walk.gate).opens("/contact/")
    tab.tells("/browser/begin/", **tab.contact())
    walk.opens(tab.browser, "/receipt/", "/receipt/check/", state="receipt in the browser")
    back = Tab(walk.gate).opens("/mailbox/sign-in/")
    back.signs_in()
    own = ("", *OWN_AFFAIRS, "asked/identity/")
    walk.opens(back.browser, *(f"/mailbox/{one}" for one in own), state="keys in the browser")


def leaving(walk: Walk, dov: Dov) -> None:
    walk.opens(dov.browser, "/withdraw/", state="before leaving")
    walk.sends(dov.browser, "/withdraw/", "word", "another word", word="no")
    # Once: afterwards nothing is here.
    dov.browser.client.cookies["lang"] = "en"
    page = dov.browser.send(dov.browser.open("/withdraw/").form_with("word"), word="withdraw")
    walk.shown.append(Shown("withdrawn", "en", page.html))
