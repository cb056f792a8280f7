# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dov applies: what he does at the Gate, step by step, in a browser without scripts."""

from dataclasses import dataclass, field

from tests.gate.browser import Browser, Form, Page
from watchword.core.procedure.questionnaire import Question, QuestionType, Section
from watchword.intake import envelopes

STORY = "I lived by the river and repaired bicycles."


def answers_to(section: Section, words: str = STORY) -> dict[str, str | list[str]]:
    """Something sound in every question of a section that is asked of everybody."""
    return {
        question.id: _answer(question, words) for question in section.questions if question.show_if is None
    }


def _answer(question: Question, words: str) -> str | list[str]:
    if question.type is QuestionType.SEVERAL:
        return [question.values[-1]]
    return question.values[0] if question.values else words


@dataclass
class Dov:
    """One applicant with a browser, and the paper on which the receipt stands."""

    browser: Browser = field(default_factory=Browser)
    paper: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.browser.page

    def makes_contact(self) -> Page:
        """Answers the first questions and comes to the receipt."""
        self.browser.open("/contact/")
        section = envelopes.profile().questionnaire.contact
        return self.browser.send(self.page.form_with("ticket"), **answers_to(section))

    def makes_contact_with(self, ticket: str) -> Page:
        """The same, with a ticket that this page did not give."""
        self.browser.open("/contact/")
        form = self.page.form_with("ticket")
        form.fields["ticket"] = [ticket]
        return self.browser.send(form, **answers_to(envelopes.profile().questionnaire.contact))

    def writes_the_receipt_down(self) -> None:
        receipt = self.page.html.partition('<ol class="receipt"')[2].partition("</ol>")[0]
        self.paper = [part.partition("</li>")[0] for part in receipt.split("<li>")[1:]]

    def checks_the_receipt(self) -> Page:
        """Types the two groups that are asked for."""
        self.browser.open("/receipt/check/")
        form = next(
            form for form in self.page.forms if any(name.startswith("group_") for name in form.fields)
        )
        asked = [name for name in form.fields if name.startswith("group_")]
        return self.browser.send(form, **{name: self.paper[int(name[-1]) - 1] for name in asked})

    def begins(self) -> "Dov":
        """Everything up to the list of parts."""
        self.makes_contact()
        self.writes_the_receipt_down()
        self.checks_the_receipt()
        return self

    def answers(self, section: str, words: str = STORY) -> Page:
        """Fills one part in and seals it."""
        self.browser.open(f"/application/part/{section}/")
        questions = envelopes.profile().questionnaire.section(section)
        return self.browser.send(self.part_form(), **answers_to(questions, words))

    def part_form(self) -> Form:
        return next(form for form in self.page.forms if form.action == self.page.address)

    def answers_everything(self, words: str = STORY) -> "Dov":
        for section in envelopes.profile().questionnaire.sections:
            if section.id != "attachment":
                self.answers(section.id, words)
        return self

    def sends(self) -> Page:
        self.browser.open("/application/send/")
        return self.browser.send(self.page.form_with("ticket"))

    def applies(self) -> "Dov":
        """The whole way."""
        self.begins().answers_everything().sends()
        return self

    def leaves(self) -> None:
        self.browser.send(self.page.form_to("/leave/"))

    def comes_back(self, receipt: str = "") -> Page:
        """From another device, with the paper."""
        self.browser = Browser()
        self.browser.open("/mailbox/sign-in/")
        return self.browser.send(self.page.form_with("receipt"), receipt=receipt or " ".join(self.paper))
