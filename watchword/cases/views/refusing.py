# SPDX-License-Identifier: AGPL-3.0-or-later
"""A refusal of a form that was filled in: the sentence stands on the form, and what was typed stays in it."""

from collections.abc import Callable

from django import forms
from django.http import QueryDict

from watchword.core.refusals import NotPermitted, WrongState
from watchword.web.errors import status_of
from watchword.web.sentences import translated


def refused(form: forms.Form, act: Callable[[], object], **renewed: str) -> int | None:
    """Do it; the status of the refusal if it was refused. What is not there for this person still is not.

    ``renewed``: what the form is sent with the next time, such as the present state of the case.
    """
    try:
        act()
    except (NotPermitted, WrongState) as refusal:
        form.add_error(None, translated(refusal.reason))
        data = QueryDict(mutable=True)
        data.update(form.data)
        for name, value in renewed.items():
            data[name] = value
        form.data = data
        return status_of(refusal)
    return None
