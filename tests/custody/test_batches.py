# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many cases released to a run: opened in memory by whoever asked, as it was asked for, while it lasts."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.custody.around_a_batch import ASKED, SEATS, SURNAME, Drawer
from watchword.accounts.services import courier_actor
from watchword.cases.models import Case, Tie
from watchword.cases.selectors.opened import opened_of
from watchword.cases.services import tell_openings
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.core.sealing.recipients import Identity
from watchword.custody import blind, opening, selectors, services
from watchword.custody.blind import Unlocked
from watchword.custody.models import Batch, BatchAnswer, BatchBody, BatchPart
from watchword.custody.rules import SCREENING_RUN, State
from watchword.vault import bodies
from watchword.vault.models import SealedRecord


def payloads(found: object) -> bytes:
    """Everything that was opened of one case."""
    assert isinstance(found, dict), found
    return b"".join(one.payload for one in found.values())


def test_three_of_five_let_the_program_open_all_of_it_and_nobody_earlier_or_else(drawer: Drawer) -> None:
    batch = drawer.give(drawer.ask(), *SEATS[:2])
    with pytest.raises(WrongState, match="Too few"):
        drawer.open(batch)
    drawer.give(batch, "milda")
    for who in ("stas", "ada", "halyna", "petro"):
        with pytest.raises(NotFound):
            drawer.open(batch, who=who)
    with pytest.raises(NotPermitted, match="not among"):
        drawer.open(batch, drawer.dov, "0" * 32)
    assert drawer.openings() == 0
    opened = drawer.open(batch)
    assert drawer.openings() == len(drawer.both) * len(ASKED)
    for case in drawer.both:
        assert SURNAME in payloads(opened[case]).decode()
    keys = [one.key for found in opened.values() for one in found.values()]  # type: ignore[attr-defined]  # both opened
    assert len({key.seed for key in keys}) == len(keys), "each thing has a key of its own"
    assert drawer.organisation.audit().ok


def test_a_page_never_opens_what_was_released_to_a_run(drawer: Drawer) -> None:
    batch = drawer.give(drawer.ask(), *SEATS[:3])
    sofia, now = drawer.organisation.actor("sofia"), drawer.organisation.now
    with pytest.raises(NotFound):
        opening.open_release(release_uid=batch.uid, actor=sofia, now=now)
    assert blind.released_to(drawer.dov, ["identity"], actor=sofia, now=now) is None
    assert drawer.openings() == 0


def test_what_is_asked_for_is_lodged_not_too_much_of_a_run_that_there_is_and_not_for_long(
    drawer: Drawer,
) -> None:
    now = drawer.organisation.now
    for wrong in (
        {"run": "curiosity"},
        {"until": now},
        {"until": now + timedelta(days=15)},
        {"elements": ()},
        {"elements": ("identity", "relatives")},
        {"elements": ("story",)},
        {"case_uids": ()},
        {"case_uids": ("0" * 32,)},
    ):
        with pytest.raises(Refused):
            drawer.ask(**wrong)
    for who in ("ada", "iris", "ben", "petro", "halyna", "aud"):
        with pytest.raises(NotPermitted):
            drawer.ask(who=who)
    assert not Batch.objects.exists()
    one = drawer.ask()
    with pytest.raises(WrongState, match="end that one first"):
        drawer.ask(drawer.dov)
    one.pk, one.action_hash = "f" * 32, "f" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


def test_a_case_that_is_closed_or_tied_or_has_nothing_is_left_out_with_the_reason(drawer: Drawer) -> None:
    sofia = drawer.organisation.staff["sofia"].uid
    Tie.objects.create(case_id=drawer.zoya, staff_id=sofia, kind="family", at=drawer.organisation.now)
    draft = drawer.draft()
    assert draft.cases == (drawer.dov,)
    assert "no such case" in str(draft.left_out[drawer.zoya])
    SealedRecord.objects.filter(case=drawer.dov, compartment="birth").update(written_by="somebody")
    with pytest.raises(WrongState, match="None of these"):
        drawer.draft()


def test_a_custodian_with_a_tie_leaves_it_to_others_and_is_not_told_to_whom(drawer: Drawer) -> None:
    batch = drawer.ask()
    halyna = drawer.organisation.staff["halyna"].uid
    Tie.objects.create(case_id=drawer.zoya, staff_id=halyna, kind="family", at=drawer.organisation.now)
    with pytest.raises(NotPermitted) as refused:
        drawer.give(batch, "halyna")
    assert Case.objects.get(pk=drawer.zoya).code not in str(refused.value)
    with pytest.raises(NotPermitted):
        drawer.refuse(batch, "halyna")


def test_a_tie_or_a_closed_case_since_the_asking_keeps_that_case_shut_and_no_other(drawer: Drawer) -> None:
    batch = drawer.give(drawer.ask(), *SEATS[:3])
    sofia = drawer.organisation.staff["sofia"].uid
    Tie.objects.create(case_id=drawer.zoya, staff_id=sofia, kind="family", at=drawer.organisation.now)
    opened = drawer.open(batch)
    assert isinstance(opened[drawer.zoya], WrongState)
    assert SURNAME in payloads(opened[drawer.dov]).decode()
    Case.objects.filter(pk=drawer.dov).update(closed_at=drawer.organisation.now)
    assert isinstance(drawer.open(batch, drawer.dov)[drawer.dov], WrongState)


def test_what_was_sent_anew_was_not_asked_for_and_the_old_is_not_opened_in_its_place(drawer: Drawer) -> None:
    batch = drawer.give(drawer.ask(), *SEATS[:3])
    drawer.lodge(drawer.zoya, revision=2)
    before = drawer.openings()
    opened = drawer.open(batch)
    assert "wrote anew" in str(opened[drawer.zoya])
    assert SURNAME in payloads(opened[drawer.dov]).decode()
    assert drawer.openings() == before + len(ASKED)


@pytest.mark.parametrize("where", ["row", "disk"])
def test_an_altered_record_keeps_its_case_shut_and_no_other(drawer: Drawer, where: str) -> None:
    batch = drawer.give(drawer.ask(), *SEATS[:3])
    dov, zoya = (
        SealedRecord.objects.get(case=case, compartment="birth", written_by="applicant")
        for case in drawer.both
    )
    if where == "row":
        SealedRecord.objects.filter(pk=zoya.pk).update(body_sha256=dov.body_sha256)
    else:
        path = bodies.path_of(zoya.body_sha256)
        sealed = path.read_bytes()
        path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    opened = drawer.open(batch)
    assert isinstance(opened[drawer.zoya], WrongState)
    assert SURNAME in payloads(opened[drawer.dov]).decode()


def test_a_batch_whose_rows_were_changed_is_not_the_one_that_was_asked_for(drawer: Drawer) -> None:
    batch = drawer.ask(drawer.dov)
    mine = str(Identity.generate().recipient)
    record = SealedRecord.objects.get(case=drawer.zoya, compartment="birth", written_by="applicant")
    for changed in ({"recipient": mine}, {"until": batch.until + timedelta(days=9)}, {"needed": 1}):
        before = {name: getattr(batch, name) for name in changed}
        Batch.objects.update(**changed)
        with pytest.raises(WrongState, match="not the request"):
            drawer.give(batch, "halyna")
        Batch.objects.update(**before)
    drawer.give(batch, *SEATS[:3])
    BatchBody.objects.create(batch=batch, case_id=drawer.zoya, record=record, sha256=record.body_sha256)
    with pytest.raises(WrongState, match="not the request"):
        drawer.open(batch, drawer.zoya)
    assert drawer.openings() == 0


def test_past_its_end_and_after_it_was_ended_nothing_opens_and_nothing_is_left_of_it(drawer: Drawer) -> None:
    batch = drawer.give(drawer.ask(), *SEATS[:3])
    drawer.later(days=2)
    with pytest.raises(WrongState, match="ended"):
        drawer.open(batch)
    assert services.destroy_ended(actor=courier_actor(drawer.organisation.now), now=drawer.organisation.now)
    second = drawer.give(drawer.ask(), *SEATS[:3])
    for who, refusal in (("stas", NotFound), ("halyna", NotFound)):
        actor = drawer.organisation.actor(who)
        with pytest.raises(refusal):
            services.end_batch(batch_uid=second.uid, actor=actor, now=drawer.organisation.now)
    sofia = drawer.organisation.actor("sofia")
    services.end_batch(batch_uid=second.uid, actor=sofia, now=drawer.organisation.now)
    with pytest.raises(WrongState, match="ended"):
        drawer.open(second)
    assert not BatchPart.objects.exists()
    assert {bytes(one.sealed_key) for one in Batch.objects.all()} == {b""}
    assert drawer.organisation.audit().ok


def test_what_is_past_its_end_keeps_nobody_from_asking_before_the_job_came(drawer: Drawer) -> None:
    first = drawer.give(drawer.ask(), *SEATS[:3])
    drawer.later(days=2)
    drawer.ask()
    assert Batch.objects.get(pk=first.pk).ended_at
    assert not BatchPart.objects.exists()


def test_three_refusals_are_for_good_and_read_by_whoever_asks_or_is_asked_for_the_same(
    drawer: Drawer,
) -> None:
    batch = drawer.give(drawer.ask(), "halyna", "jonas")
    drawer.refuse(batch, "katrin", "milda", "tomasz")
    assert not BatchPart.objects.exists()
    with pytest.raises(WrongState):
        drawer.give(batch, "halyna")
    with pytest.raises(WrongState):
        drawer.open(batch)
    now = drawer.organisation.now
    again = drawer.ask(drawer.zoya)
    assert selectors.batch_of(drawer.organisation.actor("sofia"), SCREENING_RUN, now).state is State.WAITING  # type: ignore[union-attr]  # there is one
    read = services.read_batch(batch_uid=again.uid, actor=drawer.organisation.actor("halyna"), now=now)
    assert [one.words for one in read.refusals] == ["Too many at once."] * 3
    assert drawer.organisation.audit().ok


def test_a_seat_answers_a_batch_once_whatever_the_database_is_told(drawer: Drawer) -> None:
    batch = drawer.give(drawer.ask(), "halyna")
    for act in (drawer.give, drawer.refuse):
        with pytest.raises(WrongState, match="answered"):
            act(batch, "halyna")
    given, other = BatchAnswer.objects.get(), drawer.organisation.staff["milda"].uid
    row = {"batch": batch, "number": 2, "at": drawer.organisation.now, "gave": True}
    for seat, staff in ((given.seat, other), ("custodian-4", given.staff_id)):
        with pytest.raises(IntegrityError), transaction.atomic():
            BatchAnswer.objects.create(**row, seat=seat, staff_id=staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchAnswer.objects.create(**{**row, "gave": False}, seat="custodian-4", staff_id=other)


def test_a_share_that_did_not_come_is_given_by_another_custodian(drawer: Drawer) -> None:
    SealedRecord.objects.filter(case=drawer.zoya, compartment="custodian-1").delete()
    batch = drawer.give(drawer.ask(), *SEATS[:3])
    opened = drawer.open(batch)
    assert isinstance(opened[drawer.zoya], WrongState)
    assert SURNAME in payloads(opened[drawer.dov]).decode()
    drawer.give(batch, "milda")
    assert SURNAME in payloads(drawer.open(batch, drawer.zoya)[drawer.zoya]).decode()


def test_the_applicant_reads_that_a_program_compared_it(drawer: Drawer) -> None:
    batch = drawer.give(drawer.ask(), *SEATS[:3])
    drawer.later(minutes=5)
    drawer.open(batch)
    drawer.later(days=1)
    now = drawer.organisation.now
    assert tell_openings(now=now) == 1, "the other has no mailbox yet"
    told = opened_of(Case.objects.get(pk=drawer.dov), now.date())
    assert {(one.compartment, one.purpose, one.times) for one in told if one.compartment in ASKED} == {
        (name, SCREENING_RUN, 1) for name in ASKED
    }


def test_what_comes_out_shows_nothing_of_itself_in_a_log(drawer: Drawer) -> None:
    found = drawer.open(drawer.give(drawer.ask(), *SEATS[:3]))[drawer.dov]
    assert isinstance(found, dict)
    (one, *_) = found.values()
    assert isinstance(one, Unlocked)
    assert SURNAME not in repr(one)
    assert one.key.seed.hex() not in repr(one)
