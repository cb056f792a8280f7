# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fewer custodians than it takes, with the whole database and every body, recover nothing: it is tried."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from django.apps import apps

from tests.custody.around_a_safe import SEATS, SISTER, WORDS, Safe
from tests.organisation import Organisation
from watchword.core.sealing import unseal
from watchword.core.sealing.custody import Part, restore, unpack
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.recipients import Identity
from watchword.custody.models import Release, Resealed
from watchword.vault import bodies, headers
from watchword.vault.models import SealedRecord


def everything_kept(home: Path) -> Iterator[bytes]:
    """Every column of every row, and every file of this organisation."""
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            for value in row:
                yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    for path in home.rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def everything_sealed(*cases: str) -> list[bytes]:
    """Every record, or those of these cases, from header and body, and all that releases keep."""
    rows = SealedRecord.objects.exclude(header=b"")
    if cases:
        rows = rows.filter(case__in=cases)
    records = [headers.bare(row) + b"".join(bodies.read(row.body_sha256)) for row in rows]
    parts = [bytes(row.sealed) for row in Resealed.objects.all()]
    return [*records, *parts, *(bytes(one.sealed_key) for one in Release.objects.all())]


class Somewhere(Protocol):
    """A place with an organisation."""

    @property
    def organisation(self) -> Organisation: ...


def keys_of(safe: Somewhere, *who: str) -> list[Identity]:
    """Every key that these people have."""
    actors = [safe.organisation.actor(one) for one in who]
    return [key for one in actors if one.keys for key in (one.keys.identity, *one.keys.identities(one.roles))]


def opened_with(keys: list[Identity], sealed: Iterable[bytes]) -> Iterator[bytes]:
    """What these keys open."""
    for data in sealed:
        try:
            yield unseal.unseal(data, keys)
        except SealingError:
            continue


def parts_among(opened: Iterable[bytes], compartment: str = "relatives") -> list[Part]:
    """Every share of this compartment's key that was among it, by the number of its seat."""
    found: dict[int, Part] = {}
    for plain in opened:
        start, end = plain.find(b'{"format"'), plain.rfind(b"}") + 1
        try:
            parts = unpack(plain[start:end]) if start >= 0 else ()
            found |= {part.number: part for part in parts if part.compartment == compartment}
        except SealingError:
            continue
    return [found[number] for number in sorted(found)]


def test_neither_the_names_nor_the_reasons_stand_anywhere_in_clear_at_any_time(safe: Safe) -> None:
    release = safe.give(safe.ask(), *SEATS[:3])
    safe.open(release)
    safe.refuse(release, "milda", reason="I knew his grandmother.")
    canaries = [text.encode() for text in (SISTER, WORDS, "I knew his grandmother.", "Never by telephone.")]
    for data in everything_kept(safe.organisation.home):
        assert not any(canary in data for canary in canaries)


@pytest.mark.parametrize("colluding", [2, 3])
def test_two_of_five_with_the_database_and_whoever_asked_recover_nothing_and_three_do(
    safe: Safe, colluding: int
) -> None:
    """Three are tried as well, so that the attempt is known to find what there is to find."""
    safe.give(safe.ask(), *SEATS[:colluding])
    sealed = everything_sealed()
    opened = list(opened_with(keys_of(safe, *SEATS[:colluding], "ada", "petro", "sofia"), sealed))
    once = [Identity.from_seed(plain) for plain in opened if len(plain) == 32]
    opened += opened_with(once, sealed)
    parts = parts_among(opened)
    assert [part.number for part in parts] == list(range(1, colluding + 1))
    assert not any(SISTER.encode() in plain for plain in opened)
    if colluding == 3:
        assert any(SISTER.encode() in plain for plain in opened_with([restore(parts)], sealed))
    else:
        with pytest.raises(SealingError):
            restore(parts)
