# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Desk's disk is seized after a whole run, with memory gone: no name comes out of it. It is tried."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.custody.test_secrecy import everything_sealed, keys_of, opened_with, parts_among
from tests.organisation import CAST
from tests.runs import SEATS
from tests.screening.booth import DOV, STRANGER, Booth
from watchword.cases.rules.judged import Verdict
from watchword.core.sealing.custody import restore
from watchword.core.sealing.errors import SealingError
from watchword.custody.models import Batch, BatchPart

LISTED = replace(DOV, key="canary-of-the-list", remarks="Zabolotivka")
NAMES = [text.encode() for text in ("Береговий", "Berehovyi", "Ілліч", "1991-04-17")]
WHOM = [text.encode() for text in ("Береговой", LISTED.key, "Zabolotivka")]


def kept(booth: Booth) -> Iterator[bytes]:
    """Every file of this organisation but the lists, which are public."""
    for path in booth.organisation.home.rglob("*"):
        if path.is_file() and booth.lists not in path.parents:
            yield path.read_bytes()


def sealed() -> list[bytes]:
    """Everything that is sealed, batches too."""
    parts = [bytes(row.sealed) for row in BatchPart.objects.all()]
    return [*everything_sealed(), *parts, *(bytes(one.sealed_key) for one in Batch.objects.all())]


def screened(booth: Booth) -> None:
    """One run is over and judged, and another waits for nothing but its start."""
    booth.load(LISTED, STRANGER)
    booth.compare()
    booth.judge(Verdict.SAME)
    booth.load(LISTED)
    booth.custodians.give(booth.custodians.asked(), *SEATS[:2])


@pytest.mark.parametrize("colluding", [2, 3])
def test_a_disk_with_every_key_but_those_of_enough_custodians_yields_no_name(
    booth: Booth, colluding: int
) -> None:
    """Three custodians are tried as well, so that the attempt is known to find what there is to find."""
    screened(booth)
    assert not any(canary in data for data in kept(booth) for canary in NAMES + WHOM)
    others = sorted(set(CAST) - set(SEATS))
    data = sealed()
    opened = list(opened_with(keys_of(booth, *others, *SEATS[:colluding]), data))
    assert opened, "this opens much else"
    parts = parts_among(opened, "identity")
    if colluding == 3:
        opened += opened_with([restore(parts)], data)
        assert any(NAMES[0] in plain for plain in opened)
        assert not any(canary in plain for plain in opened for canary in WHOM), "whom a list meant is nowhere"
    else:
        with pytest.raises(SealingError):
            restore(parts)
        assert not any(canary in plain for plain in opened for canary in NAMES + WHOM)
