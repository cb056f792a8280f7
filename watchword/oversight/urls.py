# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of the ledger, of the figures, and of invented cases."""

from django.urls import path

from watchword.oversight.views import honey, ledger

app_name = "oversight"

urlpatterns = [
    path("ledger/", ledger.ledger, name="ledger"),
    path("exposure/<slug:staff_id>/", ledger.exposure, name="exposure"),
    path("beyond/<slug:staff_id>/", ledger.beyond, name="beyond"),
    path("figures/", ledger.figures, name="figures"),
    path("retention/", ledger.retention, name="retention"),
    path("ledger/checkpoint/", ledger.checkpoint, name="checkpoint"),
    path("ledger/log.tar/", ledger.tile_log, name="tile_log"),
    path("invented/", honey.honey, name="honey"),
    path("invented/ask/", honey.ask, name="honey_ask"),
    path("invented/drop/", honey.drop, name="honey_drop"),
    path("invented/look/", honey.look, name="honey_look"),
    path("invented/looks/", honey.looks, name="honey_looks"),
    path("invented/second/", honey.second, name="honey_second"),
    path("invented/anew/", honey.begin_anew, name="honey_anew"),
]
