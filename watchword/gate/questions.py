# SPDX-License-Identifier: AGPL-3.0-or-later
"""A section that is sent by itself: the first contact, what the Desk asked for, and a correction."""

from typing import Any

from django import forms

from watchword.core.procedure.questionnaire import Section
from watchword.core.procedure.typed import Typed
from watchword.web.questions import SectionForm


class TicketedForm(SectionForm):
    """The questions of a section, with the ticket that lets them be sent once."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def __init__(
        self, section: Section, language: str, data: Any = None, typed: Typed | None = None, ticket: str = ""
    ) -> None:
        super().__init__(section, language, data, typed)
        self.initial["ticket"] = ticket

    def clean(self) -> dict[str, Any]:
        ticket = self.cleaned_data.get("ticket", "")
        return super().clean() | {"ticket": ticket}
