# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who works on a case, who is asked in, and who is kept out for good."""

import pytest

from tests.cast import case_in
from tests.organisation import Organisation
from watchword.cases import rules, selectors, services
from watchword.cases.models import Case
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.journal.events import Event
from watchword.journal.selectors import timeline


def test_the_keeper_is_in_the_ledger(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    moment = timeline(office.case)[-1]
    assert moment.event is Event.CASE_KEEPER
    assert moment.payload == {"keeper": organisation.staff["ada"].uid}


def test_a_kept_case_is_gone_for_others_until_they_are_asked(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    with pytest.raises(NotFound):
        office.keep("hugo")
    office.ask("ada", "hugo")
    assert selectors.find_by_uid(office.case, viewer=organisation.actor("hugo"))
    with pytest.raises(NotPermitted, match="Only the keeper"):
        office.ask("hugo", "lena")


def test_a_kept_case_is_given_to_nobody_else(organisation: Organisation) -> None:
    _, office = case_in(organisation, "questionnaire")
    office.keep("ada")
    lena = organisation.staff["lena"].uid
    for who, refusal in (("iris", NotPermitted), ("ada", WrongState)):
        with pytest.raises(refusal):
            services.assign_keeper(
                case_uid=office.case, staff_id=lena, actor=organisation.actor(who), now=organisation.now
            )


def test_a_tie_takes_the_case_away_for_good(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    office.tie("ada")
    case = Case.objects.get(pk=office.case)
    assert case.keeper_id is None
    assert selectors.ties(case.uid) == {organisation.staff["ada"].uid}
    with pytest.raises(NotFound):
        office.keep("ada")
    with pytest.raises(NotFound):
        office.open("ada", "story")
    office.keep("hugo")
    with pytest.raises(WrongState, match="tie"):
        office.ask("hugo", "ada")


def test_a_colleague_with_a_tie_is_no_colleague(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    office.ask("ada", "hugo")
    office.tie("hugo")
    assert not Case.objects.get(pk=office.case).colleagues.exists()


def test_an_invented_kind_of_tie_is_refused(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    with pytest.raises(WrongState):
        office.tie("ada", "I like his face")


def test_every_kind_of_tie_has_words() -> None:
    from watchword.cases.forms import TIES

    assert {kind for kind, _ in TIES} == set(rules.TIE_KINDS)
