# SPDX-License-Identifier: AGPL-3.0-or-later
"""A refusal of a form that was filled in: the sentence stands on the form, and what was typed stays in it."""

from collections.abc import Callable

from django import forms

from watchword.core.refusals import NotPermitted, WrongState
from watchword.web.errors import status_of
from watchword.web.sentences import translated


def refused(form: forms.Form, act: Callable[[], object]) -> int | None:
    """Do it; the status of the refusal if it was refused. What is not there for this person still is not."""
    try:
        act()
    except (NotPermitted, WrongState) as refusal:
        form.add_error(None, translated(refusal.reason))
        return status_of(refusal)
    return None
