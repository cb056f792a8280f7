# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 6: no composite risk score of a person, no queue sorted by a score, no automatic refusal."""

import ast
from pathlib import Path

from django.apps import apps
from django.db import models

from tests.cast import PROFILE, Applicant, Office, stage_of
from tests.clock import TODAY
from tests.decisions.at_the_table import CANDOUR, Table
from tests.laws.breaking import DESK_APPS
from tests.organisation import Organisation
from watchword.cases.models import Case
from watchword.cases.selectors import case_list
from watchword.core.procedure import APPLICANT
from watchword.core.procedure.needs import Countersigned

WATCHWORD = Path(__file__).resolve().parents[2] / "watchword"
NUMERIC = (models.IntegerField, models.FloatField, models.DecimalField, models.DurationField)
NUMBERS_THAT_MEASURE_NO_PERSON = {
    "accounts.FailedLogIns.count": "wrong log-ins of a member of staff",
    "accounts.Passkey.sign_count": "how often a key of a member of staff was used",
    "accounts.RewrapRun.left": "records that wait for a new key",
    "accounts.RewrapRun.total": "records that waited for a new key",
    "accounts.RoleKey.epoch": "which key of a role",
    "accounts.RoleKey.named_by": "which manifest",
    "accounts.Staff.last_step": "the last one-time code used",
    "cases.Case.heard_before": "letters that had come when the stage began",
    "cases.Case.profile_version": "which version of the procedure",
    "cases.Case.version": "how often the row was changed",
    "cases.Letter.number": "the number of a letter",
    "cases.Likeness.agree": "how much of one text stands in another; shown beside it, and orders nothing",
    "cases.Look.before": "how far a member of staff had read",
    "cases.Look.read_to": "how far a member of staff has read",
    "cases.SavedChoice.number": "the key of a member of staff's own filter",
    "cases.Outgoing.number": "the number of a letter",
    "cases.VersionProposal.to_version": "which version of the procedure",
    "custody.Answer.number": "which answer of a release",
    "custody.Batch.needed": "how many shares open it",
    "custody.Batch.seats": "how many shares there are",
    "custody.BatchAnswer.number": "which answer of a batch",
    "custody.Release.needed": "how many shares open it",
    "custody.Release.seats": "how many shares there are",
    "decisions.Decision.independent_grounds": "counted for law 1 alone",
    "decisions.Dossier.records": "how many sealed records a dossier was made of",
    "decisions.Proposal.independent_grounds": "counted for law 1 alone",
    "decisions.Proposal.quorum": "votes needed",
    "decisions.Proposal.round": "first or second round",
    "decisions.Review.number": "which review of a decision",
    "journal.PendingEntry.leaf_index": "the place in the ledger",
    "matching.LinkJudgement.number": "which judgement of a link",
    "screening.Hit.list_version": "which version of a list",
    "screening.ScreeningRun.number": "which comparison of a case",
    "screening.ScreeningRun.table_version": "which version of the tables of names",
    "vault.SealedRecord.body_size": "bytes",
    "vault.SealedRecord.manifest_version": "which manifest",
    "vault.SealedRecord.revision": "which revision",
    "vault.Unopenable.manifest_version": "which manifest",
}


def test_no_table_of_the_desk_has_a_number_that_measures_a_person() -> None:
    """Whoever adds a number to a table says here what it counts, and a reader of the change asks why."""
    found = {
        f"{model._meta.label}.{field.name}"
        for name in DESK_APPS
        for model in apps.get_app_config(name).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, NUMERIC) and not field.primary_key
    }
    assert found == set(NUMBERS_THAT_MEASURE_NO_PERSON)


def test_no_evidence_moves_a_case_in_the_queue(organisation: Organisation) -> None:
    first, second, danger = (Applicant(organisation), Applicant(organisation), Applicant(organisation))
    offices = [Office(organisation, one.apply().uid).standing_in("checks") for one in (first, second, danger)]
    Case.objects.filter(pk=danger.case).update(danger_declared=True)
    viewer = organisation.actor("ada")
    before = [row.code for row in case_list(viewer=viewer, today=TODAY).rows]
    assert before[0] == Case.objects.get(pk=danger.case).code, "danger comes first, and only danger"
    for office, bearing, grade in zip(offices, ("against", "for", "against"), ("A", "F", "E"), strict=True):
        office.keep("ada")
        office.record("ada", "check", bearing=bearing, source_grade=grade)
        office.record("ada", "reference", bearing=bearing, source_grade=grade, guideline="A")
    assert [row.code for row in case_list(viewer=viewer, today=TODAY).rows] == before


def test_a_list_of_cases_is_ordered_by_danger_and_time(organisation: Organisation) -> None:
    for minutes in (3, 1, 2):
        case = Applicant(organisation).apply()
        received = organisation.now.replace(second=minutes)
        Case.objects.filter(pk=case.uid).update(received=received, danger_declared=minutes == 2)
    rows = case_list(viewer=organisation.actor("iris"), today=TODAY).rows
    order = [Case.objects.get(code=row.code).received.second for row in rows]
    assert order == [2, 1, 3]


def test_every_way_into_a_refusal_needs_a_countersigned_decision() -> None:
    against = {
        outcome.to_stage for outcome in PROFILE.decision.outcomes if outcome.needs_reply or outcome.adverse
    }
    ways = [
        (stage.id, way)
        for stage in PROFILE.stages
        for way in stage.exits
        if way.to in against - {"redirected"} and way.by != {APPLICANT}
    ]
    assert {way.to for _, way in ways} == {"refusal-intended", "appealable", "refused"}
    for stage, way in ways:
        signed = any(isinstance(need, Countersigned) for need in way.needs)
        # Where an appeal could have come and did not, the countersigned refusal stands already.
        assert signed or stage == "appealable", f"{stage}: {way.action}"


def test_no_clock_refuses_anybody(table: Table) -> None:
    """However long nothing happens, the case stays where people left it."""
    table.decide(CANDOUR, outcome="refuse")
    table.days_later(400)
    table.organisation.browser("ada").get("/")
    table.organisation.browser("ben").get("/cases/")
    assert stage_of(table.case) == "refusal-intended"


def test_only_the_countersignature_carries_out_an_outcome() -> None:
    """A second caller of `apply_outcome` would be a way to refuse somebody without a board."""
    callers = {
        str(path.relative_to(WATCHWORD))
        for path in WATCHWORD.rglob("*.py")
        if "apply_outcome" in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "apply_outcome"
    }
    assert callers == {"decisions/services.py"}
