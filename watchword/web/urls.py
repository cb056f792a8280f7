# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses that both programs include, and that every frame links to; they have no namespace."""

from django.urls import path

from watchword.web import gallery, views

urlpatterns = [
    path("language/<str:code>/", views.set_language, name="language"),
    path("leave/", views.leave, name="leave"),
    path("left/", views.left, name="left"),
    path("healthz", views.healthz, name="healthz"),
    path("look/", gallery.desk, name="look"),
    path("look/gate/", gallery.gate, name="look_gate"),
]
