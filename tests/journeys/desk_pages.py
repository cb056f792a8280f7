# SPDX-License-Identifier: AGPL-3.0-or-later
"""The officers in a real browser without scripts: what each of them does at the pages of the Desk."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys import screenshots
from tests.journeys.gate_pages import PATIENCE_SECONDS, PAUSE

DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
CODE = re.compile(r"WW-[0-9A-Z]{4}-[0-9A-Z]{2}")


@dataclass
class Officer:
    """One member of staff, logged in as the demo's own page says."""

    page: Page
    desk: str
    login: str
    used: str = ""

    def logs_in(self) -> None:
        self.goes_to("")
        passphrase, code = self.secrets(self.page)
        self.used = code
        self.page.fill('[name="login"]', self.login)
        self.page.fill('[name="passphrase"]', passphrase)
        self.page.fill('[name="code"]', code)
        self.presses("Log in")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("What waits for me")

    def secrets(self, page: Page) -> tuple[str, str]:
        """Passphrase and present code, as the demo's page of log-in shows them."""
        row = page.locator("tbody tr").filter(has=page.get_by_text(self.login, exact=True))
        _, passphrase, code = row.locator("td code").all_inner_texts()
        return passphrase, code

    def next_code(self) -> str:
        """A one-time code that this officer has not used; at the worst there is none for half a minute."""
        page = self.page.context.new_page()
        code, give_up = self.used, time.monotonic() + PATIENCE_SECONDS
        while code == self.used:
            assert time.monotonic() < give_up, "the code stays the same"
            page.goto(self.desk + "log-in/")
            _, code = self.secrets(page)
            page.wait_for_timeout(PAUSE if code == self.used else 0)
        page.close()
        self.used = code
        return code

    def goes_to(self, path: str) -> int:
        """The status of the answer."""
        answer = self.page.goto(self.desk + path)
        assert answer is not None
        return answer.status

    def goes_to_case(self, code: str, room: str = "") -> int:
        return self.goes_to(f"case/{code}/{room}")

    def fetches(self) -> None:
        self.goes_to("")
        self.presses("Fetch from the Gate now")

    def sees_cases(self) -> set[str]:
        """The codes in this person's list."""
        self.goes_to("cases/")
        return set(CODE.findall(self.reads()))

    def waits_for_a_case_besides(self, known: set[str]) -> str:
        """The code of the case that the courier brings."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while not (new := self.sees_cases() - known):
            assert time.monotonic() < give_up, "no new case arrives"
            self.fetches()
        (code,) = new
        return code

    def opens(self, code: str, compartment: str) -> str:
        """Open a compartment, which is recorded first; what it says."""
        self.goes_to_case(code)
        self.page.locator(f'form[action$="/compartment/{compartment}/"] button').click()
        return self.reads()

    def reads_newest_letter(self, code: str) -> str:
        """Open the newest letter of the applicant."""
        self.goes_to_case(code)
        self.page.get_by_role("button", name="Read the applicant’s letter").last.click()
        return self.reads()

    def writes(self, code: str, template: str, **gaps: str) -> None:
        self.goes_to_case(code)
        self.page.locator(f'main a[href$="/write/{template}/"]').click()
        for name, text in gaps.items():
            self.page.fill(f'[name="{name}"]', text)
        self.presses("Sign, seal and send")
        self.is_told("The letter is sealed")

    def takes_step(self, code: str, action: str) -> None:
        self.goes_to_case(code)
        self.page.locator(f'main a[href$="/move/{action}/"]').click()
        self.presses("Take this step")
        self.is_told("has moved on")

    def chooses(self, code: str, name: str, button: str) -> None:
        """Give the case to somebody, or ask somebody to help."""
        self.goes_to_case(code)
        self.page.select_option('[name="staff"]', label=name)
        self.presses(button)

    def records(self, code: str, kind: str, *, result: str = "", **written: str) -> None:
        """One item of evidence, with its grades."""
        self.goes_to_case(code, f"evidence/add/{kind}/")
        self._fills_in_evidence(result, **written)
        self.presses("Seal and record")
        self.is_told("Recorded and sealed.")

    def _fills_in_evidence(self, result: str = "", **written: str) -> None:
        texts = {
            "facts": "What was said agrees with what was written.",
            "source": "A conversation.",
            "favourable": "Every question was answered.",
        }
        for name, text in {**texts, **written}.items():
            self.page.fill(f'[name="{name}"]', text)
        graded = {"source_grade": "B", "information_grade": "2", "disclosure": "open", "bearing": "for"}
        for name, value in {**graded, **({"result": result} if result else {})}.items():
            self.page.check(f'[name="{name}"][value="{value}"]')
        self.page.select_option('[name="guideline"]', "D")

    def confirms(self, form: Locator) -> None:
        """With a one-time code, the one form of a page that is meant."""
        form.locator('[name="one_time_code"]').fill(self.next_code())
        form.locator(".buttons button").click()

    def judges_next_hit(self, code: str, verdict: str, reason: str) -> bool:
        """Open and judge one hit; False when none waits for a first judgement."""
        self.goes_to_case(code, "screening/")
        waiting = self.page.get_by_role("button", name="Open and judge")
        if not waiting.count():
            return False
        waiting.first.click()
        self.page.check(f'[name="verdict"][value="{verdict}"]')
        self.page.fill('[name="reason"]', reason)
        self.presses("Seal my judgement")
        return True

    def tells_vetting(self, code: str) -> None:
        """Hand the result over; it follows from the judgements."""
        self.goes_to_case(code, "screening/hand-over/")
        self._fills_in_evidence()
        self.presses("Seal and hand over")
        self.is_told("Vetting has been told.")

    def proposes(
        self,
        code: str,
        outcome: str,
        reasons: str,
        *,
        source: str = "interview",
        facts: str = "Two conversations in different order agreed.",
        mitigation: str = "One month was mixed up, and corrected unasked.",
    ) -> None:
        self.goes_to_case(code, "decision/propose/")
        self.page.check(f'[name="outcome"][value="{outcome}"]')
        self.page.fill('[name="open_reasons"]', reasons)
        self.page.select_option('[name="ground-1-guideline"]', "D")
        self.page.select_option('[name="ground-1-source"]', source)
        self.page.fill('[name="ground-1-facts"]', facts)
        self.page.fill('[name="ground-1-mitigation"]', mitigation)
        self.presses("Seal and put before the board")

    def reads_proposal(self, code: str) -> str:
        """Open the newest proposal; recorded first."""
        self.goes_to_case(code, "decision/")
        self.page.locator('form[action$="/read/"] button').first.click()
        return self.reads()

    def votes(self, code: str, reason: str, *, agree: bool = True, dissent: str = "") -> None:
        self.reads_proposal(code)
        self.page.check(f'[name="choice"][value="{"agree" if agree else "disagree"}"]')
        self.page.locator('form[action$="/vote/"] [name="reason"]').fill(reason)
        self.page.fill('[name="dissent"]', dissent)
        self.presses("Seal my vote")

    def countersigns(self, code: str) -> None:
        self.reads_proposal(code)
        form = self.page.locator('form[action$="/countersign/"]')
        form.locator('[name="code"]').fill(code)
        form.locator('[name="one_time_code"]').fill(self.next_code())
        form.get_by_role("button").click()

    def presses(self, words: str) -> None:
        """A button of the page; what answers is there as a whole."""
        self.page.get_by_role("button", name=words).click()
        self.page.wait_for_load_state()

    def waits_until_it_says(self, code: str, words: str, times: int = 1) -> None:
        """Look at the case, and fetch, until the page says so, so many times."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while self.goes_to_case(code) != 200 or self.reads().count(words) < times:
            assert time.monotonic() < give_up, f"the case does not say {words!r}"
            self.page.wait_for_timeout(PAUSE)

    def is_told(self, words: str) -> None:
        expect(self.page.locator("main .notice").filter(has_text=words)).to_be_visible()

    def reads(self) -> str:
        """What the page says, in one line."""
        self.page.wait_for_load_state()
        return re.sub(r"\s+", " ", self.page.inner_text("main"))

    def compartment(self, name: str) -> Locator:
        """One line of the case page."""
        named = self.page.locator(".compartment-name").filter(
            has_text=re.compile(rf"^\s*{name}(\s+\d+ new)?\s*$")
        )
        return self.page.locator(".compartment").filter(has=named)

    def shows(self, name: str, most: int = 1300) -> None:
        screenshots.take(self.page, name, most=most)


@dataclass
class Office:
    """Everybody at the Desk, each with a browser of their own that stays logged in."""

    new_context: Callable[..., BrowserContext]
    desk: str
    present: dict[str, Officer] = field(default_factory=dict)

    def __getitem__(self, login: str) -> Officer:
        if login not in self.present:
            context = self.new_context(java_script_enabled=False, locale="en-GB", **DESKTOP)
            self.present[login] = Officer(context.new_page(), self.desk, login)
            self.present[login].logs_in()
        return self.present[login]
