# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of a judgement about two cases as it is typed."""

from django.utils.translation import gettext_lazy as _

from watchword.cases import forms_of_judgements


class LinkForm(forms_of_judgements.JudgementForm):
    """What one person makes of two cases."""

    question = _("Who sent the other application?")
