# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of the ledger, and of the figures."""

from django.urls import path

from watchword.oversight import views

app_name = "oversight"

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("exposure/<slug:staff_id>/", views.exposure, name="exposure"),
    path("beyond/<slug:staff_id>/", views.beyond, name="beyond"),
    path("figures/", views.figures, name="figures"),
    path("retention/", views.retention, name="retention"),
    path("ledger/checkpoint/", views.checkpoint, name="checkpoint"),
    path("ledger/log.tar/", views.tile_log, name="tile_log"),
]
