# SPDX-License-Identifier: AGPL-3.0-or-later
"""Evidence is sealed, counted and in the ledger together; the database knows codes and nothing else."""

from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import case_in
from tests.organisation import Organisation
from watchword.cases import services as case_services
from watchword.cases.models import EvidenceMark
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.vetting import selectors, services
from watchword.vetting.models import Evidence

CANARY = "the miller of Zabolotivka"


def test_an_item_is_sealed_counted_and_in_the_ledger(organisation: Organisation) -> None:
    _, office = case_in(organisation, "interviews")
    item = office.record("ada", "interview", facts=CANARY)
    moment = timeline(office.case)[-1]
    assert (moment.event, moment.payload["kind"], moment.payload["source_grade"]) == (
        Event.EVIDENCE_ADD,
        "interview",
        "B",
    )
    assert (
        EvidenceMark.objects.filter(case=office.case, kind="interview", staff=item.recorded_by).count() == 1
    )


def test_no_word_of_it_lies_in_the_clear(organisation: Organisation) -> None:
    _, office = case_in(organisation, "interviews")
    office.record("ada", "interview", facts=CANARY, source=CANARY, favourable=CANARY)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert CANARY not in str(cursor.fetchall()), table
    files = [path for path in Path(organisation.home).rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if CANARY.encode() in path.read_bytes()]


def test_the_recorder_and_the_board_read_it_again(organisation: Organisation) -> None:
    _, office = case_in(organisation, "board")
    item = next(row for row in Evidence.objects.filter(case=office.case, kind="check"))
    for who in ("ada", "eva"):
        assert _open(office.case, item.uid, who, organisation).facts.startswith("The baker")
        assert timeline(office.case)[-1].payload["purpose"] == "evidence"


def _open(case: str, item: str, who: str, organisation: Organisation) -> services.OpenedEvidence:
    return services.open_evidence(
        case_uid=case, evidence_uid=item, actor=organisation.actor(who), now=organisation.now
    )


def test_the_examiner_sees_her_own_item_in_codes_and_opens_none(organisation: Organisation) -> None:
    _, office = case_in(organisation, "polygraph")
    mine = office.record("pola", "polygraph")
    rows = selectors.evidence(office.case, viewer=organisation.actor("pola"))
    assert [row.uid for row in rows] == [mine.uid]
    with pytest.raises(NotPermitted):
        _open(office.case, mine.uid, "pola", organisation)


def test_a_stranger_and_another_cases_item_are_not_there(organisation: Organisation) -> None:
    _, office = case_in(organisation, "interviews")
    _, other = case_in(organisation, "interviews")
    item = office.record("ada", "interview")
    with pytest.raises(NotFound):
        _open(office.case, item.uid, "hugo", organisation)
    with pytest.raises(NotFound):
        _open(other.case, item.uid, "ada", organisation)
    with pytest.raises(NotFound):
        selectors.evidence(office.case, viewer=organisation.actor("cleo"))


def test_law_three_holds_below_the_page_as_well(organisation: Organisation) -> None:
    """Whoever calls the counting itself, past vetting's own check, is refused too."""
    _, office = case_in(organisation, "interviews")
    office.record("ada", "interview")
    for kind in ("second-reading", "polygraph"):
        with pytest.raises(NotPermitted):
            case_services.note_evidence(
                case_uid=office.case, kind=kind, actor=organisation.actor("ada"), now=organisation.now
            )


def test_the_second_reader_is_somebody_else(organisation: Organisation) -> None:
    _, office = case_in(organisation, "reading")
    for who in ("ada", "hugo"):
        with pytest.raises(NotPermitted, match="someone else"):
            office.record(who, "second-reading")


def test_whoever_has_a_tie_records_nothing(organisation: Organisation) -> None:
    _, office = case_in(organisation, "interviews")
    office.tie("ada")
    with pytest.raises(NotFound):
        office.record("ada", "interview")


def test_an_unknown_kind_or_guideline_is_refused(organisation: Organisation) -> None:
    _, office = case_in(organisation, "interviews")
    with pytest.raises(WrongState):
        office.record("ada", "interview", guideline="Z")
    with pytest.raises(NotFound):
        services.add_evidence(
            case_uid=office.case,
            kind="hearsay",
            guideline="D",
            source_grade="A",
            information_grade="1",
            disclosure="open",
            bearing="against",
            facts="x",
            source="",
            favourable="x",
            actor=organisation.actor("ada"),
            now=organisation.now,
        )


@pytest.mark.parametrize(
    "wrong",
    [{"source_grade": "G"}, {"information_grade": "0"}, {"disclosure": "secret"}, {"bearing": "0.7"}],
    ids=str,
)
def test_the_database_itself_refuses_an_ungraded_item(
    organisation: Organisation, wrong: dict[str, str]
) -> None:
    _, office = case_in(organisation, "interviews")
    item = office.record("ada", "interview")
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=item.pk).update(**wrong)
