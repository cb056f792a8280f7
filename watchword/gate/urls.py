# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Gate's addresses. Every page that takes or shows anything of an applicant passes the guard."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.urls import URLPattern, include, path

from watchword.gate.guard import guarded
from watchword.gate.scripted import scripted
from watchword.gate.views import (
    application,
    asked,
    browser,
    calls,
    card,
    files,
    genuine,
    letter_files,
    mailbox,
    receipt,
    sealed,
    second,
    security,
    start,
    ways,
)


def page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return path(route, guarded(view), name=name)


pages = [
    page("", start.start, "start"),
    path("safety/", start.safety, name="safety"),
    page("genuine/", genuine.genuine, "genuine"),
    page("genuine/measures/", genuine.measures, "measures"),
    page("genuine/mark.png", genuine.mark_picture, "mark_picture"),
    page("genuine/list.txt", genuine.signed_list, "signed_list"),
    page(security.PLACE, security.security_txt, "security_txt"),
    page("genuine/card/", card.card, "card"),
    page("genuine/card/answer/", card.answer, "card_answer"),
    page("genuine/clones/", genuine.clones, "clones"),
    page("genuine/clones.txt", genuine.clones_text, "clones_text"),
    path("protection/", ways.levels, name="levels"),
    page("offline/", ways.offline, "offline"),
    page("offline/<str:name>", ways.kit_file, "kit_file"),
    page("offline/taken/", partial(ways.taken, fresh=True), "offline_taken"),
    page("offline/again/", partial(ways.taken, fresh=False), "offline_again"),
    page("contact/", scripted(start.contact), "contact"),
    page("receipt/", scripted(receipt.receipt), "receipt"),
    page("receipt/check/", scripted(receipt.check), "receipt_check"),
    page("receipt/again/", receipt.again, "receipt_again"),
    page("application/", application.application, "application"),
    page("files/", scripted(files.files), "files"),
    page("files/<slug:compartment>/", scripted(files.files), "files_of"),
    page("application/send/", application.send, "send"),
    page("application/sent/", application.sent, "sent"),
    page("application/part/<slug:name>/", scripted(application.section), "section"),
    page("browser/plan/", browser.plan, "plan"),
    page("browser/plan/<slug:name>/", browser.plan, "plan_of"),
    page("browser/begin/", browser.begin, "browser_begin"),
    page("browser/sign-in/", browser.sign_in, "browser_sign_in"),
    page("browser/lock/", browser.lock, "browser_lock"),
    page("browser/written/", browser.written, "browser_written"),
    page("browser/post/", browser.post, "browser_post"),
    page("browser/read/", browser.read, "browser_read"),
    page("browser/second/", browser.second, "browser_second"),
    page("browser/letters/", browser.letters, "browser_letters"),
    page("sealed/", sealed.begin, "sealed"),
    page("sealed/<str:uid>/", sealed.upload, "sealed_upload"),
    page("sealed/<str:uid>/finish/", sealed.finish, "sealed_finish"),
    page("sealed/<str:uid>/<int:seq>/", sealed.piece, "sealed_piece"),
    page("mailbox/", scripted(mailbox.mailbox), "mailbox"),
    page("mailbox/sign-in/", scripted(mailbox.sign_in), "sign_in"),
    page("mailbox/answer/", mailbox.answer, "answer"),
    page("mailbox/file/<int:number>/", letter_files.letter_file, "letter_file"),
    page("mailbox/correct/", asked.correct, "correct"),
    page("mailbox/asked/<slug:name>/", scripted(asked.asked), "asked"),
    page("mailbox/calls/", calls.calls, "calls"),
    page("mailbox/calls/<int:number>/", calls.alarm, "alarm"),
    page("mailbox/consents/", calls.consents, "consents"),
    page("mailbox/consents/<int:number>/", calls.take_back, "take_back"),
    page("mailbox/log/", scripted(second.log), "log"),
    page("mailbox/second/", scripted(second.second), "second"),
    page("mailbox/second/made/", second.made, "second_made"),
    page("withdraw/", mailbox.withdraw, "withdraw"),
    page("withdrawn/", mailbox.withdrawn, "withdrawn"),
]

urlpatterns = [
    # Before the one that both programs share: here leaving also ends the visit.
    path("leave/", start.leave, name="leave"),
    path("", include("watchword.web.urls")),
    path("", include((pages, "gate"))),
]
