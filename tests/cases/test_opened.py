# SPDX-License-Identifier: AGPL-3.0-or-later
"""The applicant learns how often the application was opened and what for: by the day, and never by whom."""

from datetime import timedelta

import rfc8785

from tests.cast import case_in
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases import services
from watchword.cases.models import Outgoing
from watchword.vetting.services import open_evidence


def fetched(organisation: Organisation) -> None:
    """The courier brings everything to the Gate."""
    uids = list(Outgoing.objects.filter(delivered_at=None).values_list("pk", flat=True))
    now = organisation.now
    services.letters_delivered(uids=uids, actor=courier_actor(now), now=now)


def test_a_letter_says_how_often_and_what_for_but_neither_who_nor_when_on_the_day(
    organisation: Organisation,
) -> None:
    dov, office = case_in(organisation)
    office.open("iris", "routing")
    office.write("iris", "countersign")
    told = dov.mailbox()[-1]
    (opened,) = told.opened
    assert (opened.compartment, opened.purpose, opened.times) == ("routing", "case-work", 1)
    assert opened.last == organisation.now.date()
    words = rfc8785.dumps(told.fields()).decode()
    assert organisation.staff["iris"].uid not in words
    assert organisation.staff["iris"].name not in words


def test_an_opening_without_a_letter_is_told_the_next_day_and_once(organisation: Organisation) -> None:
    dov, office = case_in(organisation)
    office.open("iris", "routing")
    fetched(organisation)
    yesterday = organisation.now
    organisation.now = yesterday + timedelta(minutes=2)
    office.open("iris", "contact")
    assert services.tell_openings(now=organisation.now) == 0
    tomorrow = yesterday + timedelta(days=1)
    assert [services.tell_openings(now=tomorrow) for _ in range(2)] == [1, 0]
    (status,) = dov.mailbox()
    assert status.kind == "status"
    assert {one.compartment: one.times for one in status.opened} == {"contact": 1, "routing": 1}


def test_the_desks_own_papers_are_not_in_it(organisation: Organisation) -> None:
    dov, office = case_in(organisation)
    office.open("iris", "routing")
    written = office.record("iris", "prescreen")
    office.write("iris", "countersign")
    office.move("iris", "continue")
    office.keep("ada")
    ada = organisation.actor("ada")
    open_evidence(case_uid=dov.case, evidence_uid=written.uid, actor=ada, now=organisation.now)
    office.write("iris", "message", message="Thank you.")
    assert {one.compartment for one in dov.mailbox()[-1].opened} == {"routing"}
