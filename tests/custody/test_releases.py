# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is in custody opens to whoever asked, once enough custodians agreed, until the end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.custody.around_a_safe import KIND, SEATS, SISTER, WORDS, Safe
from tests.organisation import CAST
from watchword.accounts.services import courier_actor
from watchword.cases.models import Case, Tie
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.core.sealing.recipients import Identity
from watchword.custody import opening, selectors, services
from watchword.custody.models import Answer, Release, Resealed
from watchword.vault import opening as vault
from watchword.vault import selectors as records
from watchword.vault.rules import Released


def test_three_of_five_open_exactly_that_to_whoever_asked_and_each_time_is_recorded(safe: Safe) -> None:
    release = safe.ask()
    for who in ("halyna", "milda"):
        safe.give(release, who)
        with pytest.raises(WrongState, match="Too few"):
            safe.open(release)
    safe.give(release, "tomasz")
    assert "identity.open" not in safe.events()
    for number in (1, 2):
        assert SISTER in repr(safe.open(release))
        assert safe.events().count("identity.open") == number
    assert safe.organisation.audit().ok


def test_nobody_opens_what_is_in_custody_by_any_other_door(safe: Safe) -> None:
    body = records.records(safe.case, "relatives").get()
    for who in CAST:
        actor = safe.organisation.actor(who)
        with pytest.raises(Refused):
            safe.office.open(who, "relatives")
        with pytest.raises(NotPermitted):
            vault.open_record(body.uid, actor=actor, purpose="case-work", now=safe.now)
    asked = safe.give(safe.ask(), "halyna", "jonas")
    for who in CAST:
        with pytest.raises(Refused):
            safe.open(asked, who)
    assert "identity.open" not in safe.events()


def test_the_door_of_the_vault_itself_knows_whose_a_release_is_and_what_and_until_when(safe: Safe) -> None:
    body = records.records(safe.case, "relatives").get()
    ada, hugo = safe.organisation.actor("ada"), safe.organisation.actor("hugo")
    until = safe.now + timedelta(days=1)

    def never() -> Identity:
        pytest.fail("shares were put together before the law was asked")

    def knock(who: object, what: frozenset[str], when: object) -> None:
        released = Released("r", b"\x00" * 32, ada.id, what, "protect-relatives", until, None)
        vault.open_released(body.uid, key=never, actor=who, released=released, now=when)  # type: ignore[arg-type]

    for who, what, when in [
        (hugo, frozenset({body.uid}), safe.now),
        (ada, frozenset({"another"}), safe.now),
        (ada, frozenset({body.uid}), until),
    ]:
        with pytest.raises(Refused):
            knock(who, what, when)
    assert "identity.open" not in safe.events()


def test_only_who_keeps_the_case_asks_and_never_a_custodian_or_an_administrator(safe: Safe) -> None:
    safe.organisation.enrol("hanna", "vetting")
    for who in ("iris", "hanna", "ben", "petro", "aud", "halyna"):
        with pytest.raises((NotPermitted, NotFound)):
            safe.ask(who)
    # Screening asks for names, and for its own check.
    for wrong in ({"serves": "screening"}, {"elements": ("identity",)}):
        with pytest.raises(WrongState):
            safe.ask("sofia", **wrong)
    assert not Release.objects.exists()


def test_a_request_names_something_that_is_there_a_check_a_reason_and_a_near_end(safe: Safe) -> None:
    for wrong in (
        {"elements": ()},
        {"elements": ("health",)},
        {"elements": ("relatives", "story")},
        {"serves": "curiosity"},
        {"words": "  "},
        {"until": safe.now + timedelta(days=15)},
        {"until": safe.now},
        {"told": safe.now.date()},
        {"told": safe.now.date() + timedelta(days=91)},
    ):
        with pytest.raises(WrongState):
            safe.ask(**wrong)
    safe.ask()
    with pytest.raises(WrongState, match="waits"):
        safe.ask()


def test_a_draft_that_was_changed_on_its_way_is_judged_as_what_it_is_now(safe: Safe) -> None:
    ada = safe.organisation.actor("ada")
    draft = services.drawn_up(case_uid=safe.case, wanted=safe.wanted(), actor=ada, now=safe.now)
    safe.later(days=3)
    with pytest.raises(WrongState, match="days"):
        services.ask(case_uid=safe.case, draft=draft, actor=safe.organisation.actor("ada"), now=safe.now)


def test_past_its_end_nothing_opens_and_the_job_destroys_what_it_opened_with(safe: Safe) -> None:
    release = safe.give(safe.ask(), *SEATS[:3])
    safe.later(days=2)
    with pytest.raises(WrongState, match="ended"):
        safe.open(release)
    with pytest.raises(WrongState, match="ended"):
        safe.give(release, "milda")
    assert Resealed.objects.exists(), "refused at once, before the job"
    assert services.destroy_ended(actor=courier_actor(safe.now), now=safe.now) == 1
    assert not Resealed.objects.exists()
    assert bytes(Release.objects.get().sealed_key) == b""
    assert services.destroy_ended(actor=courier_actor(safe.now), now=safe.now) == 0
    assert safe.organisation.audit().ok


def test_whoever_asked_ends_it_and_then_it_is_over_for_them_too(safe: Safe) -> None:
    release = safe.give(safe.ask(), *SEATS[:3])
    with pytest.raises(NotFound):
        services.end(release_uid=release.uid, actor=safe.organisation.actor("hugo"), now=safe.now)
    services.end(release_uid=release.uid, actor=safe.organisation.actor("ada"), now=safe.now)
    assert not Resealed.objects.exists()
    with pytest.raises(WrongState, match="ended"):
        safe.open(release)
    assert safe.organisation.audit().ok


def test_three_refusals_are_for_good_and_stand_before_everybody_when_it_is_asked_again(safe: Safe) -> None:
    release = safe.give(safe.ask(), "halyna", "jonas")
    safe.refuse(release, "katrin")
    with pytest.raises(WrongState, match="stays refused"):
        safe.give(release, "katrin")
    safe.refuse(release, "milda", "tomasz")
    assert not Resealed.objects.exists()
    for act in (lambda: safe.give(release, "halyna"), lambda: safe.open(release)):
        with pytest.raises(WrongState):
            act()
    again = safe.ask()
    for who in ("halyna", "tomasz"):
        read = services.read(release_uid=again.uid, actor=safe.organisation.actor(who), now=safe.now)
        assert read.words == WORDS
        assert [(one.words, one.earlier) for one in read.refusals] == [("I cannot picture it.", True)] * 3
        assert [one.same for one in read.before] == [True]
    assert safe.organisation.audit().ok


def test_a_seat_answers_once_whatever_the_database_is_told(safe: Safe) -> None:
    release = safe.give(safe.ask(), "halyna")
    with pytest.raises(WrongState, match="answered"):
        safe.give(release, "halyna")
    with pytest.raises(WrongState, match="answered"):
        safe.refuse(release, "halyna")
    given, other = Answer.objects.get(), safe.organisation.staff["milda"].uid
    row = {"release": release, "number": 2, "gave": True, "at": safe.now}
    for seat, staff in ((given.seat, other), ("custodian-4", given.staff_id)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(**row, seat=seat, staff_id=staff)


def test_what_was_signed_is_what_is_answered_and_opened_though_the_row_was_changed(safe: Safe) -> None:
    release = safe.ask()
    mine = str(Identity.generate().recipient)
    for changed in ({"recipient": mine}, {"until": release.until + timedelta(days=9)}, {"needed": 1}):
        before = {name: getattr(release, name) for name in changed}
        Release.objects.update(**changed)
        with pytest.raises(WrongState, match="not the request"):
            safe.give(release, "halyna")
        Release.objects.update(**before)
    safe.give(release, *SEATS[:3])
    Release.objects.update(asked_by=safe.organisation.staff["hugo"].uid)
    with pytest.raises(Refused):
        safe.open(release, "hugo")
    assert "identity.open" not in safe.events()


def test_a_wrong_share_is_named_nothing_is_lost_and_another_custodian_helps(safe: Safe) -> None:
    safe.lodge(revision=2, wrong=(2,))
    release = safe.give(safe.ask(), *SEATS[:3])
    (shown,) = safe.open(release).shown
    assert "seat 2 " in str(shown.fault)
    safe.give(release, "tomasz")
    assert SISTER in repr(safe.open(release))


def test_a_share_that_did_not_come_keeps_one_seat_from_giving_and_no_other(safe: Safe) -> None:
    records.records(safe.case, "custodian-1").filter(kind=KIND).delete()
    release = safe.ask()
    with pytest.raises(WrongState, match="No share came"):
        safe.give(release, "halyna")
    safe.refuse(release, "halyna", reason="No share came to my seat.")
    safe.give(release, *SEATS[1:4])
    assert SISTER in repr(safe.open(release))


def test_a_tie_or_a_case_that_went_to_other_hands_shuts_it(safe: Safe) -> None:
    release = safe.ask()
    for who in ("halyna", "jonas"):
        Tie.objects.create(
            case_id=safe.case, staff_id=safe.organisation.staff[who].uid, kind="family", at=safe.now
        )
        with pytest.raises(NotPermitted, match="tie"):
            safe.give(release, who)
    assert selectors.seat_page(viewer=safe.organisation.actor("jonas"), now=safe.now).waiting == ()
    safe.give(release, *SEATS[2:])
    Case.objects.filter(pk=safe.case).update(keeper=safe.organisation.staff["lena"].uid)
    with pytest.raises((NotFound, NotPermitted)):
        opening.open_release(release_uid=release.uid, actor=safe.organisation.actor("ada"), now=safe.now)
    assert "identity.open" not in safe.events()


def test_why_somebody_of_screening_asks_is_read_by_screening_and_custodians_and_not_by_vetting(
    safe: Safe,
) -> None:
    Case.objects.filter(pk=safe.case).update(stage="checks")
    asked = [safe.ask("sofia", serves="screening", elements=("identity",)), safe.ask("ada")]
    for release, reads, not_this in zip(asked, ("sofia", "ada"), ("ada", "sofia"), strict=True):
        safe.refuse(release, "halyna")
        for record in (release.words_id, release.answers.get().words_id or ""):
            for who in (reads, "milda"):
                vault.open_record(record, actor=safe.organisation.actor(who), purpose="release", now=safe.now)
            with pytest.raises(NotPermitted):
                vault.open_record(
                    record, actor=safe.organisation.actor(not_this), purpose="release", now=safe.now
                )
