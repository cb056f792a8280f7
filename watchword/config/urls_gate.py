# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Gate's addresses."""

from django.urls import include, path

handler400 = "watchword.web.errors.bad_request"
handler403 = "watchword.web.errors.forbidden"
handler404 = "watchword.web.errors.not_found"
handler500 = "watchword.web.errors.broken"

urlpatterns = [
    path("courier/", include("watchword.courier.gateside.urls")),
    path("", include("watchword.gate.urls")),
]
