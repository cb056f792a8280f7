# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same for several cases: ticked on the list, arranged once, looked at case by case, then done."""

from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watchword.accounts.http import StaffRequest, require
from watchword.accounts.rules import Permission
from watchword.accounts.selectors import holders
from watchword.cases import selectors, services
from watchword.cases.forms_of_several import (
    MINE,
    AgreeForm,
    HandOverForm,
    ReadyLetterForm,
    ReceiverForm,
    SameTaskForm,
)
from watchword.cases.rules import KEEPING_ROLE
from watchword.cases.rules.several import HAND, LETTER, LOOKED_AT
from watchword.cases.selectors import BatchPage
from watchword.cases.views.refusing import refused
from watchword.web.sentences import translated


@require(Permission.CASE_LIST)
@require_POST
def choose(request: StaffRequest) -> HttpResponse:
    """Begin with the cases that were ticked."""
    codes, act = request.POST.getlist("case"), request.POST.get("act", "")
    begun = services.choose_several(codes, act=act, actor=request.actor, now=timezone.now())
    lost = len(set(codes)) - begun.cases.count()
    if lost:
        text = ngettext(
            "%(count)d case that you ticked is not there for you any more, and was left out.",
            "%(count)d cases that you ticked are not there for you any more, and were left out.",
            lost,
        )
        messages.warning(request, text % {"count": lost})
    return redirect("cases:batch", begun.uid)


@require(Permission.CASE_LIST)
def batch(request: StaffRequest, batch: str) -> HttpResponse:
    """Where it stands: to be arranged, a case to be looked at, what will happen, what did."""
    page = _page(request, batch)
    if not page.arranged:
        return _arrange(request, page)
    if page.asking and page.act in LOOKED_AT:
        return _ask(request, page)
    return render(request, "cases/several_done.html", {"page": page, "looked_at": page.act in LOOKED_AT})


@require(Permission.CASE_LIST)
@require_POST
def answer(request: StaffRequest, batch: str) -> HttpResponse:
    """Yes or no to one case, or the wish to look at it again."""
    page, code = _page(request, batch), request.POST.get("code", "")
    act = partial(services.answer_of_case, batch_uid=page.uid, code=code, actor=request.actor)
    said = {"no": False, "again": None}
    if (word := request.POST.get("answer", "")) in said:
        act(agreed=said[word])
        return redirect("cases:batch", page.uid)
    form = _form_of_yes(page, request.POST)
    if not form.is_valid():
        return _ask(request, page, form, status=422)
    given = {name: form.cleaned_data.get(name, "") for name in ("reason", "seen")}
    if status := refused(form, partial(act, agreed=True, **given)):
        return _ask(request, _page(request, batch), form, status=status)
    return redirect("cases:batch", page.uid)


@require(Permission.CASE_LIST)
@require_POST
def do(request: StaffRequest, batch: str) -> HttpResponse:
    """Do it to all that are agreed to; sent again, only to those that are left."""
    services.carry_out(batch_uid=batch, actor=request.actor, now=timezone.now())
    return redirect("cases:batch", batch)


@require(Permission.CASE_LIST)
@require_POST
def drop(request: StaffRequest, batch: str) -> HttpResponse:
    """Leave the rest as it is."""
    services.drop_batch(batch_uid=batch, actor=request.actor)
    messages.success(request, _("Put away. What was done stays done."))
    return redirect("cases:list")


def _page(request: StaffRequest, batch: str) -> BatchPage:
    return selectors.batch_page(batch, viewer=request.actor, today=timezone.localdate())


def _arrange(request: StaffRequest, page: BatchPage) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    if page.act == HAND:
        people = holders(KEEPING_ROLE).exclude(pk=request.actor.id).values_list("pk", "name")
        form: forms.Form = ReceiverForm(posted, people=list(people))
    elif page.act == LETTER:
        letters = selectors.letters_for(page.uid, viewer=request.actor)
        form = ReadyLetterForm(posted, letters=[(one, translated(title)) for one, title in letters])
    else:
        form = SameTaskForm(posted)
    status = 422 if form.errors else 200
    if form.is_valid() and not (status := refused(form, partial(_arranged, request, page, form)) or 0):
        return redirect("cases:batch", page.uid)
    return render(request, "cases/several_arrange.html", {"page": page, "form": form}, status=status)


def _arranged(request: StaffRequest, page: BatchPage, form: forms.Form) -> None:
    typed, uid, actor = form.cleaned_data, page.uid, request.actor
    if page.act == HAND:
        services.arrange_hand_over(batch_uid=uid, staff_id=typed["staff"], actor=actor)
    elif page.act == LETTER:
        services.arrange_letter(batch_uid=uid, letter=typed["letter"], actor=actor)
    else:
        task = {name: typed[name] for name in ("kind", "due", "remind")}
        services.arrange_task(batch_uid=uid, mine=typed["whose"] == MINE, actor=actor, **task)


def _form_of_yes(page: BatchPage, *args: object, **kwargs: object) -> AgreeForm:
    return (HandOverForm if page.act == HAND else AgreeForm)(*args, **kwargs)


def _ask(
    request: StaffRequest, page: BatchPage, form: AgreeForm | None = None, status: int = 200
) -> HttpResponse:
    """The case that was answered wrongly, or the next one; one that is gone needs no more than a no."""
    wanted = form.data.get("code") if form else None
    line = next((one for one in page.lines if one.code == wanted), None) or page.asking
    asked = None
    if line and line.here:
        language = get_language() or "en"
        asked = selectors.asked_case(page.uid, line.code, viewer=request.actor, language=language)
        first = {"code": line.code, "seen": asked.seen, "reason": asked.last_reason}
        form = form or _form_of_yes(page, initial=first)
    context = {"page": page, "line": line, "asked": asked, "form": form, "today": timezone.localdate()}
    return render(request, "cases/several_ask.html", context, status=status)
