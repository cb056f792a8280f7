# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two custodians break the glass: nobody asks, no share is spared, and it is loud until a third looked."""

from datetime import timedelta

import pytest

from tests.custody.around_a_safe import SISTER, Safe
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.custody import selectors, services
from watchword.custody.models import Release


def loud_to(safe: Safe) -> set[str]:
    """Who sees it on the home page."""
    people = ("halyna", "tomasz", "olha", "petro", "aud", "ada", "ben", "iris")
    return {
        who for who in people if selectors.home(viewer=safe.organisation.actor(who), now=safe.now).glasses
    }


def look(safe: Safe, release: Release, who: str, words: str = "There was a fire.") -> None:
    actor = safe.organisation.actor(who)
    services.review(release_uid=release.uid, words=words, actor=actor, now=safe.now)


def test_it_takes_two_and_as_many_shares_as_always_and_opens_to_who_began(safe: Safe) -> None:
    release = safe.break_glass("halyna")
    for who in ("jonas", "milda"):
        with pytest.raises(WrongState, match="Too few"):
            safe.open(release, "halyna")
        safe.give(release, who)
    assert SISTER in repr(safe.open(release, "halyna"))
    for who in ("jonas", "ada", "petro"):
        with pytest.raises(Refused):
            safe.open(release, who)
    assert safe.organisation.audit().ok


def test_it_is_loud_until_somebody_who_did_not_break_it_has_looked(safe: Safe) -> None:
    release = safe.break_glass("halyna")
    everybody = {"halyna", "tomasz", "olha", "petro", "aud"}
    assert loud_to(safe) == everybody
    with pytest.raises(WrongState, match="waits for custodians"):
        look(safe, release, "tomasz")
    safe.give(release, "jonas", "milda")
    for who in ("halyna", "jonas"):
        with pytest.raises(NotPermitted, match="somebody else"):
            look(safe, release, who)
    with pytest.raises((NotFound, NotPermitted)):
        look(safe, release, "aud")
    with pytest.raises(WrongState, match="Write"):
        look(safe, release, "tomasz", " ")
    assert loud_to(safe) == everybody
    look(safe, release, "tomasz")
    assert loud_to(safe) == set()
    with pytest.raises(WrongState, match="No broken glass"):
        look(safe, release, "katrin")
    assert safe.organisation.audit().ok


def test_an_administrator_sees_that_it_was_broken_and_not_whose_case_it_is(safe: Safe) -> None:
    safe.break_glass()
    shown = {
        who: selectors.home(viewer=safe.organisation.actor(who), now=safe.now).glasses[0].code
        for who in ("petro", "aud", "jonas")
    }
    assert shown == {"petro": "", "aud": safe.code, "jonas": safe.code}


def test_nobody_else_breaks_it_and_it_lasts_a_day(safe: Safe) -> None:
    for who in ("ada", "petro", "aud", "iris"):
        with pytest.raises((NotFound, NotPermitted)):
            safe.break_glass(who)
    release = safe.give(safe.break_glass("milda"), "jonas", "halyna")
    safe.later(days=1)
    with pytest.raises(WrongState, match="ended"):
        safe.open(release, "milda")
    assert release.until - release.at == timedelta(days=1)
    assert loud_to(safe), "it is looked at also when it is over"
