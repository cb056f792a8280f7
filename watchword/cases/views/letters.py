# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading and writing letters."""

from functools import partial

from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.cases import selectors, services
from watchword.cases.forms import LetterForm
from watchword.cases.selectors import LetterPage
from watchword.cases.views.refusing import refused


@require(Permission.CASE_OPEN)
@require_POST
def read(request: StaffRequest, code: str, letter: str) -> HttpResponse:
    """Open one letter: recorded first, then shown, and only in the answer to this request."""
    now = timezone.now()
    case = selectors.find(code, viewer=request.actor)
    opened = services.open_letter(case_uid=case.uid, letter_uid=letter, actor=request.actor, now=now)
    return render(request, "cases/letter.html", {"code": case.code, "letter": opened, "now": now})


# Checking the form's token reads the whole body, file included. So it is first said that the file is read
# into memory, and the check stands on the inner function. The server lets nothing in that is larger.
@csrf_exempt
@require(Permission.CASE_MESSAGE)
def write(request: StaffRequest, code: str, template: str) -> HttpResponse:
    """Write one letter of a kind that this role writes, and look at it before it goes."""
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _write(request, code, template)


@csrf_protect
def _write(request: StaffRequest, code: str, template: str) -> HttpResponse:
    page = selectors.letter_page(code, template, viewer=request.actor)
    form = _form(request, page)
    status = 422 if form.errors and "ready" not in request.POST else 200
    if form.is_valid() and not request.POST.keys() & {"look", "ready"}:
        act = partial(services.send_letter, case_uid=page.uid, template=template, now=timezone.now())
        words = {"filled": form.filled, "files": form.cleaned_data["file"], "seen": form.cleaned_data["seen"]}
        if not (status := refused(form, partial(act, actor=request.actor, **words), seen=page.seen) or 0):
            messages.success(request, _("The letter is sealed and waits for the courier."))
            return redirect("cases:case", code)
    return render(request, "cases/write.html", _draft(page, form), status=status)


def _form(request: StaffRequest, page: LetterPage) -> LetterForm:
    """The form as it was sent; a ready text that was chosen stands below what was typed already."""
    if request.method != "POST":
        return LetterForm(gaps=page.gaps, initial={"seen": page.seen})
    posted = request.POST.copy()
    if chosen := posted.get("ready", ""):
        (gap,) = page.gaps
        posted[gap] = "\n\n".join(filter(None, [posted.get(gap, "").strip(), page.ready(chosen)]))
    return LetterForm(posted, request.FILES, gaps=page.gaps)


def _draft(page: LetterPage, form: LetterForm) -> dict[str, object]:
    """The letter as it stands, for the applicant and in the officer's own language."""
    own = get_language() or "en"
    return {
        "page": page,
        "form": form,
        "letter": page.composed(form.words),
        "own": page.composed(form.words, own) if page.language and page.language != own else None,
    }
