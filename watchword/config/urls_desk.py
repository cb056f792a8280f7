# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Desk's addresses."""

from django.urls import include, path

handler400 = "watchword.web.errors.bad_request"
handler403 = "watchword.web.errors.forbidden"
handler404 = "watchword.web.errors.not_found"
handler500 = "watchword.web.errors.broken"

urlpatterns = [
    path("", include("watchword.desk.urls")),
]
