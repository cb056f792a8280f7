# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 8: the whole matrix against every address: who walks past all pages sees what the matrix says, no more.

In every compartment lies a word that stands nowhere else. Each role asks every address that it may, in a case
that it takes part in: pages and what they open, files and refusals; all of every answer is looked through.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from tests.cases.test_work import note
from tests.cast import PROFILE, RELATIVES, STORY, Applicant
from tests.custody.around_a_safe import Safe
from tests.decisions.at_the_table import CANDOUR, Table, laid
from tests.laws.addresses import Address, addresses, gaps_of
from tests.laws.matrix import DEVIATIONS, MATRIX, OWN, OWN_ROLES, ROLES, reads, right
from tests.laws.test_law_8_every_grant import PATHS, rule_of
from tests.laws.test_law_8_nobody_sees_more import DEMO, OPEN
from tests.organisation import Organisation
from tests.protection.at_the_desk import asked_for, reported
from tests.runs import Custodians
from watchword.accounts.rules import CUSTODIANS, ROLE_PERMISSIONS
from watchword.accounts.services import courier_actor
from watchword.cases.models import Case
from watchword.cases.rules.judged import Verdict
from watchword.cases.services.arrivals import take_in
from watchword.core.procedure import Answer, Answers, Section, parted
from watchword.core.procedure.custody import SEATS
from watchword.decisions.grounds import Ground
from watchword.screening import services as screening
from watchword.screening.models import Hit

WALKERS = {
    "halyna": ("custodian", "board"),
    "iris": ("intake", "prescreen"),
    "ada": ("vetting", "board"),
    "sofia": ("screening", "checks"),
    "pola": ("examiner", "polygraph"),
    "mira": ("medical", "medical"),
    "ben": ("board", "board"),
    "tess": ("training", "board"),
    "aud": ("auditor", "board"),
    "petro": ("administrator", "board"),
}
"""Somebody of each column, and a stage in which that role takes part in the case, if in any."""
ENDS_A_RELEASE = {"custody:end", "protection:destroy"}
ENDS_THE_SESSION = {"accounts:log_out", "accounts:lock"}
RULES = {name: rule_of(view) for name, _, view in PATHS}


def word(compartment: str) -> str:
    return f"heron-of-{compartment}-sings"


class Marked(Applicant):
    """Writes into each compartment the word of that compartment, wherever there is room for words."""

    def payload(self, section: Section, answers: Answers) -> bytes:
        compartment = next(one for one, part in parted(section, answers).items() if part == answers)
        return super().payload(section, {name: _marked(one, compartment) for name, one in answers.items()})


def _marked(answer: Answer, compartment: str) -> Answer:
    if answer == RELATIVES:
        return ({"name": word(compartment)},)
    return word(compartment) if answer == STORY else answer


def planted(organisation: Organisation) -> tuple[Table, dict[str, list[str]]]:
    """A case with its word in every compartment, written by whoever writes there; what stands in the gaps."""
    table = laid(organisation)
    dov, office = Marked(organisation, case=table.case), table.office
    ground = Ground(CANDOUR.guideline, CANDOUR.source, word("decision"), word("decision"))
    table.propose(ground, closed_reasons=word("decision"))
    gaps = {name: [one] for name, one in gaps_of(table).items()}
    _sent(dov)
    dov.lodge(7, surname=word("identity"), birth_place=word("birth"), passport=word("passport"))
    letter = dov.answer(word("contact"))
    item = office.record("ada", "check", facts=word("evidence"), source=word("sources"))
    for compartment, who in (("contact", "ada"), ("story", "ada"), ("decision", "ben")):
        note(office, who, compartment, word(compartment))
    safe = Safe(organisation, dov, office)
    kept = ("relatives", "identity", "birth", "passport")
    release = safe.give(safe.ask(words=word("releases"), elements=kept), "halyna", "jonas", "katrin")
    apart = Custodians(organisation).names(table.case, words=word("releases"))
    hit = Hit.objects.get(pk=gaps["hit"][0])
    screening.judge(
        hit_uid=hit.uid,
        verdict=Verdict.UNSURE,
        reason=word("screening"),
        seen=hit.record_id,
        actor=organisation.actor("sofia"),
        now=organisation.now,
    )
    enquiry = asked_for(organisation, said=word("protection"))
    compromise = reported(organisation, table.case, words=word("protection"))
    return table, gaps | {
        "compromise": [compromise.uid],
        "enquiry": [enquiry.uid],
        "release": [release.uid, apart.uid],
        "compartment": [*PROFILE.compartments],
        "letter": [letter.uid],
        "item": [item.uid],
        "staff_id": [organisation.staff["ada"].uid],
    }


def _sent(dov: Marked) -> None:
    """Every page again as the applicant corrects it, whether or not it was asked for in this case."""
    now, signer = dov.organisation.now, courier_actor(dov.organisation.now)
    for section in PROFILE.questionnaire.every_section:
        if section.id not in {"identity", "files"}:
            changed: dict[str, Answer] = {"close": RELATIVES} if section.id == "relatives" else {}
            parcel = dov.parcel("section", *dov.parts(section, 7, **changed))
            take_in(parcel, Case.objects.get(pk=dov.case), actor=signer, now=now, told_as="section")


def walked(
    organisation: Organisation, who: str, role: str, gaps: dict[str, list[str]], only_sent: set[str]
) -> Iterator[bytes]:
    """Every answer that this person gets, from every address that the role may ask.

    What is opened or done has no page of its own: ``only_sent`` collects these for the next person.
    """
    client, may = organisation.browser(who), ROLE_PERMISSIONS.get(role, frozenset())
    for address in sorted(addresses(), key=lambda one: one.name in ENDS_A_RELEASE):
        rule = RULES.get(address.name)
        if address.name in OPEN | DEMO | ENDS_THE_SESSION or not (rule is None or rule in may):
            continue
        for asked in _each(address, gaps):
            answer = None if address.name in only_sent else client.get(asked)
            if answer is None or answer.status_code == 405:
                only_sent.add(address.name)
                answer = client.post(asked)
            yield _all_of(answer, asked)


def _all_of(answer: Any, asked: str) -> bytes:
    """The whole answer, without the code that whoever typed this address knew."""
    known = re.search(r"WW-\w{4}-\d\d", asked)
    every: bytes = b"".join(answer) + repr(answer.headers).encode()
    return every.replace(known[0].encode(), b"") if known else every


def _each(address: Address, gaps: dict[str, list[str]]) -> Iterator[str]:
    names = sorted(address.gaps)
    for values in product(*(gaps[name] for name in names)):
        yield address.of(dict(zip(names, values, strict=True)))


def test_what_each_role_reads_anywhere_is_what_the_matrix_says(organisation: Organisation) -> None:
    table, gaps = planted(organisation)
    (code,) = gaps["code"]
    words = {one: word(one) for row in MATRIX for one in row.compartments} | {"code": code}
    only_sent: set[str] = set()
    for who, (column, stage) in WALKERS.items():
        # Where a case stands is the one thing about it that has nothing to do with who may read what.
        Case.objects.filter(pk=table.case).update(stage=stage)
        every = b"".join(walked(organisation, who, ROLES.get(column, column), gaps, only_sent))
        seen = {one for one, text in words.items() if text.encode() in every}
        assert seen == reads(column), who


def test_every_compartment_and_every_role_stands_in_the_matrix() -> None:
    lie = {one for row in MATRIX for one in row.compartments} - {"code", "sources"}
    assert lie == set(PROFILE.compartments) - set(SEATS)
    roles = {*ROLES.values(), *OWN_ROLES}
    assert {role.id for role in PROFILE.roles} - CUSTODIANS == roles - CUSTODIANS - {"training"}
    assert {column for column, _ in WALKERS.values()} == {*ROLES, *OWN_ROLES}
    # What deviates from nothing is no deviation.
    for (compartment, column), (given, why) in DEVIATIONS.items():
        assert why
        row = next(one for one in MATRIX if compartment in one.compartments)
        assert given != row.rights[list(ROLES).index(column)], (compartment, column)


@pytest.mark.parametrize("compartment", sorted(set(PROFILE.compartments) - set(SEATS)))
def test_the_procedure_seals_to_whom_the_matrix_says(compartment: str) -> None:
    """Held against what is sealed, besides what is shown: a key is a right, too."""
    given = {role for column, role in ROLES.items() if "R" in right(compartment, column)}
    given |= {column for column, those in OWN.items() if "R" in those.get(compartment, "")}
    sealed = PROFILE.compartment(compartment).readers - (CUSTODIANS - {"custodian-1"})
    # Sealed for a page that is still to come; the walk shows that there is none.
    assert sealed - given <= ({"auditor"} if compartment == "decision" else set())
    assert given <= sealed
