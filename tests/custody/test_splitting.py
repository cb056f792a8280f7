# SPDX-License-Identifier: AGPL-3.0-or-later
"""A seat is distrusted: what is lodged is split anew by trusted custodians, and old shares open nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.custody.around_a_batch import SURNAME
from tests.custody.around_a_splitting import SEAT, TRUSTED, Ceremony
from tests.custody.test_secrecy import everything_sealed, keys_of, opened_with, parts_among
from watchword.cases.models import Tie
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.core.sealing.custody import restore
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.recipients import Identity
from watchword.custody import selectors, services
from watchword.custody.models import Anew, AsItWas, BatchPart, Resplit
from watchword.custody.rules import Wanted
from watchword.vault.models import SealedRecord


def names_in(opened: object) -> bool:
    return any(SURNAME.encode() in plain for plain in opened)  # type: ignore[attr-defined]  # an iterable


def test_the_distrusted_share_with_others_of_before_opens_nothing_afterwards(ceremony: Ceremony) -> None:
    """Three old shares open everything before: so the attempt is known to find what there is to find."""
    before = everything_sealed(ceremony.drawer.dov)
    old = keys_of(ceremony.drawer, "jonas", "katrin", "milda")
    shares = parts_among(opened_with(old, before), "identity")
    assert [share.number for share in shares] == [2, 3, 4]
    stolen = restore(shares)
    assert names_in(opened_with([stolen], before))
    ceremony.begin()
    assert ceremony.split().done == 2
    everything = everything_sealed()
    after = everything_sealed(ceremony.drawer.dov)
    # The old key, the old shares, and all that the old holder's and one other's keys open now.
    assert not list(opened_with([stolen], everything))
    left = keys_of(ceremony.drawer, "halyna", "katrin") + old[:2]
    found = list(opened_with(left, after))
    assert not names_in(found)
    parts = parts_among(found, "identity")
    assert [part.number for part in parts] == [1, 3]
    with pytest.raises(SealingError):
        restore(parts)
    with pytest.raises(SealingError):
        restore([*parts, shares[0]])
    trusted = keys_of(ceremony.drawer, "halyna", "katrin", "nadia")
    anew = parts_among(opened_with(trusted, after), "identity")
    assert [part.number for part in anew] == [1, 2, 3], "the new holder has a share"
    assert names_in(opened_with([restore(anew)], after))
    assert ceremony.drawer.organisation.audit().ok


def test_a_copy_of_database_and_disk_of_before_opens_nothing_either(ceremony: Ceremony) -> None:
    rows = {row.uid: bytes(row.header) for row in SealedRecord.objects.all()}
    assert everything_sealed()
    ceremony.begin()
    ceremony.split()
    for uid, header in rows.items():
        SealedRecord.objects.filter(pk=uid).update(header=header)
    with pytest.raises(SealingError):
        everything_sealed()


def test_nothing_else_of_the_case_is_lost_and_names_are_released_as_before(ceremony: Ceremony) -> None:
    drawer = ceremony.drawer
    counted = SealedRecord.objects.exclude(header=b"").count()
    ceremony.begin()
    ceremony.split()
    assert SealedRecord.objects.exclude(header=b"").count() == counted
    batch = drawer.give(drawer.ask(), "halyna", "nadia", "tomasz")
    opened = drawer.open(batch)
    for case in drawer.both:
        found = opened[case]
        assert isinstance(found, dict)
        assert SURNAME in found["identity"].payload.decode()
    assert everything_sealed(), "every header still lies under a key that there is"


def test_it_takes_two_administrators_an_empty_seat_and_neither_of_its_holders(ceremony: Ceremony) -> None:
    organisation = ceremony.drawer.organisation
    for who in ("halyna", "jonas", "aud", "ada"):
        with pytest.raises(NotPermitted):
            ceremony.propose(by=who)
    for seats in ((), ("vetting",)):
        with pytest.raises(WrongState, match="Choose the seats"):
            services.propose_resplit(
                seats=seats, reason="So.", actor=organisation.actor("petro"), now=organisation.now
            )
    one = ceremony.propose()
    with pytest.raises(WrongState, match="Another proposal"):
        ceremony.propose("custodian-3")
    with pytest.raises(NotPermitted, match="proposed this yourself"):
        ceremony.confirm(one, by="petro")
    with pytest.raises(WrongState, match="still holds"):
        ceremony.confirm(one)
    with pytest.raises(WrongState, match="No seat is distrusted"):
        ceremony.ask()
    ceremony.vacate()
    organisation.grant("jonas", "administrator")
    organisation.actors.pop("jonas", None)
    for act in (services.confirm_resplit, services.drop_resplit):
        with pytest.raises(NotPermitted, match="yourself"):
            act(uid=one.uid, actor=organisation.actor("jonas"), now=organisation.now)
    ceremony.confirm(one)
    assert organisation.audit().ok


def test_fewer_trusted_seats_than_it_takes_are_refused_plainly(ceremony: Ceremony) -> None:
    with pytest.raises(WrongState, match=r"takes 3 shares.* 2 can give one.*by letter"):
        ceremony.propose(SEAT, "custodian-1", "custodian-3")
    ceremony.propose(SEAT, "custodian-1")


def test_a_trusted_custodian_runs_it_and_the_distrusted_seat_answers_nothing(ceremony: Ceremony) -> None:
    ceremony.begin()
    for who in ("petro", "sofia", "ada"):
        with pytest.raises((NotPermitted, NotFound)):
            ceremony.ask(who)
    with pytest.raises(NotPermitted, match="Your seat is among"):
        ceremony.ask("nadia")
    batch = ceremony.ask()
    with pytest.raises(NotPermitted, match="distrusted"):
        ceremony.drawer.give(batch, "nadia")
    ceremony.drawer.give(batch, "halyna", "katrin")
    with pytest.raises(WrongState, match="Too few"):
        ceremony.run()
    ceremony.drawer.give(batch, "milda")
    with pytest.raises(WrongState, match="asked the custodians for nothing"):
        ceremony.run("katrin")
    assert ceremony.run().done == 2
    assert not BatchPart.objects.exists(), "what was given for it is destroyed"
    with pytest.raises(WrongState):
        ceremony.ask()


def test_three_refusals_end_what_was_asked_for(ceremony: Ceremony) -> None:
    ceremony.begin()
    batch = ceremony.ask()
    ceremony.drawer.give(batch, "halyna", "katrin")
    ceremony.drawer.refuse(batch, "milda")
    ceremony.drawer.refuse(batch, "tomasz")
    assert not BatchPart.objects.exists(), "four can give, and two of them refused"
    assert ceremony.drawer.organisation.audit().ok


def test_it_goes_on_piece_by_piece_and_everything_of_a_case_is_old_or_new(ceremony: Ceremony) -> None:
    drawer = ceremony.drawer
    drawer.lodge(drawer.dov, revision=2)
    one = ceremony.begin()
    drawer.give(ceremony.ask(), *TRUSTED)
    first = ceremony.run(most=1)
    assert (first.done, first.left) == (1, 1)
    left = selectors.still_as_it_was(one)
    assert len(left) == 1
    assert ceremony.run(most=1).left == 0
    assert not selectors.still_as_it_was(one)
    assert Anew.objects.count() == 9, "three things of each sending, also of the one that was corrected"


def test_one_batch_after_another_until_nothing_is_left_and_then_it_ends(ceremony: Ceremony) -> None:
    organisation = ceremony.drawer.organisation
    one = ceremony.begin()
    drawer = ceremony.drawer
    for _ in drawer.both:
        drawer.give(ceremony.ask(most=1), *TRUSTED)
        ceremony.run()

    def end() -> None:
        services.end_resplit(uid=one.uid, actor=organisation.actor("petro"), now=organisation.now)

    with pytest.raises(WrongState, match="may still come"):
        end()
    drawer.lodge(drawer.zoya, revision=2)
    drawer.later(days=2)
    with pytest.raises(WrongState, match="Not everything"):
        end()
    ceremony.split()
    end()
    with pytest.raises(WrongState, match="No seat is distrusted"):
        ceremony.ask()
    assert organisation.audit().ok


def test_it_does_not_end_before_the_seat_has_a_new_key_and_splits_among_the_others(
    ceremony: Ceremony,
) -> None:
    organisation = ceremony.drawer.organisation
    one = ceremony.begin(filled=False)
    assert ceremony.split().done == 2
    assert not SealedRecord.objects.filter(compartment=SEAT).exclude(header=b"").exists()
    drawer = ceremony.drawer
    opened = drawer.open(drawer.give(drawer.ask(), *TRUSTED))
    assert all(isinstance(found, dict) for found in opened.values())
    drawer.later(days=3)
    with pytest.raises(WrongState, match="no new key"):
        services.end_resplit(uid=one.uid, actor=organisation.actor("petro"), now=organisation.now)


def test_a_damaged_case_stays_with_the_reason_and_keeps_no_other_from_it(ceremony: Ceremony) -> None:
    drawer = ceremony.drawer
    one = ceremony.begin()
    drawer.give(ceremony.ask(), *TRUSTED)
    dov, zoya = (
        SealedRecord.objects.get(case=case, compartment="birth", written_by="applicant")
        for case in drawer.both
    )
    SealedRecord.objects.filter(pk=zoya.pk).update(header=dov.header)
    ran = ceremony.run()
    assert (ran.done, ran.stayed, ran.left) == (1, 1, 0)
    (stays,) = AsItWas.objects.all()
    assert stays.case_id == drawer.zoya
    assert set(selectors.still_as_it_was(one)) == {drawer.zoya}
    SealedRecord.objects.filter(pk=zoya.pk).update(header=zoya.header)
    assert ceremony.split().done == 1
    assert not AsItWas.objects.exists()


def test_a_tie_leaves_the_case_to_another_custodian(ceremony: Ceremony) -> None:
    drawer = ceremony.drawer
    organisation = drawer.organisation
    halyna = organisation.staff["halyna"].uid
    Tie.objects.create(case_id=drawer.dov, staff_id=halyna, kind="family", at=organisation.now)
    ceremony.begin()
    assert ceremony.split().done == 1
    with pytest.raises(WrongState, match="None of these"):
        ceremony.ask()
    drawer.give(ceremony.ask("katrin"), "katrin", "milda", "tomasz")
    assert ceremony.run("katrin").done == 1


def test_a_case_with_a_release_waits_until_that_is_over(ceremony: Ceremony) -> None:
    drawer, organisation = ceremony.drawer, ceremony.drawer.organisation
    sofia = organisation.actor("sofia")
    asked = Wanted(("identity",), "screening", "Who is meant?", organisation.now + timedelta(days=1))
    draft = services.drawn_up(case_uid=drawer.dov, wanted=asked, actor=sofia, now=organisation.now)
    ceremony.begin()
    drawer.give(ceremony.ask(), *TRUSTED)
    release = services.ask(case_uid=drawer.dov, draft=draft, actor=sofia, now=organisation.now)
    ran = ceremony.run()
    assert (ran.done, ran.stayed) == (1, 1)
    services.end(release_uid=release.uid, actor=sofia, now=organisation.now)
    assert ceremony.split().done == 1


def test_a_second_seat_that_is_distrusted_meanwhile_begins_it_once_more(ceremony: Ceremony) -> None:
    drawer = ceremony.drawer
    first = ceremony.begin(filled=False)
    ceremony.split()
    waiting = ceremony.propose("custodian-5")
    assert waiting.seats == [SEAT, "custodian-5"], "the first has no new key yet"
    ceremony.vacate("tomasz", "custodian-5")
    ceremony.confirm(waiting)
    assert Resplit.objects.get(pk=first.pk).stage == "ended"
    assert set(selectors.still_as_it_was(waiting)) == {*drawer.both}
    assert ceremony.split().done == 2
    left = opened_with(keys_of(drawer, *TRUSTED), everything_sealed(drawer.dov))
    assert [part.number for part in parts_among(left, "identity")] == [1, 3, 4]
    assert drawer.organisation.audit().ok


def whole(case: str, keys: list[Identity]) -> bool:
    """Whether these keys have shares of one splitting in it, and those open the names."""
    sealed = everything_sealed(case)
    parts = parts_among(opened_with(keys, sealed), "identity")
    return names_in(opened_with([restore(parts)], sealed))


class Cut(Exception):
    """The process is gone."""


class Cutting:
    """Lets so many questions to the database pass, and fails at the next; what is rolled back then passes."""

    def __init__(self, passing: int) -> None:
        self.passing = passing

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.passing -= 1
        if self.passing == -1:
            raise Cut
        return execute(*args)


def test_wherever_it_is_cut_each_case_is_old_or_new_and_the_next_run_goes_on(ceremony: Ceremony) -> None:
    drawer = ceremony.drawer
    stolen = keys_of(drawer, "jonas", "katrin", "milda")
    one = ceremony.begin()
    drawer.give(ceremony.ask(), *TRUSTED)
    for passing in (5, 40, 60, 80, 100, 120, 140):
        with pytest.raises(Cut), connection.execute_wrapper(Cutting(passing)):
            ceremony.run()
        before = len(selectors.still_as_it_was(one))
        for case in drawer.both:
            # Whatever its shares are, they are of one splitting and open what lies beside them.
            assert whole(case, [*stolen, *keys_of(drawer, "halyna", "nadia", "tomasz")])
        assert before == len(selectors.still_as_it_was(one))
    assert ceremony.run().left == 0
    assert not selectors.still_as_it_was(one)
    old = opened_with(stolen[:2], everything_sealed())
    assert not parts_among(old, "identity")
