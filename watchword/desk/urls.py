# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Desk's addresses: the rooms, assembled."""

from django.urls import include, path

from watchword.desk import shortcuts, views

shell = (
    [
        path("", views.home, name="home"),
        path("fetch/", views.fetch, name="fetch"),
        path("shortcuts/", shortcuts.shortcuts, name="shortcuts"),
        path("machine/", views.machine_room, name="machine"),
    ],
    "desk",
)

urlpatterns = [
    path("", include(shell)),
    path("", include("watchword.web.urls")),
    path("", include("watchword.accounts.urls")),
    path("", include("watchword.cases.urls")),
    path("", include("watchword.genuine.urls")),
    path("", include("watchword.custody.urls")),
    path("", include("watchword.vetting.urls")),
    path("", include("watchword.matching.urls")),
    path("", include("watchword.screening.urls")),
    path("", include("watchword.protection.urls")),
    path("", include("watchword.decisions.urls")),
    path("", include("watchword.oversight.urls")),
]
