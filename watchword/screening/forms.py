# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of a judgement as it is typed, and of what vetting is told."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from watchword.cases import forms_of_judgements
from watchword.core.procedure import Profile
from watchword.screening.rules import EVIDENCE_KIND
from watchword.vetting.forms import EvidenceForm


class JudgementForm(forms_of_judgements.JudgementForm):
    """What one person makes of a hit."""

    question = _("Who is listed here?")


class HandOverForm(EvidenceForm):
    """An item of evidence without a result to choose: that follows from the judgements."""

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        kind = replace(profile.evidence_kind(EVIDENCE_KIND), results=())
        super().__init__(*args, kind=kind, profile=profile, **kwargs)
        self.fields["facts"].help_text = _(
            "What vetting and the board may know of it. Write no name, and nothing that tells who it is."
        )
