# SPDX-License-Identifier: AGPL-3.0-or-later
"""The six requests of the courier. To anybody else these addresses do not exist."""

import base64
import binascii
from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from watchword import trust
from watchword.core.refusals import WrongState
from watchword.core.sealing.card import SEALED_SIZE, TAG_SIZE
from watchword.courier import protocol
from watchword.courier.protocol import Fields
from watchword.intake import selectors
from watchword.intake.services import SealedCard, purging, receive_cards, receive_clones
from watchword.intake.services import parcels as services
from watchword.intake.services.parcels import ReadyParcel, SealedLetter
from watchword.trust.letter import Forged
from watchword.trust.manifest import Untrusted

MOST_PARCELS = 20
MOST_LETTERS = 50
MOST_CARDS = 500


@csrf_exempt  # the request carries a signature, which says more than a token
def answer(request: HttpRequest, path: str) -> HttpResponseBase:
    """Check who asks and that it is new, do it, and remember the number: one transaction."""
    if request.method != "POST" or path not in ANSWERS:
        raise Http404
    try:
        courier = trust.current().courier
    except Untrusted:
        return _json({}, status=503)
    try:
        counter = protocol.check(path, request.headers.get(protocol.HEADER, ""), request.body, courier)
        fields = protocol.decode(request.body)
        with transaction.atomic():
            services.advance_counter(courier=courier, counter=counter)
            return ANSWERS[path](fields, timezone.now().date())
    except protocol.NotOurs:
        raise Http404 from None
    except WrongState:
        return _json({"last": selectors.newest_counter(courier)}, status=409)


def parcels(_fields: Fields, today: date) -> HttpResponseBase:
    # Also a Gate that nobody visits forgets on time.
    purging.purge_once_a_day(today=today)
    return _json({"parcels": [_offer(parcel) for parcel in services.ready_parcels(limit=MOST_PARCELS)]})


def entry(fields: Fields, _today: date) -> HttpResponseBase:
    return StreamingHttpResponse(
        selectors.entry_chunks(_text(fields, "entry")), content_type="application/octet-stream"
    )


def acknowledge(fields: Fields, today: date) -> HttpResponseBase:
    uids = [uid for uid in _list(fields, "parcels") if isinstance(uid, str)]
    services.acknowledge(uids=uids, today=today)
    return _json({"gone": uids})


def deliver(fields: Fields, today: date) -> HttpResponseBase:
    letters = [_letter(item) for item in _list(fields, "deliveries")[:MOST_LETTERS]]
    return _json({"done": services.receive_deliveries(letters=letters, today=today)})


def cards(fields: Fields, _today: date) -> HttpResponseBase:
    given = [_card(item) for item in _list(fields, "cards")[:MOST_CARDS]]
    return _json({"done": receive_cards(cards=given)})


def clones(fields: Fields, _today: date) -> HttpResponseBase:
    try:
        return _json({"version": receive_clones(text=_text(fields, "register"))})
    except Forged:
        raise protocol.NotOurs from None


ANSWERS: dict[str, Callable[[Fields, date], HttpResponseBase]] = {
    protocol.PARCELS: parcels,
    protocol.ENTRY: entry,
    protocol.ACKNOWLEDGE: acknowledge,
    protocol.DELIVER: deliver,
    protocol.CARDS: cards,
    protocol.CLONES: clones,
}


def _offer(parcel: ReadyParcel) -> Fields:
    entries = [
        {"uid": x.uid, "compartment": x.compartment, "kind": x.kind, "revision": x.revision, "size": x.size}
        for x in parcel.entries
    ]
    return {"uid": parcel.uid, "case": parcel.case, "kind": parcel.kind, "entries": entries}


def _letter(item: object) -> SealedLetter:
    if not isinstance(item, dict):
        raise protocol.NotOurs
    try:
        sealed = base64.b64decode(_text(item, "sealed"), validate=True)
    except (binascii.Error, ValueError):
        raise protocol.NotOurs from None
    return SealedLetter(_text(item, "uid"), _text(item, "case"), _text(item, "kind"), sealed)


def _card(item: object) -> SealedCard:
    if not isinstance(item, dict):
        raise protocol.NotOurs
    try:
        tag, sealed = (bytes.fromhex(_text(item, name)) for name in ("tag", "sealed"))
    except ValueError:
        raise protocol.NotOurs from None
    if (len(tag), len(sealed)) != (TAG_SIZE, SEALED_SIZE):
        raise protocol.NotOurs
    return SealedCard(tag, sealed)


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise protocol.NotOurs
    return value


def _list(fields: Fields, name: str) -> list[object]:
    value = fields.get(name)
    if not isinstance(value, list):
        raise protocol.NotOurs
    return value


def _json(fields: Fields, status: int = 200) -> HttpResponse:
    return HttpResponse(protocol.encode(fields), content_type="application/json", status=status)
