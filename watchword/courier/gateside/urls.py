# SPDX-License-Identifier: AGPL-3.0-or-later
"""The courier's addresses at the Gate."""

from django.urls import path

from watchword.courier.gateside import views

app_name = "courier"
urlpatterns = [path("<slug:path>", views.answer, name="answer")]
