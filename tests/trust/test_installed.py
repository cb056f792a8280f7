# SPDX-License-Identifier: AGPL-3.0-or-later
"""The manifest on a program's disk: an older one than was in force before is not believed again."""

import os
from datetime import timedelta

import pytest

from tests.intake.harbour import Harbour, harbour
from watchword import trust
from watchword.trust.installed import SEEN
from watchword.trust.manifest import Untrusted

__all__ = ["harbour"]


def test_a_newer_manifest_is_believed_and_an_older_one_then_no_more(harbour: Harbour) -> None:
    """Somebody who has the courier's old key, or a role's, puts back the list that still names it."""
    assert trust.current().version == 3
    harbour.publish(version=4)
    assert trust.current().version == 4
    harbour.publish(version=3)
    with pytest.raises(Untrusted, match="version 4 was in force"):
        trust.current()
    harbour.publish(version=5)
    assert trust.current().version == 5


def test_an_older_manifest_with_its_old_date_is_no_better(harbour: Harbour) -> None:
    first, dated = harbour.path.read_bytes(), harbour.path.stat()
    assert trust.current().version == 3
    harbour.publish(version=4)
    os.utime(harbour.path, ns=(dated.st_atime_ns, dated.st_mtime_ns + 1))
    assert trust.current().version == 4
    harbour.path.write_bytes(first)
    os.utime(harbour.path, ns=(dated.st_atime_ns, dated.st_mtime_ns))
    with pytest.raises(Untrusted):
        trust.current()


def test_one_that_is_not_in_force_yet_does_not_shut_the_present_one_out(harbour: Harbour) -> None:
    harbour.publish(version=9, published=harbour.manifest.published + timedelta(days=5))
    with pytest.raises(Untrusted):
        trust.current()
    harbour.publish()
    assert trust.current().version == 3


def test_what_was_seen_and_cannot_be_read_is_not_taken_for_nothing(harbour: Harbour) -> None:
    harbour.path.with_name(SEEN).write_text("many")
    with pytest.raises(Untrusted, match=r"manifest\.seen"):
        trust.current()
