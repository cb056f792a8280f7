# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of second applications."""

from django.urls import path

from watchword.matching import views

app_name = "matching"

urlpatterns = [
    path("rings/", views.rings, name="rings"),
    path("case/<str:code>/again/", views.case, name="case"),
]
