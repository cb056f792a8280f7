# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of accounts, grouped by what is acted on."""

from django.urls import path

from watchword.accounts.views import (
    devices,
    locking,
    logging_in,
    people,
    proposals,
    recovery,
    role_keys,
    seats,
)

app_name = "accounts"

urlpatterns = [
    path("log-in/", logging_in.log_in, name="log_in"),
    path("log-out/", logging_in.log_out, name="log_out"),
    path("lock/", locking.lock, name="lock"),
    path("unlock/", locking.unlock, name="unlock"),
    path("recovery/", recovery.ask, name="recover"),
    path("recovery/finish/", recovery.finish, name="finish_recovery"),
    path("recovery/waiting/", recovery.waiting, name="recoveries"),
    path("recovery/<slug:recovery>/approve/", recovery.approve, name="approve_recovery"),
    path("recovery/<slug:recovery>/stop/", recovery.stop, name="stop_recovery"),
    path("devices/", devices.mine, name="devices"),
    path("devices/passkey/", devices.add, name="add_passkey"),
    path("devices/session/<slug:handle>/end/", devices.end_session, name="end_session"),
    path("devices/passkey/<slug:passkey>/revoke/", devices.revoke, name="revoke_passkey"),
    path("people/", people.people, name="people"),
    path("people/enrol/", people.enrol, name="enrol"),
    path("people/<slug:staff_id>/", people.person, name="person"),
    path("people/<slug:staff_id>/devices/", devices.of_somebody, name="devices_of"),
    path("people/<slug:staff_id>/grant/", proposals.grant, name="grant"),
    path("people/<slug:staff_id>/revoke/<slug:role>/", proposals.revoke, name="revoke"),
    path("people/<slug:staff_id>/end/", people.end_service, name="end_service"),
    path("roles/<slug:change>/confirm/", proposals.confirm, name="confirm"),
    path("roles/<slug:change>/drop/", proposals.drop, name="drop"),
    path("keys/", role_keys.keys, name="keys"),
    path("keys/<slug:role>/hand-over/<slug:staff_id>/", role_keys.hand_over, name="hand_over"),
    path("keys/<slug:role>/renew/", role_keys.renew, name="renew"),
    path("keys/<slug:role>/re-wrap/", role_keys.rewrap, name="rewrap"),
    path("keys/<slug:role>/stop/", role_keys.stop, name="stop_rewrap"),
    path("keys/<slug:role>/destroy-old/", role_keys.destroy, name="destroy"),
    path("keys/<slug:role>/outside/", seats.bring, name="bring_key"),
    path("keys/<slug:role>/hand-on/", seats.hand_on, name="hand_on_seat"),
    path("keys/<slug:role>/hand-on/headers/", seats.take_headers, name="take_headers"),
    path("keys/<slug:role>/hand-on/put/", seats.put_headers, name="put_headers"),
]
