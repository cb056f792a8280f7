# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of screening, grouped by what is acted on."""

from django.urls import path

from watchword.screening.views import case, hits, lists, pairs, queue, runs

app_name = "screening"

urlpatterns = [
    path("screening/", queue.queue, name="queue"),
    path("screening/ask/", runs.ask, name="ask"),
    path("screening/confirm/", runs.confirm, name="confirm"),
    path("screening/run/", runs.start, name="run"),
    path("screening/<str:batch>/answers/", runs.answers, name="answers"),
    path("screening/<str:batch>/end/", runs.end, name="end"),
    path("lists/", lists.lists, name="lists"),
    path("case/<str:code>/screening/", case.case, name="case"),
    path("case/<str:code>/screening/ask/", runs.ask, name="ask_one"),
    path("case/<str:code>/screening/hand-over/", case.hand_over, name="hand_over"),
    path("case/<str:code>/screening/hit/<str:hit>/", hits.read, name="hit"),
    path("case/<str:code>/screening/hit/<str:hit>/sides/", hits.sides, name="sides"),
    path("case/<str:code>/screening/hit/<str:hit>/judge/", hits.judge, name="judge"),
    path("case/<str:code>/screening/hit/<str:hit>/second/", hits.second, name="second"),
    path("case/<str:code>/again/<str:link>/", pairs.read, name="pair"),
    path("case/<str:code>/again/<str:link>/sides/", pairs.sides, name="pair_sides"),
    path("case/<str:code>/again/<str:link>/judge/", pairs.judge, name="judge_pair"),
]
