# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of the board's work: a case's decisions, and each proposal among them."""

from django.urls import path

from watchword.decisions.views import board, conditions, dossier, proposing, signing, voting

app_name = "decisions"

urlpatterns = [
    path("case/<str:code>/decision/", board.board, name="board"),
    path("case/<str:code>/decision/propose/", proposing.propose, name="propose"),
    path("case/<str:code>/decision/conditions/", conditions.review, name="review"),
    path("case/<str:code>/decision/conditions/<str:review>/", conditions.read, name="review_read"),
    path("case/<str:code>/dossier/", dossier.page, name="dossier"),
    path("case/<str:code>/dossier/preview/", dossier.preview, name="dossier_preview"),
    path("case/<str:code>/dossier/ask/", dossier.ask, name="dossier_ask"),
    path("case/<str:code>/dossier/sign/", dossier.sign, name="dossier_sign"),
    path("case/<str:code>/dossier/take/", dossier.take, name="dossier_take"),
    path("case/<str:code>/dossier/drop/", dossier.drop, name="dossier_drop"),
    path("case/<str:code>/decision/<str:proposal>/read/", board.read, name="read"),
    path("case/<str:code>/decision/<str:proposal>/withdraw/", proposing.withdraw, name="withdraw"),
    path("case/<str:code>/decision/<str:proposal>/vote/", voting.vote, name="vote"),
    path("case/<str:code>/decision/<str:proposal>/countersign/", signing.countersign, name="countersign"),
    path("case/<str:code>/decision/<str:proposal>/return/", signing.send_back, name="return"),
]
