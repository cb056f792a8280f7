# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of call signs, enquiries and compromises."""

from django.urls import path

from watchword.protection.views import compromises, enquiries, signs

app_name = "protection"

urlpatterns = [
    path("callsigns/", signs.signs, name="signs"),
    path("callsigns/draw/", signs.draw, name="draw"),
    path("callsigns/issue/", signs.issue, name="issue"),
    path("callsigns/<str:sign>/open/", signs.open_sign, name="open"),
    path("compromises/new/", compromises.report, name="report"),
    path("compromises/<str:compromise>/", compromises.read, name="compromise"),
    path("compromises/<str:compromise>/rule/", compromises.rule, name="rule"),
    path("compromises/<str:compromise>/settle/", compromises.settle, name="settle"),
    path("compromises/<str:compromise>/end/", compromises.end, name="end"),
    path("enquiries/", enquiries.enquiries, name="enquiries"),
    path("enquiries/new/", enquiries.take, name="take"),
    path("enquiries/<str:enquiry>/answer/", enquiries.answer, name="answer"),
    path("enquiries/<str:enquiry>/read/", enquiries.read, name="read"),
    path("enquiries/<str:enquiry>/ask/", enquiries.ask, name="ask"),
    path("enquiries/<str:enquiry>/look/", enquiries.look, name="look"),
    path("enquiries/<str:enquiry>/destroy/", enquiries.destroy, name="destroy"),
    path("case/<str:code>/enquiries/", enquiries.case, name="case"),
]
