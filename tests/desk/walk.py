# SPDX-License-Identifier: AGPL-3.0-or-later
"""A walk past every page that the Desk has: each address as each of the staff, and each form as it stands.

The addresses come from the program itself. Forms are sent with what they hold, so most of them come back with
what is missing; what some of them do is done.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.test import Client
from django.urls import resolve

from tests.gate.browser import Answer, Form, Page
from tests.laws.addresses import Address
from tests.looking import Shown, drawing
from watchword.core.procedure.text import LANGUAGES

PAGE = b"<!doctype html>"
# What each of the staff sees in their own way; any other page that somebody was shown is the same for others.
DIFFER = {"desk:home", "cases:list", "cases:case", "decisions:board", "custody:case", "oversight:ledger"}
# The page, or that this address is only sent to.
ANSWERED = {200, 405}
# Sessions and services end under /end/, with some other things that lead to no page of their own.
ENDS_THE_WALK = ("/log-out/", "/lock/", "/leave/", "/end/")


@dataclass
class Walk:
    """Everything that was seen so far. A page with no new part, in a state that is known, is passed by."""

    shown: list[Shown] = field(default_factory=list)
    drawn: set[str] = field(default_factory=set)
    forms: list[tuple[str, Client, Form]] = field(default_factory=list)
    _known: set[object] = field(default_factory=set)
    _answered: set[str] = field(default_factory=set)

    def goes(self, who: str, client: Client, addresses: Iterable[Address], gaps: Mapping[str, str]) -> None:
        """Ask every address that did not show anybody its page yet, and remember every form of the answer."""
        for address in addresses:
            if address.name not in self._answered or address.name in DIFFER:
                status = self.opens(f"{who}: {address.name}", client, address.of(dict(gaps)))
                self._answered |= {address.name} if status in ANSWERED else set()

    def opens(self, state: str, client: Client, path: str) -> int:
        """What is at this address; its status."""
        return self._sees(state, client, lambda: client.get(path), path)

    def sends(self, state: str, client: Client, path: str, **typed: object) -> None:
        self._sees(state, client, lambda: client.post(path, typed), path)

    def sends_what_it_saw(self) -> None:
        """Every form that stood on a page, with what it holds."""
        sent = set()
        for state, client, form in tuple(self.forms):
            kind = (resolve(urlsplit(form.action).path).view_name, *sorted(form.fields))
            if not form.action.endswith(ENDS_THE_WALK) and kind not in sent:
                sent.add(kind)
                self.sends(f"{state}, sent", client, form.action, **form.fields)

    def _sees(self, state: str, client: Client, ask: Callable[[], Answer], path: str) -> int:
        """The page in every language, unless it is none, or one that was seen before."""
        with drawing() as templates:
            answer = ask()
        # A file is read to its end, or it stays open; Django's answers say nothing of themselves to mypy.
        html = b"".join(getattr(answer, "streaming_content", ())) or answer.content
        if not html.startswith(PAGE):
            return answer.status_code
        known = (templates[0], answer.status_code, b"error-summary" in html)
        if known in self._known and self.drawn.issuperset(templates):
            return answer.status_code
        self._known.add(known)
        self.drawn.update(templates)
        self.forms += [(state, client, form) for form in Page(answer, path).forms]
        self.shown.append(Shown(f"{state} ({path})", "en", html.decode()))
        for language in LANGUAGES:
            if language != "en":
                client.cookies["lang"] = language
                again = ask().content
                # What was done is not done again, and leads away.
                if again.startswith(PAGE):
                    self.shown.append(Shown(f"{state} ({path})", language, again.decode()))
        client.cookies["lang"] = "en"
        return answer.status_code
