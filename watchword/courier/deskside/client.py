# SPDX-License-Identifier: AGPL-3.0-or-later
"""Speaks to one Gate: signs each request, checks the form of each answer, never trusts its content."""

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import httpx

from watchword.courier import protocol

HEX = re.compile(r"[0-9a-f]{32}")
NAME = re.compile(r"[a-z0-9][a-z0-9:_-]{0,63}")
# A Gate that was taken over must not fill the Desk's disk: no profile takes files that grow larger than this.
LARGEST_ENTRY = 640 * 2**20
# Nor its memory: twenty parcels of two hundred entries are described in less than this.
LARGEST_ANSWER = 2 * 2**20
MOST_PARCELS, MOST_ENTRIES = 20, 200
# How far behind a restored backup may be. A Gate that could name any number would use up all there are.
FURTHEST_BEHIND = 1_000_000


class GateFailed(Exception):
    """The Gate did not answer, or not as the protocol says; the round ends and the next one tries again."""


@dataclass(frozen=True)
class OfferedEntry:
    """One sealed file that the Gate holds for us; ``size`` in bytes."""

    uid: str
    compartment: str
    kind: str
    revision: int
    size: int


@dataclass(frozen=True)
class OfferedParcel:
    """One act of sending that the Gate holds for us."""

    uid: str
    case: str
    kind: str
    entries: tuple[OfferedEntry, ...]


@dataclass(frozen=True)
class Sealed:
    """One sealed letter to deliver; ``case`` names the mailbox."""

    uid: str
    case: str
    kind: str
    sealed: bytes


class GateClient:
    """``http`` is bound to the Gate's address; ``number`` gives a fresh counter, already saved."""

    def __init__(
        self, http: httpx.Client, sign: Callable[[bytes], bytes], number: Callable[[int], int]
    ) -> None:
        self._http, self._sign, self._number = http, sign, number

    def parcels(self) -> list[OfferedParcel]:
        offered = _list(self._ask(protocol.PARCELS, {}), "parcels")
        if len(offered) > MOST_PARCELS:
            raise _malformed()
        return [_parcel(item) for item in offered]

    def entry(self, entry: OfferedEntry) -> Iterator[bytes]:
        """The bytes of one entry, as they arrive; GateFailed when they are not as many as were offered."""
        body = protocol.encode({"entry": entry.uid})
        seen = 0
        try:
            with self._http.stream(
                "POST", f"courier/{protocol.ENTRY}", content=body, headers=self._stamped(protocol.ENTRY, body)
            ) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise GateFailed(f"the Gate answered {answer.status_code}")
                for chunk in answer.iter_raw(1 << 18):
                    seen += len(chunk)
                    if seen > entry.size:
                        break
                    yield chunk
        except httpx.HTTPError as error:
            raise GateFailed(type(error).__name__) from None
        if seen != entry.size:
            raise GateFailed("an entry has not the size that the Gate announced")

    def acknowledge(self, parcels: Sequence[str]) -> None:
        self._ask(protocol.ACKNOWLEDGE, {"parcels": list(parcels)})

    def deliver(self, letters: Sequence[Sealed]) -> frozenset[str]:
        """Hand over letters; the uids that need not be sent again (taken, or the mailbox is gone)."""
        items = [
            {"uid": x.uid, "case": x.case, "kind": x.kind, "sealed": base64.b64encode(x.sealed).decode()}
            for x in letters
        ]
        answer = self._ask(protocol.DELIVER, {"deliveries": items})
        return frozenset(uid for uid in _list(answer, "done") if isinstance(uid, str))

    def cards(self, cards: Sequence[tuple[str, bytes]]) -> frozenset[str]:
        """Hand over the Gate's part of cards; the tags that need not be sent again."""
        items = [{"tag": tag, "sealed": sealed.hex()} for tag, sealed in cards]
        answer = self._ask(protocol.CARDS, {"cards": items})
        return frozenset(tag for tag in _list(answer, "done") if isinstance(tag, str))

    def clones(self, register: str) -> None:
        """Hand over the signed register of known clones."""
        self._ask(protocol.CLONES, {"register": register})

    def _ask(self, path: str, fields: protocol.Fields) -> protocol.Fields:
        body = protocol.encode(fields)
        answer = self._post(path, body)
        if answer.status == httpx.codes.CONFLICT:
            # Our count is behind (a restored backup); the Gate names its own and we go past it, once.
            last = _fields(answer).get("last")
            if type(last) is not int or not 0 <= last <= self._number(0) + FURTHEST_BEHIND:
                raise GateFailed("the Gate refused our count")
            self._number(last)
            answer = self._post(path, body)
        if answer.status != httpx.codes.OK:
            raise GateFailed(f"the Gate answered {answer.status}")
        return _fields(answer)

    def _post(self, path: str, body: bytes) -> "_Answer":
        try:
            with self._http.stream(
                "POST", f"courier/{path}", content=body, headers=self._stamped(path, body)
            ) as answer:
                return _Answer(answer.status_code, _within_limits(answer))
        except httpx.HTTPError as error:
            raise GateFailed(type(error).__name__) from None

    def _stamped(self, path: str, body: bytes) -> dict[str, str]:
        stamp = protocol.stamp(path, self._number(0), body, self._sign)
        # Uncompressed, because a small answer that unpacks without end would fill the memory.
        plain = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        return {protocol.HEADER: str(stamp), **plain}


@dataclass(frozen=True)
class _Answer:
    """What the Gate said, in whole."""

    status: int
    body: bytes


def _within_limits(answer: httpx.Response) -> bytes:
    body = bytearray()
    for chunk in answer.iter_raw(1 << 16):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise GateFailed("the Gate's answer does not end")
    return bytes(body)


def _fields(answer: _Answer) -> protocol.Fields:
    try:
        return protocol.decode(answer.body)
    except protocol.NotOurs:
        raise GateFailed("the Gate's answer is not in the protocol's form") from None


def _list(fields: protocol.Fields, name: str) -> list[object]:
    value = fields.get(name)
    if not isinstance(value, list):
        raise GateFailed(f"the Gate's answer has no list of {name}")
    return value


def _parcel(item: object) -> OfferedParcel:
    if not isinstance(item, dict) or not isinstance(item.get("entries"), list):
        raise _malformed()
    entries = tuple(_entry(entry) for entry in item["entries"][: MOST_ENTRIES + 1])
    if len(entries) > MOST_ENTRIES:
        raise _malformed()
    uid, case, kind = (
        _text(item, name, form) for name, form in (("uid", HEX), ("case", HEX), ("kind", NAME))
    )
    return OfferedParcel(uid, case, kind, entries)


def _entry(item: object) -> OfferedEntry:
    if not isinstance(item, dict):
        raise _malformed()
    revision, size = item.get("revision"), item.get("size")
    if type(revision) is not int or revision < 1 or type(size) is not int or not 0 < size <= LARGEST_ENTRY:
        raise _malformed()
    return OfferedEntry(
        _text(item, "uid", HEX), _text(item, "compartment", NAME), _text(item, "kind", NAME), revision, size
    )


def _text(item: Mapping[str, object], name: str, form: re.Pattern[str]) -> str:
    value = item.get(name)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise _malformed()
    return value


def _malformed() -> GateFailed:
    return GateFailed("the Gate offers a parcel that is not in the protocol's form")
