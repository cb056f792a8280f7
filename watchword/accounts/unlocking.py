# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes a request that met a locked session to the unlock page, and what was typed with it there and back."""

import json
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from watchword.accounts import asking
from watchword.accounts.forms_of_secrets import SECRETS, Asked, UnlockForm
from watchword.accounts.services import Locked


def unlocking(request: HttpRequest) -> HttpResponse:
    """The unlock page; where a form was being sent, with all of it but its secrets."""
    if request.method != "POST":
        return redirect(f"{reverse('accounts:unlock')}?{urlencode({'next': request.get_full_path()})}")
    initial = {"next": request.get_full_path(), "kept": kept(request.POST)}
    return unlock_page(request, UnlockForm(initial=initial, asked=_asked(request)), status=403)


def unlock_page(request: HttpRequest, form: UnlockForm, status: int = 200) -> HttpResponse:
    """Who was here, and what opens it again."""
    context = {"form": form, "locked": request.locked}  # type: ignore[attr-defined]  # of DeskSessions
    return render(request, "accounts/unlock.html", context, status=status)


def unlock_form(request: HttpRequest) -> UnlockForm:
    """The form of this request, with a challenge of its own."""
    initial = {"next": request.GET.get("next", "")}
    return UnlockForm(request.POST or None, initial=initial, asked=_asked(request))


def _asked(request: HttpRequest) -> Asked | None:
    locked: Locked = request.locked  # type: ignore[attr-defined]  # of DeskSessions
    return asking.to_unlock(request, locked.staff_id, locked.until, timezone.now())


def kept(typed: QueryDict) -> str:
    """What was typed, without its secrets: those are asked for anew."""
    plain = [(name, values) for name, values in typed.lists() if name not in SECRETS]
    return json.dumps([(name, value) for name, values in plain for value in values], ensure_ascii=False)


def fields(text: str) -> list[tuple[str, str]]:
    """The names and values of what was kept, in their order; nothing of what is no such text."""
    try:
        return [(str(name), str(value)) for name, value in json.loads(text)]
    except (ValueError, TypeError, RecursionError):
        return []


def inside(path: str) -> str:
    """An address of this Desk, or the home page."""
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else reverse("desk:home")
