# SPDX-License-Identifier: AGPL-3.0-or-later
"""An applicant's browser without scripts: it follows links and redirects, and sends the forms it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Protocol
from urllib.parse import urljoin

from django.test import Client

Fields = dict[str, list[str]]


class Answer(Protocol):
    """What an answer of the test client and one of a view have in common."""

    @property
    def status_code(self) -> int: ...
    @property
    def content(self) -> bytes: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


@dataclass
class Form:
    """A form of a page: where it goes, and what its controls hold."""

    action: str
    fields: Fields = field(default_factory=dict)


class Page(HTMLParser):
    """What a page offers: its forms, links, title and language, and its words as one text."""

    def __init__(self, response: Answer, address: str) -> None:
        super().__init__()
        self.status, self.address = response.status_code, address
        self.html = response.content.decode()
        self.headers = response.headers
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.title = self.language = ""
        self._words: list[str] = []
        self._inside = ""
        self._textarea = ""
        self.feed(self.html)
        self.text = " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._inside = tag
        if tag == "html":
            self.language = given["lang"]
        elif tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "form":
            self.forms.append(Form(urljoin(self.address, given.get("action", ""))))
        elif tag == "textarea" and "name" in given:
            self._textarea = given["name"]
            self.forms[-1].fields[self._textarea] = [""]
        elif tag == "input" and "name" in given:
            self._input(given)

    def _input(self, given: dict[str, str]) -> None:
        ticking = given.get("type") in {"radio", "checkbox"}
        held = self.forms[-1].fields.setdefault(given["name"], [])
        if not ticking or "checked" in given:
            held.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""
        if tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            # HTML drops the line end that stands right after the tag.
            self.forms[-1].fields[self._textarea] = [data.removeprefix("\r\n").removeprefix("\n")]
        elif self._inside == "title":
            self.title += data
        self._words.append(data)

    def form_with(self, name: str) -> Form:
        """The form that has a control of this name."""
        return next(form for form in self.forms if name in form.fields)

    def form_to(self, action: str) -> Form:
        """The form that goes to this address."""
        return next(form for form in self.forms if form.action == action)


class Browser:
    """One applicant at one device. Forged forms are caught: the token of every form is checked."""

    def __init__(self, language: str = "en") -> None:
        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": language})
        self.page: Page

    def open(self, address: str) -> Page:
        return self.arrive(self.client.get(address), address)

    def send(self, form: Form, **typed: str | list[str]) -> Page:
        """Send a form of the present page, with some of its controls filled in."""
        fields = form.fields | {
            name: [value] if isinstance(value, str) else value for name, value in typed.items()
        }
        return self.arrive(self.client.post(form.action, fields), form.action)

    def arrive(self, response: Answer, address: str) -> Page:
        for _ in range(10):
            if response.status_code not in {301, 302}:
                break
            address = urljoin(address, response.headers["Location"])
            response = self.client.get(address)
        self.page = Page(response, address)
        return self.page
