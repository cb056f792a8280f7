# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who withdraws is forgotten: what was sealed is destroyed by hand, when the profile says, and not before."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests import clock
from tests.cast import case_in
from tests.organisation import Organisation
from watchword.cases import selectors, services
from watchword.cases.models import Case, Outgoing
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.desk.selectors import home
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.vault.models import SealedRecord


def bodies(organisation: Organisation) -> set[Path]:
    return {path for path in (organisation.home / "vault").rglob("*") if path.is_file()}


def test_nothing_is_erased_by_itself_and_the_home_page_says_that_it_is_due(
    organisation: Organisation,
) -> None:
    dov, _ = case_in(organisation)
    dov.withdraw()
    assert not SealedRecord.objects.filter(header=b"").exists()
    code = Case.objects.get().code
    for who, told in (("iris", [code]), ("cleo", []), ("ben", [])):
        page = home(viewer=organisation.actor(who), now=organisation.now)
        assert [row.code for row in page.running_out.rows if row.url.endswith("/erase/")] == told


# What is done after a commit is done only where there are commits.
@pytest.mark.django_db(transaction=True)
def test_after_it_nobody_opens_anything_and_no_file_is_left(organisation: Organisation) -> None:
    dov, office = case_in(organisation)
    office.open("iris", "routing")
    dov.withdraw()
    before = bodies(organisation)
    iris, now = organisation.actor("iris"), organisation.now
    with pytest.raises(NotPermitted, match="Confirm this act"):
        services.erase_case(case_uid=dov.case, actor=replace(iris, proof=None), now=now)
    count = services.erase_case(case_uid=dov.case, actor=iris, now=now)
    assert count == SealedRecord.objects.count() == SealedRecord.objects.filter(header=b"").count()
    assert before
    assert not bodies(organisation)
    opened = office.open("iris", "routing")
    assert all(piece.fault and "erased" in str(piece.fault) for piece in opened.pieces)
    assert not any(bytes(one.sealed) for one in Outgoing.objects.all())
    assert Case.objects.get().mailbox_recipient == ""
    assert [moment.event for moment in timeline(dov.case)].count(Event.SHRED) == 1
    assert home(viewer=iris, now=now).running_out.rows == []
    assert organisation.audit().ok
    with pytest.raises(WrongState, match="erased already"):
        services.erase_case(case_uid=dov.case, actor=iris, now=now)


def closed(organisation: Organisation) -> tuple[str, datetime]:
    """A case that Iris closed, and a day on which it is due to be erased."""
    dov, office = case_in(organisation)
    office.open("iris", "routing")
    office.write("iris", "countersign")
    office.write("iris", "closed", reasons="It is full.")
    office.move("iris", "close")
    return dov.case, organisation.now + timedelta(days=30)


def test_nobody_erases_alone_what_the_applicant_did_not_take_back(organisation: Organisation) -> None:
    case, due = closed(organisation)
    iris, ada = organisation.fresh_actor("iris", due), organisation.fresh_actor("ada", due)
    with pytest.raises(WrongState, match="Nobody has asked"):
        services.erase_case(case_uid=case, actor=iris, now=due)
    services.ask_erasure(case_uid=case, actor=iris, now=due)
    with pytest.raises(WrongState, match="waits for a second"):
        services.ask_erasure(case_uid=case, actor=ada, now=due)
    with pytest.raises(NotPermitted, match="somebody else"):
        services.erase_case(case_uid=case, actor=iris, now=due)
    services.drop_erasure(case_uid=case, actor=ada, now=due)
    with pytest.raises(WrongState, match="Nobody has asked"):
        services.erase_case(case_uid=case, actor=iris, now=due)
    services.ask_erasure(case_uid=case, actor=ada, now=due)
    assert services.erase_case(case_uid=case, actor=iris, now=due)
    assert organisation.audit().ok


def test_the_second_person_finds_who_asked_and_erases(organisation: Organisation) -> None:
    case, due = closed(organisation)
    iris, ada = organisation.fresh_actor("iris", due), organisation.fresh_actor("ada", due)
    page = partial(selectors.erase_page, Case.objects.get().code, today=due.date())
    assert page(viewer=iris).may_ask
    services.ask_erasure(case_uid=case, actor=iris, now=due)
    assert page(viewer=iris).is_mine
    assert page(viewer=ada).asked_by == "Iris"
    assert [bool(home(viewer=one, now=due).running_out.rows) for one in (iris, ada)] == [False, True]


def test_a_case_that_goes_on_or_is_not_due_yet_keeps_what_it_has(organisation: Organisation) -> None:
    dov, office = case_in(organisation)
    iris, now = organisation.actor("iris"), organisation.now
    with pytest.raises(WrongState, match="as long as the case goes on"):
        services.erase_case(case_uid=dov.case, actor=iris, now=now)
    office.open("iris", "routing")
    office.write("iris", "countersign")
    office.write("iris", "closed", reasons="It is full.")
    office.move("iris", "close")
    with pytest.raises(WrongState, match="not before"):
        services.erase_case(case_uid=dov.case, actor=iris, now=now + timedelta(days=29))
    services.ask_erasure(case_uid=dov.case, actor=iris, now=now + timedelta(days=30))


def test_only_who_may_know_of_the_case_and_move_it_erases_it(organisation: Organisation) -> None:
    dov, office = case_in(organisation)
    dov.withdraw()
    for who in ("cleo", "ben", "sofia"):
        with pytest.raises(NotFound):
            services.erase_case(case_uid=dov.case, actor=organisation.actor(who), now=organisation.now)
    office.tie("iris")
    with pytest.raises(Refused):
        services.erase_case(case_uid=dov.case, actor=organisation.actor("iris"), now=organisation.now)


# What is done after a commit is done only where there are commits.
@pytest.mark.django_db(transaction=True)
def test_another_case_with_the_same_bytes_keeps_its_file(organisation: Organisation) -> None:
    dov, _ = case_in(organisation)
    record = SealedRecord.objects.filter(case=dov.case).first()
    assert record
    SealedRecord.objects.create(
        uid="f" * 32,
        case="e" * 32,
        compartment=record.compartment,
        kind=record.kind,
        revision=1,
        readers=record.readers,
        header=b"kept",
        body_sha256=record.body_sha256,
        body_size=record.body_size,
        created=record.created,
        written_by="applicant",
    )
    dov.withdraw()
    services.erase_case(case_uid=dov.case, actor=organisation.actor("iris"), now=organisation.now)
    assert {path.name for path in bodies(organisation)} == {record.body_sha256}


def test_the_page_asks_for_the_code_of_the_case(organisation: Organisation) -> None:
    dov, _ = case_in(organisation)
    dov.withdraw()
    code = Case.objects.get().code
    browser = organisation.browser("iris")
    assert f"/case/{code}/erase/" in browser.get("/").content.decode()
    assert browser.post(f"/case/{code}/erase/", {"code": "WW-0000-00"}).status_code == 422
    assert SealedRecord.objects.exclude(header=b"").exists()
    assert browser.post(f"/case/{code}/erase/", {"code": code.lower()}).status_code == 422
    assert browser.post(f"/case/{code}/erase/", {"code": code, "one_time_code": "12"}).status_code == 422
    assert SealedRecord.objects.exclude(header=b"").exists()
    one_time = organisation.credentials("iris", clock.now())["code"]
    browser.post(f"/case/{code}/erase/", {"code": code.lower(), "one_time_code": one_time})
    assert not SealedRecord.objects.exclude(header=b"").exists()
    assert "erased already" in browser.get(f"/case/{code}/erase/").content.decode()
