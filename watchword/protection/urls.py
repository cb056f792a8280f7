# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of call signs and of enquiries."""

from django.urls import path

from watchword.protection.views import enquiries, signs

app_name = "protection"

urlpatterns = [
    path("callsigns/", signs.signs, name="signs"),
    path("callsigns/draw/", signs.draw, name="draw"),
    path("callsigns/issue/", signs.issue, name="issue"),
    path("callsigns/<str:sign>/open/", signs.open_sign, name="open"),
    path("enquiries/", enquiries.enquiries, name="enquiries"),
    path("enquiries/new/", enquiries.take, name="take"),
    path("enquiries/<str:enquiry>/answer/", enquiries.answer, name="answer"),
    path("enquiries/<str:enquiry>/read/", enquiries.read, name="read"),
    path("enquiries/<str:enquiry>/ask/", enquiries.ask, name="ask"),
    path("enquiries/<str:enquiry>/look/", enquiries.look, name="look"),
    path("enquiries/<str:enquiry>/destroy/", enquiries.destroy, name="destroy"),
    path("case/<str:code>/enquiries/", enquiries.case, name="case"),
]
