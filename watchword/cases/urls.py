# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of cases, grouped by what is acted on."""

from django.urls import path

from watchword.cases.views import (
    alike,
    calls,
    case,
    compartments,
    handing,
    joining,
    letters,
    lists,
    people,
    procedure,
    work,
)

app_name = "cases"

urlpatterns = [
    path("call/<str:call>/", calls.call, name="call"),
    path("call/<str:call>/take/", calls.take, name="take_call"),
    path("call/<str:call>/read/", calls.read, name="read_call"),
    path("call/<str:call>/answer/", calls.answer, name="answer_call"),
    path("cases/", lists.case_list, name="list"),
    path("cases/alike/", alike.overview, name="alike"),
    path("cases/alike/compare/", alike.compare, name="compare"),
    path("case/<str:code>/alike/", alike.group, name="alike_group"),
    path("case/<str:code>/alike/apart/", alike.apart, name="set_apart"),
    path("case/<str:code>/", case.case, name="case"),
    path("case/<str:code>/procedure/", procedure.procedure, name="procedure"),
    path("case/<str:code>/procedure/version/", procedure.change, name="version"),
    path("case/<str:code>/procedure/confirm/", procedure.confirm, name="confirm_version"),
    path("case/<str:code>/procedure/drop/", procedure.drop, name="drop_version"),
    path("case/<str:code>/move/<slug:action>/", case.move, name="move"),
    path("case/<str:code>/erase/", case.erase, name="erase"),
    path("offer/<str:offer>/", handing.offer, name="offer"),
    path("offer/<str:offer>/accept/", handing.accept, name="accept_offer"),
    path("case/<str:code>/offer/", handing.make, name="make_offer"),
    path("case/<str:code>/offer/back/", handing.take_back, name="take_offer_back"),
    path("case/<str:code>/join/", joining.join, name="join"),
    path("case/<str:code>/join/part/", joining.part, name="part"),
    path("case/<str:code>/join/settle/", joining.settle, name="settle_joining"),
    path("case/<str:code>/keeper/", people.keeper, name="keeper"),
    path("case/<str:code>/colleague/", people.colleague, name="colleague"),
    path("case/<str:code>/tie/", people.tie, name="tie"),
    path("case/<str:code>/note/", work.note, name="note"),
    path("case/<str:code>/notes/<slug:compartment>/", work.notes, name="notes"),
    path("case/<str:code>/task/", work.task, name="task"),
    path("case/<str:code>/task/<str:task>/end/", work.end_task, name="end_task"),
    path("case/<str:code>/letter/<str:letter>/", letters.read, name="letter"),
    path("case/<str:code>/write/<slug:template>/", letters.write, name="write"),
    path("case/<str:code>/compartment/<slug:compartment>/", compartments.read, name="compartment"),
    path("case/<str:code>/file/<str:record>/", compartments.file, name="file"),
]
