# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of the ledger."""

from django.urls import path

from watchword.oversight import views

app_name = "oversight"

urlpatterns = [
    path("", views.ledger, name="ledger"),
    path("figures/", views.figures, name="figures"),
    path("checkpoint/", views.checkpoint, name="checkpoint"),
    path("log.tar/", views.tile_log, name="tile_log"),
]
