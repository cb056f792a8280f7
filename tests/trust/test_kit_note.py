# SPDX-License-Identifier: AGPL-3.0-or-later
"""The signatures beside the offline kit vouch for one file, and for no other."""

import pytest

from tests.trust.test_manifest import ROOTS, STRANGER, VKEYS
from watchword.trust.kit_note import check_kit, sign_kit
from watchword.trust.manifest import Untrusted

KIT = b"<!doctype html>"
ONE = sign_kit(KIT, ROOTS[0])
TWO = sign_kit(KIT, ROOTS[1], ONE)


def test_a_kit_is_believed_when_as_many_roots_signed_it_as_must() -> None:
    check_kit(KIT, TWO, VKEYS, 2)


@pytest.mark.parametrize(
    ("kit", "note", "needed"),
    [
        (KIT + b" ", TWO, 2),
        (KIT, ONE, 2),
        (KIT, sign_kit(KIT, ROOTS[0], ONE), 2),
        (KIT, sign_kit(KIT, STRANGER, ONE), 2),
        (KIT, TWO.replace(b"watchword-kit/v1", b"watchword-kit/v2"), 2),
        (KIT, TWO[:-20], 2),
        (KIT, b"", 2),
        (KIT, TWO, 0),
    ],
)
def test_another_file_or_too_few_signatures_are_not(kit: bytes, note: bytes, needed: int) -> None:
    with pytest.raises(Untrusted):
        check_kit(kit, note, VKEYS, needed)


def test_nobody_signs_below_signatures_for_another_file() -> None:
    with pytest.raises(Untrusted, match="another file"):
        sign_kit(KIT + b" ", ROOTS[1], ONE)
