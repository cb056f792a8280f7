# SPDX-License-Identifier: AGPL-3.0-or-later
"""Letters both ways: genuine, readable by the applicant alone, of one size, and counted as answers."""

import pytest

from tests.cast import Applicant, case_in
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases import selectors, services
from watchword.cases.models import Case, Outgoing
from watchword.core.procedure import LetterError
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.core.sealing.errors import NoMatchingKey
from watchword.core.sealing.mailbox import open_letter
from watchword.journal.events import Event
from watchword.journal.selectors import timeline


def test_nobody_can_write_before_the_mailbox_is_known(organisation: Organisation) -> None:
    _, office = case_in(organisation)
    with pytest.raises(WrongState, match="cannot be reached yet"):
        office.write("iris", "countersign")


def test_a_role_writes_only_its_own_letters(organisation: Organisation) -> None:
    _, office = case_in(organisation)
    office.open("iris", "routing")
    with pytest.raises(NotPermitted):
        office.write("iris", "question", question="What is your name?")
    with pytest.raises(NotPermitted):
        office.write("iris", "decision-accept", reasons="I like you.")
    with pytest.raises(NotFound):
        office.write("iris", "no-such-letter")


def test_an_empty_letter_is_not_sent(organisation: Organisation) -> None:
    _, office = case_in(organisation)
    office.open("iris", "routing")
    with pytest.raises(LetterError, match="message"):
        office.write("iris", "message", message="   ")
    assert Outgoing.objects.filter(case=office.case).count() == 1  # the status alone


def test_the_applicant_reads_a_signed_letter_in_his_language(organisation: Organisation) -> None:
    dov, office = case_in(organisation, language="ru")
    office.open("iris", "routing")
    office.write("iris", "message", message="Мы прочитали ваш рассказ.")
    status, letter = dov.mailbox()
    assert (status.kind, status.stage, status.text) == ("status", "prescreen", "")
    assert (letter.kind, letter.language, letter.number) == ("message", "ru", 2)
    assert "Мы прочитали ваш рассказ." in letter.text


def test_another_receipt_opens_nothing(organisation: Organisation) -> None:
    _, office = case_in(organisation)
    office.open("iris", "routing")
    sealed = bytes(Outgoing.objects.get(case=office.case).sealed)
    with pytest.raises(NoMatchingKey):
        open_letter(Applicant(organisation).keys, sealed)


def test_letters_of_every_kind_have_one_size_and_one_name_at_the_gate(organisation: Organisation) -> None:
    """Whoever seizes the Gate must not see who was refused and who was asked."""
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    office.write("ada", "question", question="Where were you in 2019? " * 20)
    office.write("ada", "message", message="We read on.")
    rows = Outgoing.objects.filter(case=office.case)
    assert rows.count() > 3
    assert len({len(bytes(row.sealed)) for row in rows}) == 1
    assert {row.kind for row in rows} == {"letter"}


def test_a_question_stays_open_until_a_letter_comes_back(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    office.write("ada", "question", question="Where were you in 2019?")
    case = Case.objects.get(pk=dov.case)
    assert selectors.case_facts(case, now=organisation.now).open_questions == 1
    dov.answer("At my aunt's, by the sea.")
    assert selectors.case_facts(case, now=organisation.now).open_questions == 0
    (moment,) = [m for m in timeline(dov.case) if m.event is Event.MESSAGE_RECEIVE]
    assert moment.payload["answered"] == 1


def test_an_answer_is_read_recorded_first_and_then_no_longer_unread(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    letter = dov.answer("At my aunt's, by the sea.")
    page = selectors.case_page(
        Case.objects.get(pk=dov.case).code, viewer=organisation.actor("ada"), now=organisation.now
    )
    assert page.letters[0].unread
    opened = services.open_letter(
        case_uid=dov.case, letter_uid=letter.uid, actor=organisation.actor("ada"), now=organisation.now
    )
    assert opened.body == "At my aunt's, by the sea."
    assert timeline(dov.case)[-1].event is Event.COMPARTMENT_OPEN
    letter.refresh_from_db()
    assert letter.read_at is not None


def test_our_own_copy_can_be_read_again_and_another_cases_letter_cannot(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    other, _ = case_in(organisation, "questionnaire")
    office.keep("ada")
    sent = office.write("ada", "message", message="We read on.")
    assert "We read on." in _read(office.case, sent.uid, organisation).body
    with pytest.raises(NotFound):
        _read(other.case, sent.uid, organisation)


def _read(case: str, letter: str, organisation: Organisation) -> services.OpenedLetter:
    return services.open_letter(
        case_uid=case, letter_uid=letter, actor=organisation.actor("ada"), now=organisation.now
    )


def test_a_delivered_letter_leaves_no_bytes_behind(organisation: Organisation) -> None:
    dov, office = case_in(organisation)
    office.open("iris", "routing")
    office.write("iris", "countersign")
    waiting = selectors.outgoing_undelivered()
    courier = courier_actor(organisation.now)
    uids = [row.uid for row in waiting]
    assert services.letters_delivered(uids=uids, actor=courier, now=organisation.now) == 2
    assert services.letters_delivered(uids=uids, actor=courier, now=organisation.now) == 0
    assert selectors.outgoing_undelivered() == []
    assert {bytes(row.sealed) for row in Outgoing.objects.filter(case=dov.case)} == {b""}


def test_only_the_courier_delivers(organisation: Organisation) -> None:
    with pytest.raises(NotPermitted):
        services.letters_delivered(uids=[], actor=organisation.actor("iris"), now=organisation.now)


def test_numbers_go_on_after_delivery(organisation: Organisation) -> None:
    dov, office = case_in(organisation)
    office.open("iris", "routing")
    courier = courier_actor(organisation.now)
    uids = [row.uid for row in selectors.outgoing_undelivered()]
    services.letters_delivered(uids=uids, actor=courier, now=organisation.now)
    office.write("iris", "countersign")
    assert [letter.number for letter in dov.mailbox()] == [2]
