# SPDX-License-Identifier: AGPL-3.0-or-later
"""Both halves in one process: the organisation's Desk, its Gate behind a wire, and applicants at the Gate."""

from dataclasses import dataclass
from pathlib import Path

import httpx
from django.db.models import Model

from tests.courier.wire import Wire
from tests.intake import draft
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor, courier_sign
from watchword.cases.models import Case, Letter, Outgoing
from watchword.courier.deskside.client import GateClient
from watchword.courier.deskside.services import Exchange, counter, exchange
from watchword.intake import envelopes, selectors, services
from watchword.intake.models import Delivery, Mailbox, Parcel, SealedChunk, SealedEntry
from watchword.intake.services import OutgoingLetter, Visit
from watchword.journal.events import Event
from watchword.journal.selectors import counts

ADDRESS = "http://gate.invalid/"
SEALED: tuple[type[Model], ...] = (Parcel, SealedEntry, SealedChunk)


@dataclass
class Town:
    """Desk and Gate, and what passes between them."""

    organisation: Organisation
    gate: httpx.BaseTransport

    def round(self, wire: httpx.BaseTransport | None = None) -> Exchange:
        """One round of the courier, over a good line or the given one."""
        now = self.organisation.now
        with httpx.Client(base_url=ADDRESS, transport=wire or Wire(self.gate)) as http:
            return exchange(http=http, actor=courier_actor(now), now=now)

    def client(self, wire: httpx.BaseTransport | None = None) -> GateClient:
        """The Desk's half of the protocol alone."""
        http = httpx.Client(base_url=ADDRESS, transport=wire or Wire(self.gate))
        return GateClient(http, courier_sign, counter("gate.invalid"))

    def applies(self) -> Visit:
        """Somebody sends the smallest application there is."""
        visit = draft.begun(self.organisation.now)
        for section in envelopes.profile().questionnaire.sections:
            if section.must_be_sent:
                answers = {section.questions[0].id: "words"}
                services.seal_section(visit=visit, section=section, answers=answers, language="en")
        today = self.organisation.now.date()
        ticket = services.issue(services.SEND_FORM, today)
        services.send(visit=visit, language="en", ticket=ticket, now=self.organisation.now)
        return visit

    def writes(self, visit: Visit) -> None:
        """The applicant answers."""
        ticket = services.issue(services.ANSWER_FORM, self.organisation.now.date())
        letter = OutgoingLetter("Here is my answer.", "en", "contact", 0)
        services.answer(visit=visit, letter=letter, ticket=ticket, now=self.organisation.now)

    def withdraws(self, visit: Visit) -> None:
        services.withdraw(visit=visit, language="en", now=self.organisation.now)

    def case_of(self, visit: Visit) -> str:
        return Mailbox.objects.get(pk=visit.mailbox).case

    def at_the_gate(self) -> dict[str, int]:
        """How many rows of sealed things are there."""
        return {model.__name__: model._default_manager.count() for model in SEALED}

    def at_the_desk(self) -> dict[str, int]:
        """How many cases and letters there are, and how often the ledger says that something was fetched."""
        events = counts()
        return {
            "cases": Case.objects.count(),
            "letters": Letter.objects.filter(direction="in").count(),
            "pulled": events.get(Event.SUBMIT_PULL, 0),
            "pushed": events.get(Event.COURIER_PUSH, 0),
            "waiting": Outgoing.objects.filter(delivered_at=None).count(),
        }

    def files(self) -> set[Path]:
        """The files of the vault, those half fetched among them."""
        return {path for path in (self.organisation.home / "vault").rglob("*") if path.is_file()}

    def letters_of(self, visit: Visit) -> list[int]:
        """The numbers of the genuine letters in a mailbox."""
        post = selectors.post(visit.mailbox, visit.keys)
        assert Delivery.objects.filter(mailbox=visit.mailbox).count() == len(post.letters)
        return [letter.number for letter in post.letters]


NOTHING = {"Parcel": 0, "SealedEntry": 0, "SealedChunk": 0}
