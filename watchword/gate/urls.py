# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Gate's addresses. Every page that takes or shows anything of an applicant passes the guard."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, include, path

from watchword.gate.guard import guarded
from watchword.gate.views import application, asked, files, genuine, mailbox, receipt, sealed, start


def page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return path(route, guarded(view), name=name)


pages = [
    page("", start.start, "start"),
    path("safety/", start.safety, name="safety"),
    page("genuine/", genuine.genuine, "genuine"),
    page("genuine/measures/", genuine.measures, "measures"),
    page("genuine/mark.png", genuine.mark_picture, "mark_picture"),
    page("genuine/list.txt", genuine.signed_list, "signed_list"),
    page("contact/", start.contact, "contact"),
    page("receipt/", receipt.receipt, "receipt"),
    page("receipt/check/", receipt.check, "receipt_check"),
    page("receipt/again/", receipt.again, "receipt_again"),
    page("application/", application.application, "application"),
    page("files/", files.files, "files"),
    page("files/remove/", files.remove, "file_remove"),
    page("application/send/", application.send, "send"),
    page("application/sent/", application.sent, "sent"),
    page("application/part/<slug:name>/", application.section, "section"),
    page("sealed/", sealed.begin, "sealed"),
    page("sealed/<str:uid>/", sealed.upload, "sealed_upload"),
    page("sealed/<str:uid>/finish/", sealed.finish, "sealed_finish"),
    page("sealed/<str:uid>/<int:seq>/", sealed.piece, "sealed_piece"),
    page("mailbox/", mailbox.mailbox, "mailbox"),
    page("mailbox/sign-in/", mailbox.sign_in, "sign_in"),
    page("mailbox/answer/", mailbox.answer, "answer"),
    page("mailbox/asked/<slug:name>/", asked.asked, "asked"),
    page("withdraw/", mailbox.withdraw, "withdraw"),
    page("withdrawn/", mailbox.withdrawn, "withdrawn"),
]

urlpatterns = [
    # Before the one that both programs share: here leaving also ends the visit.
    path("leave/", start.leave, name="leave"),
    path("", include("watchword.web.urls")),
    path("", include((pages, "gate"))),
]
