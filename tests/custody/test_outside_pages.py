# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of a seat held outside, in a browser without scripts: its key, a request, and an answer."""

from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.custody.around_a_batch import Drawer
from tests.custody.around_a_safe import WORDS, Safe
from tests.custody.outside import moved_away, moved_away_with_many
from tests.custody.test_pages import code_of, get, post
from watchword.accounts import outside
from watchword.accounts.models import RoleKey
from watchword.core.sealing import plain
from watchword.core.sealing.errors import NoMatchingKey
from watchword.core.sealing.handing_on import HeadersAnew, pack_anew, unpack
from watchword.core.sealing.primitives import sha256
from watchword.core.sealing.recipients import Identity, Recipient
from watchword.core.sealing.seat import address_of
from watchword.core.sealing.unseal import rewrap
from watchword.custody.models import BatchPart, Resealed
from watchword.web import into_memory


def answered(raw: bytes) -> dict[str, object]:
    """A form with this file in it."""
    return {"file": SimpleUploadedFile("answer.json", raw, content_type="application/json")}


def taken(client: Client, address: str, typed: dict[str, str]) -> bytes:
    response = client.post(address, typed)
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return response.content


def test_a_request_is_taken_out_and_its_answer_brought_back_by_hand(
    safe: Safe, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = moved_away(safe, settings, tmp_path, monkeypatch)
    release, halyna = safe.ask(), safe.organisation.browser("halyna")
    here = f"/custody/{release.uid}/outside/"
    assert halyna.post(f"/custody/{release.uid}/read/")["Location"] == here
    assert WORDS not in get(halyna, here)
    post(halyna, f"{here}take/", {"since": "-1"}, status=422)
    raw = away.machines["halyna"].give(taken(halyna, f"{here}take/", {}))
    assert "One-time code" in post(halyna, f"{here}give/", answered(raw), status=422)
    code = code_of(safe, "halyna")
    post(halyna, f"{here}refuse/", answered(raw) | code, status=409)
    post(halyna, f"{here}give/", answered(raw[:-2]) | code_of(safe, "halyna"), status=409)
    assert not Resealed.objects.exists()
    post(halyna, f"{here}give/", answered(raw) | code_of(safe, "halyna"))
    assert Resealed.objects.count() == 1
    assert "You have answered this request." in get(halyna, here)
    for who, status in (("ada", 403), ("petro", 403), ("jonas", 200)):
        get(safe.organisation.browser(who), here, status=status)


def test_a_batch_is_taken_out_and_its_answer_brought_back_by_hand(
    drawer: Drawer, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = moved_away_with_many(drawer, ["halyna"], settings, tmp_path, monkeypatch)
    batch, halyna = drawer.ask(), drawer.organisation.browser("halyna")
    drawer.refuse(batch, "tomasz")
    here = f"/custody/batch/{batch.uid}/outside/"
    assert "Many cases for a program" in get(halyna, "/custody/")
    assert halyna.post(f"/custody/batch/{batch.uid}/read/")["Location"] == here
    seen = {"seen": batch.action_hash}
    post(halyna, f"/custody/batch/{batch.uid}/give/", seen | code_of(drawer, "halyna"), status=409)
    shown = get(halyna, here)
    assert "Too many at once." not in shown
    post(halyna, f"{here}take/", {"since": "x"}, status=422)
    raw = away.machines["halyna"].give(taken(halyna, f"{here}take/", {}))
    assert "One-time code" in post(halyna, f"{here}give/", answered(raw), status=422)
    post(halyna, f"{here}refuse/", answered(raw) | code_of(drawer, "halyna"), status=409)
    for size, status in ((plain.LONGEST - 1, 409), (into_memory.LARGEST + 1, 413)):
        post(halyna, f"{here}give/", answered(bytes(size)) | code_of(drawer, "halyna"), status=status)
    assert not BatchPart.objects.exists()
    post(halyna, f"{here}give/", answered(raw) | code_of(drawer, "halyna"))
    assert BatchPart.objects.count() == 4
    assert "You have answered this request." in get(halyna, here)
    for who, status in (("sofia", 403), ("petro", 403), ("jonas", 200)):
        get(drawer.organisation.browser(who), here, status=status)


def test_a_key_is_brought_and_its_shares_are_handed_on_by_hand(safe: Safe, settings: Settings) -> None:
    old, new, seat = Identity.generate(), Identity.generate(), "custodian-1"
    halyna, mine = safe.organisation.browser("halyna"), safe.organisation.staff["halyna"].uid
    assert "Take a key that was made" in get(halyna, "/keys/")
    typed = {"address": str(address_of(old)), "held_by": mine}
    assert "not the public half" in post(
        halyna, f"/keys/{seat}/outside/", typed | {"address": "x"}, status=422
    )
    post(safe.organisation.browser("jonas"), f"/keys/{seat}/outside/", typed, status=403)
    post(halyna, f"/keys/{seat}/outside/", typed)
    key = RoleKey.objects.get(role=seat, held_by=mine)
    assert str(outside.mark_of(key)) in get(halyna, "/keys/")
    safe.organisation.publish_manifest(settings)
    safe.lodge(revision=2)
    post(halyna, f"/keys/{seat}/outside/", typed | {"address": str(address_of(new))})
    assert "Nothing waits for your machine" in get(halyna, f"/keys/{seat}/hand-on/")
    safe.organisation.publish_manifest(settings)
    assert "3 shares" in get(halyna, f"/keys/{seat}/hand-on/")
    found = unpack(taken(halyna, f"/keys/{seat}/hand-on/headers/", {}))
    made = {}
    unopened = []
    for uid, header in found.headers.items():
        try:
            made[uid] = (sha256(header).hex(), rewrap(header, [old], [Recipient.parse(str(new.recipient))]))
        except NoMatchingKey:  # what was sealed to the session's key before
            unopened.append(uid)
    anew = HeadersAnew(made, str(new.recipient), seat, tuple(unopened))
    wrong = answered(pack_anew(anew, new))
    post(halyna, f"/keys/{seat}/hand-on/put/", wrong, status=409)
    post(halyna, f"/keys/{seat}/hand-on/put/", {}, status=422)
    post(halyna, f"/keys/{seat}/hand-on/put/", answered(pack_anew(anew, old)))
    shown = unescape(get(halyna, f"/keys/{seat}/hand-on/"))
    assert "1 share is sealed to the new key." in shown
    assert "Nothing waits for your machine" in shown
