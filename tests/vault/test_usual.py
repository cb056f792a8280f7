# SPDX-License-Identifier: AGPL-3.0-or-later
"""More cases in a day than is usual: the door asks why, before anything is opened, and nobody is stopped."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.organisation import Organisation
from tests.vault.records import CASE, OTHER_CASE, count_openings, has_opened, stored
from tests.vault.test_opening import DOORS
from watchword.core.procedure.quotas import REASONS
from watchword.core.refusals import NotPermitted, WrongState
from watchword.journal.events import Event
from watchword.journal.models import EntryDetail
from watchword.journal.selectors import timeline
from watchword.vault import rules
from watchword.vault.models import SealedRecord
from watchword.vault.opening import open_record, open_together
from watchword.vault.selectors import usual_for
from watchword.vault.services import seal_record
from watchword.vault.usual import check_first, explain

USUAL = 25
REASON = "Six of us are ill, and these wait since Monday."
AGAIN = "One more of them."


def after_a_full_day(organisation: Organisation) -> list[SealedRecord]:
    """Two records in cases that Ada has not seen yet, after as many others as are usual."""
    has_opened(organisation, "ada", USUAL)
    return [stored(organisation, b"story", case=case) for case in (CASE, OTHER_CASE)]


def read(organisation: Organisation, *records: SealedRecord, login: str = "ada") -> None:
    uids = [one.uid for one in records]
    open_together(uids, actor=organisation.actor(login), purpose="triage", now=organisation.now)


def say_why(organisation: Organisation, record: SealedRecord, reason: str = REASON) -> None:
    actor, now = organisation.actor("ada"), organisation.now
    explain(record_uids=[record.uid], purpose="triage", reason=reason, actor=actor, now=now)


def test_one_case_more_than_usual_asks_why_at_every_door_and_nothing_is_opened(
    organisation: Organisation,
) -> None:
    further, _ = after_a_full_day(organisation)
    for door in DOORS.values():
        with pytest.raises(rules.BeyondUsual) as asked:
            door(further.uid, actor=organisation.actor("ada"), purpose="triage", now=organisation.now)
        assert (asked.value.records, asked.value.opened, asked.value.usual) == ((further.uid,), USUAL, USUAL)
    assert count_openings(further.case) == 0
    # What was begun today goes on, and so does everybody else.
    read(organisation, stored(organisation, b"more", case=f"{0:032x}"))
    read(organisation, further, login="hugo")


def test_many_at_once_do_not_slip_through_where_one_would_be_asked_about(organisation: Organisation) -> None:
    has_opened(organisation, "ada", USUAL - 1)
    one, other = (stored(organisation, b"story", case=case) for case in (CASE, OTHER_CASE))
    with pytest.raises(rules.BeyondUsual) as asked:
        read(organisation, one, stored(organisation, b"more"), other)
    assert asked.value.records == (one.uid, other.uid)
    assert count_openings(CASE) == 0
    read(organisation, one)


def test_one_reason_is_enough_for_the_two_cases_of_a_pair_and_is_kept_in_both(
    organisation: Organisation,
) -> None:
    pair = after_a_full_day(organisation)
    ada, now = organisation.actor("ada"), organisation.now
    uids = [one.uid for one in pair]
    with pytest.raises(rules.BeyondUsual) as asked:
        check_first(uids, actor=ada, purpose="triage", now=now)
    explain(record_uids=asked.value.records, purpose="triage", reason=REASON, actor=ada, now=now)
    for one in pair:
        read(organisation, one)
        assert [moment.event for moment in timeline(one.case)].count(Event.READ_BEYOND) == 1
    with pytest.raises(rules.BeyondUsual):
        read(organisation, stored(organisation, b"story", case="7" * 32))


def test_a_reason_opens_this_case_today_and_no_other(organisation: Organisation) -> None:
    further, another = after_a_full_day(organisation)
    say_why(organisation, further)
    read(organisation, further)
    read(organisation, stored(organisation, b"more", case=further.case))
    with pytest.raises(rules.BeyondUsual):
        read(organisation, another)
    organisation.now += timedelta(days=1)
    read(organisation, another)


def test_the_reason_is_sealed_to_auditors_and_the_ledger_says_that_there_is_one(
    organisation: Organisation,
) -> None:
    further, _ = after_a_full_day(organisation)
    say_why(organisation, further)
    # Sent twice, as where a form then lacked something else.
    say_why(organisation, further, AGAIN)
    (beyond,) = [one for one in timeline(further.case) if one.event is Event.READ_BEYOND]
    assert (beyond.actor, beyond.payload["opened"]) == (organisation.staff["ada"].uid, USUAL)
    assert REASON not in str(list(EntryDetail.objects.values_list("payload", flat=True)))
    reason, now = str(beyond.payload["reason"]), organisation.now
    aud = organisation.actor("aud")
    assert open_record(reason, actor=aud, purpose="oversight", now=now) == REASON.encode()
    for login in ("ada", "ben", "petro", "iris"):
        with pytest.raises(NotPermitted):
            open_record(reason, actor=organisation.actor(login), purpose="oversight", now=now)
    assert organisation.audit().ok


def test_nothing_is_no_reason(organisation: Organisation) -> None:
    further, _ = after_a_full_day(organisation)
    with pytest.raises(WrongState, match="Write in a sentence"):
        say_why(organisation, further, "  \n")
    assert not SealedRecord.objects.filter(compartment=REASONS).exists()


def test_what_a_program_compares_is_nobodys_reading_and_is_never_asked_about(
    organisation: Organisation,
) -> None:
    has_opened(organisation, "ada", USUAL, rules.COMPARING)
    read(organisation, stored(organisation, b"story"))
    has_opened(organisation, "ada", USUAL)
    further, ada, now = (
        stored(organisation, b"story", case=OTHER_CASE),
        organisation.actor("ada"),
        organisation.now,
    )
    assert open_record(further.uid, actor=ada, purpose=rules.COMPARING, now=now) == b"story"


def test_a_second_role_widens_what_is_usual_and_takes_nothing_from_it(organisation: Organisation) -> None:
    assert usual_for(frozenset({"vetting", "intake"})) == 60
    assert usual_for(frozenset({"vetting", "training"})) == USUAL
    assert usual_for(frozenset({"auditor"})) is None
    further, _ = after_a_full_day(organisation)
    ada = organisation.actor("ada")
    organisation.actors["ada"] = replace(ada, roles=ada.roles | {"intake"})
    read(organisation, further)


def test_nobody_writes_a_reason_to_others_than_those_who_watch(organisation: Organisation) -> None:
    with pytest.raises(NotPermitted):
        seal_record(
            case=CASE,
            compartment=REASONS,
            kind="reason",
            payload=b"",
            signer=organisation.actor("ada").signer,
            now=organisation.now,
            readers=["vetting"],
        )
