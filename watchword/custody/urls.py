# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of custody: of whoever asks in a case, of whoever holds a seat, and of what was released."""

from django.urls import path

from watchword.custody.views import (
    anew,
    asking,
    batches,
    distrust,
    glass,
    outside,
    outside_batches,
    released,
    seat,
)

app_name = "custody"

urlpatterns = [
    path("case/<str:code>/custody/", asking.case, name="case"),
    path("case/<str:code>/custody/ask/", asking.ask, name="ask"),
    path("case/<str:code>/custody/confirm/", asking.confirm, name="confirm"),
    path("custody/", seat.seat, name="seat"),
    path("custody/glass/", glass.break_glass, name="break"),
    path("custody/glass/confirm/", glass.confirm, name="confirm_break"),
    path("custody/distrust/", distrust.distrust, name="distrust"),
    path("custody/distrust/propose/", distrust.propose, name="propose_distrust"),
    path("custody/distrust/<str:splitting>/confirm/", distrust.confirm, name="confirm_distrust"),
    path("custody/distrust/<str:splitting>/drop/", distrust.drop, name="drop_distrust"),
    path("custody/distrust/<str:splitting>/finish/", distrust.finish, name="finish_distrust"),
    path("custody/anew/", anew.anew, name="anew"),
    path("custody/anew/ask/", anew.ask, name="ask_anew"),
    path("custody/anew/confirm/", anew.confirm, name="confirm_anew"),
    path("custody/anew/run/", anew.run, name="run_anew"),
    path("custody/anew/<str:batch>/end/", anew.end, name="end_anew"),
    path("custody/batch/<str:batch>/read/", batches.read, name="read_batch"),
    path("custody/batch/<str:batch>/give/", batches.give, name="give_batch"),
    path("custody/batch/<str:batch>/refuse/", batches.refuse, name="refuse_batch"),
    path("custody/batch/<str:batch>/outside/", outside_batches.page, name="outside_batch"),
    path("custody/batch/<str:batch>/outside/take/", outside_batches.take, name="take_out_batch"),
    path("custody/batch/<str:batch>/outside/give/", outside_batches.give, name="give_batch_outside"),
    path("custody/batch/<str:batch>/outside/refuse/", outside_batches.refuse, name="refuse_batch_outside"),
    path("custody/<str:release>/read/", seat.read, name="read"),
    path("custody/<str:release>/give/", seat.give, name="give"),
    path("custody/<str:release>/refuse/", seat.refuse, name="refuse"),
    path("custody/<str:release>/outside/", outside.page, name="outside"),
    path("custody/<str:release>/outside/take/", outside.take, name="take_out"),
    path("custody/<str:release>/outside/give/", outside.give, name="give_outside"),
    path("custody/<str:release>/outside/refuse/", outside.refuse, name="refuse_outside"),
    path("custody/<str:release>/review/", glass.review, name="review"),
    path("custody/<str:release>/open/", released.open_it, name="open"),
    path("custody/<str:release>/why/", asking.why, name="why"),
    path("custody/<str:release>/end/", released.end, name="end"),
]
