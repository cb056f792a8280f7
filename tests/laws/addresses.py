# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every address that the Desk answers, from the program itself, and what stands in its gaps for one case."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cases.test_work import task
from tests.decisions.at_the_table import Table
from tests.organisation import Organisation
from watchword.cases.models import Case, Task
from watchword.cases.selectors.pieces import pieces_of
from watchword.decisions.models import Proposal
from watchword.screening import sheet
from watchword.screening.models import Hit, ScreeningRun
from watchword.screening.rules import COMPARTMENT
from watchword.screening.services.keeping import RECORD_KIND
from watchword.screening.sheet import Sheet
from watchword.vault import services as vault
from watchword.vault.models import SealedRecord
from watchword.vault.selectors import records
from watchword.vetting.models import Evidence


@dataclass(frozen=True)
class Address:
    """One address of the program: its name, and what stands in its gaps."""

    name: str
    gaps: frozenset[str]

    def of(self, given: dict[str, str]) -> str:
        return reverse(self.name, kwargs={gap: given[gap] for gap in self.gaps})


def addresses() -> list[Address]:
    """Every address that the Desk answers."""
    return sorted(_walk(get_resolver("watchword.config.urls_desk"), ""), key=lambda one: one.name)


def _walk(resolver: URLResolver, space: str) -> Iterator[Address]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            yield Address(f"{space}{one.name}", frozenset(one.pattern.converters))


def gaps_of(table: Table) -> dict[str, str]:
    """What stands in the gaps of an address of this case."""
    case = Case.objects.get(pk=table.case)
    name = records(table.case, "identity").get()
    attached = next(piece for piece in pieces_of(case) if piece.is_file)
    return {
        "code": case.code,
        "compartment": "story",
        "letter": case.letters.earliest("number").uid,
        "record": attached.uid,
        "template": "question",
        "action": "remit",
        "item": Evidence.objects.filter(case=table.case).earliest("uid").uid,
        "kind": "check",
        "task": _task(table).uid,
        "proposal": Proposal.objects.get().uid,
        "staff_id": table.organisation.staff["petro"].uid,
        "role": "vetting",
        "handle": "0011",
        "passkey": "0011",
        "recovery": "0011",
        "call": "0011",
        "change": "0011",
        "clone": "0011",
        "link": "0011",
        "offer": "0011",
        "release": "0011",
        "enquiry": "0011",
        "compromise": "0011",
        "sign": "0011",
        "review": "0011",
        "batch": "0011",
        "splitting": "0011",
        "number": "1",
        "hit": _hit(case, name, table.organisation).uid,
    }


def _task(table: Table) -> Task:
    """Something to be done in the case; made once."""
    return Task.objects.filter(case=table.case).first() or task(table.office, "ada", "ada")


def _hit(case: Case, name: SealedRecord, organisation: Organisation) -> Hit:
    """A listed person who resembles the applicant; made once for a case."""
    if found := Hit.objects.filter(case=case).first():
        return found
    sofia = organisation.actor("sofia")
    sealed = vault.seal_record(
        case=case.uid,
        compartment=COMPARTMENT,
        kind=RECORD_KIND,
        payload=sheet.encode(Sheet("un", 1, "0d" * 32, -12.0, 0.0, 0.5, ())),
        signer=sofia.signer,
        now=organisation.now,
        readers=["screening"],
    )
    run = ScreeningRun.objects.create(
        uid="ab" * 16,
        batch="0011",
        case=case,
        number=1,
        identity=name,
        reason="new",
        lists={},
        table_version=1,
        by=organisation.staff["sofia"],
        at=organisation.now,
    )
    sides = {"record_id": sealed.uid, "first_run": run, "last_run": run}
    return Hit.objects.create(uid="cd" * 16, case=case, list_id="un", list_version="1", **sides)
