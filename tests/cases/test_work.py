# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes for one compartment's readers, tasks with a day, and what is new since somebody last looked."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Office, case_in
from tests.organisation import Organisation
from watchword.cases import selectors, services
from watchword.cases.models import Case, Task
from watchword.cases.selectors.tasks import waiting_for
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.vault.models import SealedRecord

WORDS = "His brother-in-law still works at the harbour office."


def note(office: Office, who: str, compartment: str = "story", text: str = WORDS) -> None:
    organisation = office.organisation
    actor = organisation.actor(who)
    services.write_note(
        case_uid=office.case, compartment=compartment, text=text, actor=actor, now=organisation.now
    )


def notes(office: Office, who: str, compartment: str = "story") -> list[tuple[str, str]]:
    organisation = office.organisation
    opened = services.open_notes(
        case_uid=office.case, compartment=compartment, actor=organisation.actor(who), now=organisation.now
    )
    return [(one.by, one.text) for one in opened.notes]


def task(office: Office, who: str, to: str, *, days: int = 3, remind: int = 0, words: str = "") -> Task:
    organisation = office.organisation
    today = organisation.now.date()
    return services.set_task(
        case_uid=office.case,
        kind="referee",
        staff_id=organisation.staff[to].uid,
        due=today + timedelta(days=days),
        remind=today + timedelta(days=remind),
        compartment="story",
        words=words,
        actor=organisation.actor(who),
        now=organisation.now,
    )


def end(office: Office, who: str, uid: str, outcome: str = "done") -> None:
    actor, now = office.organisation.actor(who), office.organisation.now
    services.end_task(case_uid=office.case, task_uid=uid, outcome=outcome, actor=actor, now=now)


def waits(office: Office, who: str, days: int = 0) -> list[str]:
    organisation = office.organisation
    rows = waiting_for(organisation.actor(who), now=organisation.now + timedelta(days=days))
    return [str(row.what) for row in (*rows.soon.rows, *rows.later.rows)]


def test_a_note_opens_to_the_readers_of_its_compartment_and_to_nobody_else(
    organisation: Organisation,
) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    note(office, "ada")
    note(office, "ada", text="Second thoughts.")
    assert notes(office, "ada") == [("Ada", "Second thoughts."), ("Ada", WORDS)]
    opened = [moment for moment in timeline(office.case) if moment.event is Event.COMPARTMENT_OPEN]
    assert [moment.payload["purpose"] for moment in opened[-2:]] == ["note", "note"]
    # Screening knows of this case, and reads no story; Hugo reads stories, and does not know of it.
    for who, refusal in (("sofia", NotPermitted), ("hugo", NotFound), ("iris", NotFound)):
        with pytest.raises(refusal):
            notes(office, who)
        with pytest.raises(refusal):
            note(office, who)
    sealed = SealedRecord.objects.filter(case=office.case, kind="note")
    assert [row.readers for row in sealed] == [["board", "vetting"]] * 2
    kept = [path.read_bytes() for path in organisation.home.rglob("*") if path.is_file()]
    assert kept
    assert not [one for one in kept if WORDS.encode() in one]


def test_nothing_is_noted_where_one_may_not_work(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    with pytest.raises(NotPermitted, match="Take this case first"):
        note(office, "ada")
    office.keep("ada")
    with pytest.raises(WrongState, match="Nothing is written"):
        note(office, "ada", text=" \n ")
    dov.withdraw()
    with pytest.raises(WrongState, match="closed"):
        note(office, "ada")
    assert not Case.objects.get(pk=office.case).notes.exists()


def test_a_note_is_no_answer_of_the_applicant(organisation: Organisation) -> None:
    """It lies in the same compartment, and must neither be shown nor told to the applicant as theirs."""
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    note(office, "ada")
    notes(office, "ada")
    shown = office.open("ada", "story")
    assert all(piece.piece.kind != "note" for piece in shown.pieces)
    office.write("ada", "message", message="Thank you.")
    assert {one.purpose for one in dov.mailbox()[-1].opened} == {"case-work"}


def test_a_task_reminds_from_its_day_on_until_it_is_ended(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    office.ask("ada", "hugo")
    set_one = task(office, "ada", "hugo", days=3, remind=2, words=WORDS)
    assert [waits(office, "hugo", days) for days in (0, 1)] == [[], []]
    assert waits(office, "hugo", 2) == ["Task: Reach somebody who knows the applicant."]
    assert waits(office, "ada", 9) == []
    assert notes(office, "hugo") == [("Ada", WORDS)]
    end(office, "hugo", set_one.uid)
    assert waits(office, "hugo", 9) == []
    with pytest.raises(WrongState, match="already"):
        end(office, "ada", set_one.uid, "dropped")
    told = [moment.payload for moment in timeline(office.case)[-2:]]
    assert [one.get("outcome") for one in told if "task" in one] == ["done"]


def test_a_task_goes_to_nobody_who_does_not_work_here(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    with pytest.raises(WrongState, match="works on this case"):
        task(office, "ada", "lena")
    with pytest.raises(WrongState, match="has passed"):
        task(office, "ada", "ada", days=-1, remind=-1)
    with pytest.raises(WrongState, match="reminder"):
        task(office, "ada", "ada", days=1, remind=2)
    with pytest.raises(NotFound):
        task(office, "hugo", "hugo")
    with pytest.raises(NotPermitted):
        task(office, "sofia", "ada")
    assert not Task.objects.exists()


def test_a_task_is_ended_by_who_has_it_who_set_it_or_the_keeper(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    for who in ("hugo", "lena"):
        office.ask("ada", who)
    of_hugo = task(office, "hugo", "hugo")
    with pytest.raises(NotPermitted, match="Only who has this task"):
        end(office, "lena", of_hugo.uid)
    for wrong in ("finished", ""):
        with pytest.raises(NotFound):
            end(office, "hugo", of_hugo.uid, wrong)
    end(office, "ada", of_hugo.uid, "dropped")


def test_who_is_recused_is_reminded_of_nothing(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    office.ask("ada", "hugo")
    task(office, "ada", "hugo")
    office.tie("hugo")
    assert waits(office, "hugo", 9) == []


def test_the_database_refuses_half_a_task(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    task(office, "ada", "ada")
    for wrong in ({"outcome": "done"}, {"remind": "2027-01-01"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Task.objects.update(**wrong)


def looked(office: Office, who: str, minutes: int) -> list[str]:
    """What is marked as new when this person looks, so many minutes after the beginning."""
    organisation = office.organisation
    actor, now = organisation.actor(who), organisation.now + timedelta(minutes=minutes)
    code = Case.objects.get(pk=office.case).code
    case = selectors.find(code, viewer=actor)
    look = services.note_look(case=case, actor=actor, now=now)
    page = selectors.page_of(case, viewer=actor, now=now, look=look)
    assert page.news == sum(row.new for row in page.timeline)
    return [str(row.what) for row in page.timeline if row.new] + [
        f"{row.id}: {row.new}" for row in page.compartments if row.new
    ]


def test_what_came_since_the_last_visit_is_marked_until_the_next_one(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    office.ask("ada", "hugo")
    assert looked(office, "ada", 0) == []
    dov.answer("At my aunt's.", compartment="story")
    note(office, "ada")
    note(office, "hugo")
    news = ["Noted in: Story", "A letter of the applicant came in", "story: 2"]
    assert looked(office, "ada", 10) == news
    assert looked(office, "ada", 60) == []
    note(office, "hugo")
    assert looked(office, "ada", 120) == ["Noted in: Story", "story: 1"]
    assert looked(office, "ada", 130) == ["Noted in: Story", "story: 1"]
    assert looked(office, "ada", 200) == []
    assert looked(office, "hugo", 200) == [], "a first visit marks nothing that was there"


def test_a_look_of_a_stranger_leaves_no_trace(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    with pytest.raises(NotFound):
        looked(office, "hugo", 0)
    assert not Case.objects.get(pk=office.case).looks.exists()
