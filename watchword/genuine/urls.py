# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of the register of clones."""

from django.urls import path

from watchword.genuine import views

app_name = "genuine"

urlpatterns = [
    path("clones/", views.clones, name="clones"),
    path("clones/draft/", views.draft, name="draft"),
    path("clones/propose/", views.propose, name="propose"),
    path("clones/<str:clone>/confirm/", views.confirm, name="confirm"),
    path("clones/<str:clone>/drop/", views.drop, name="drop"),
]
