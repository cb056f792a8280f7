# SPDX-License-Identifier: AGPL-3.0-or-later
"""An applicant in a real browser without scripts, step by step through the pages of the Gate.

Nothing here looks for words of the pages: the same steps are walked in three languages.
"""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.journeys import screenshots
from watchword import profiles
from watchword.cli.invented.applicants import Applicant as Invented
from watchword.cli.invented.applicants import answers
from watchword.core.procedure import Answers, Question, QuestionType, Section
from watchword.core.procedure.parts import Part, parts_of
from watchword.core.procedure.typed import spread

PRIMARY = 'main .form button.button:not([name="rows"])'
TELEPHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
LOCALES = {"en": "en-GB", "ru": "ru-RU", "uk": "uk-UA"}
# Letters and parcels travel with the courier, every three seconds in a demo.
PATIENCE_SECONDS, PAUSE = 120, 500
PICTURES = {"identity": "gate-who", "chronology": "gate-chronology"}
QUESTIONNAIRE = profiles.load("legion").questionnaire
PDF = b"%PDF-1.7\n% an invented school certificate\n" + b"0123456789abcdef" * 4096


@dataclass
class Applicant:
    """One person with a telephone, and the paper on which the receipt stands.

    ``write`` turns an invented answer into what is typed; the seizure test types something else. ``options``
    are those of the browser: without scripts and on a telephone, unless they say otherwise.
    """

    new_context: Callable[..., BrowserContext]
    gate: str
    language: str
    number: int = 0
    write: Callable[[str], str] = str
    options: dict[str, Any] = field(default_factory=dict)
    paper: list[str] = field(default_factory=list)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.takes_another_device()

    def takes_another_device(self) -> None:
        """A browser that knows nothing of what was done before."""
        told = {"java_script_enabled": False, "locale": LOCALES[self.language], **TELEPHONE, **self.options}
        self.page = self.new_context(**told).new_page()

    def goes_to(self, path: str) -> None:
        self.page.goto(self.gate + path)

    def makes_contact(self) -> None:
        """From the first page over the advice to the receipt."""
        self.goes_to("")
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        self.page.locator('main .buttons a[href="/safety/"]').click()
        self.page.locator('main .buttons a[href="/contact/"]').click()
        self.fills_in(QUESTIONNAIRE.contact)
        self.presses()

    def writes_the_receipt_down(self) -> None:
        groups = self.page.locator(".receipt li")
        # Where the browser makes the receipt, it takes a moment.
        expect(groups).to_have_count(6)
        self.paper = groups.all_inner_texts()

    def types_two_groups(self, wrong: bool = False) -> None:
        """The two groups that the page asks for; with ``wrong``, one digit of the first is another."""
        boxes = self.page.locator('main input[name^="group_"]')
        expect(boxes).to_have_count(2)
        for place, box in enumerate(boxes.all()):
            group = self.paper[int((box.get_attribute("name") or "")[-1]) - 1]
            box.fill(another_digit(group) if wrong and place == 0 else group)
        self.presses()

    def begins(self) -> None:
        """Everything up to the list of parts."""
        self.makes_contact()
        self.writes_the_receipt_down()
        self.page.locator('main a[href="/receipt/check/"]').click()
        self.types_two_groups()
        expect(self.page).to_have_url(self.gate + "application/")

    def answers_everything(self) -> None:
        for section in QUESTIONNAIRE.sections:
            if section.id != "attachment":
                self.answers(section)

    def answers(self, section: Section) -> None:
        """One part, from the list and back to it."""
        self.goes_to("application/")
        self.page.locator(f'main a[href="/application/part/{section.id}/"]').click()
        self.fills_in(section)
        self.presses()
        expect(self.page).to_have_url(self.gate + "application/")

    def fills_in(self, section: Section) -> None:
        given = answers(Invented(self.number, self.language, "prescreen"), section)
        self.page.wait_for_load_state()
        self._answer(section.questions, given)

    def _answer(self, questions: Sequence[Question], given: Answers, prefix: str = "") -> None:
        for question in questions:
            answer, name = given.get(question.id, ""), prefix + question.id
            if question.group is not None:
                for number, entry in enumerate(answer):
                    assert isinstance(entry, dict)
                    self._makes_room(name, number)
                    self._answer(question.group.questions, entry, f"{name}.{number}.")
            elif parts := parts_of(question):
                shown = spread(question, answer)
                for part in parts:
                    self._part(part, f"{name}.{part.name}", str(shown.get(part.name, "")))
            elif question.values:
                for value in [answer] if isinstance(answer, str) else answer:
                    self.page.check(f'main [name="{name}"][value="{value}"]')
            elif answer:
                self.page.fill(f'main [name="{name}"]', self.write(str(answer)))

    def _makes_room(self, name: str, number: int) -> None:
        """One more entry, where the page shows too few; what stands in the others stays."""
        if not self.page.locator(f'main [name^="{name}.{number}."]').count():
            self.page.locator(f'button[value="add {name}"]').click()
            self.page.wait_for_load_state()

    def _part(self, part: Part, name: str, value: str) -> None:
        control = self.page.locator(f'main [name="{name}"]')
        if part.choices:
            control.select_option(value)
        elif part.written:
            control.fill(self.write(value) if value and not part.digits else value)
        elif value:
            control.check()

    def attaches(self, name: str = "certificate.pdf", content: bytes = PDF) -> None:
        self.goes_to("application/")
        self.page.locator('main a[href="/files/"]').click()
        file = FilePayload(name=name, mimeType="application/pdf", buffer=content)
        self.page.set_input_files("#id_file", files=[file])
        self.presses()

    def sends(self) -> None:
        self.goes_to("application/")
        self.page.locator('main a[href="/application/send/"]').click()
        self.presses()
        expect(self.page).to_have_url(self.gate + "application/sent/")

    def applies(self) -> "Applicant":
        self.begins()
        self.answers_everything()
        self.sends()
        return self

    def comes_back(self, receipt: str = "") -> None:
        """From another device, with the paper."""
        self.takes_another_device()
        self.goes_to("mailbox/sign-in/")
        self.page.fill('main [name="receipt"]', receipt or " ".join(self.paper))
        self.presses()
        if not receipt:
            expect(self.page).not_to_have_url(self.gate + "mailbox/sign-in/")

    def waits_for(self, words: str) -> None:
        """Look into the mailbox until the courier has brought a letter with these words."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while words not in self.reads():
            assert time.monotonic() < give_up, f"no letter says {words!r}"
            self.page.wait_for_timeout(PAUSE)
            self.goes_to("mailbox/")

    def says_who(self) -> None:
        """Fill in the page that the Desk's letter opens."""
        self.answers_what_is_asked("identity")

    def answers_what_is_asked(self, *names: str) -> None:
        """Fill in the pages that a letter opens, once the courier has brought the letter."""
        self.comes_back()
        for name in names:
            asked = self.page.locator(f'main a.button[href="/mailbox/asked/{name}/"]')
            give_up = time.monotonic() + PATIENCE_SECONDS
            while not asked.count():
                assert time.monotonic() < give_up, "nobody asks"
                self.page.wait_for_timeout(PAUSE)
                self.goes_to("mailbox/")
            asked.click()
            self.fills_in(QUESTIONNAIRE.section(name))
            if name in PICTURES:
                self.shows(PICTURES[name])
            self.presses()
            expect(self.page).to_have_url(self.gate + "mailbox/")

    def reads(self) -> str:
        """What the page says, in one line."""
        self.page.wait_for_load_state()
        return re.sub(r"\s+", " ", self.page.inner_text("main"))

    def writes_a_letter(self, text: str) -> None:
        self.page.fill('main [name="text"]', text)
        self.presses()

    def withdraws(self, word: str) -> None:
        self.page.locator('.gate-foot a[href="/withdraw/"]').click()
        self.page.fill('main [name="word"]', word)
        self.presses()

    def presses(self) -> None:
        """The primary button of the page, once its scripts listen; what answers is there as a whole."""
        self.page.wait_for_load_state()
        self.page.locator(PRIMARY).click()
        self.page.wait_for_load_state()

    def shows(self, name: str) -> None:
        screenshots.take(self.page, name)


def another_digit(group: str) -> str:
    return ("1" if group[0] == "0" else "0") + group[1:]


def texts_of(section: Section) -> list[str]:
    """The questions of a section that are answered in words."""
    written = {QuestionType.TEXT, QuestionType.LONG_TEXT}
    return [question.id for question in section.questions if question.type in written]
