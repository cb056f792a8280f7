# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of evidence."""

from django.urls import path

from watchword.vetting import views

app_name = "vetting"

urlpatterns = [
    path("case/<str:code>/evidence/", views.evidence, name="evidence"),
    path("case/<str:code>/evidence/add/<slug:kind>/", views.add, name="add"),
    path("case/<str:code>/evidence/item/<str:item>/", views.read, name="item"),
]
