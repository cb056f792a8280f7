# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case changes hands when the other accepts it, and stays where it is until then."""

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Office, case_in
from tests.organisation import Organisation
from watchword.cases import rules, selectors, services
from watchword.cases.models import Case, Offer
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.journal.events import Event
from watchword.journal.selectors import timeline


def offer(office: Office, who: str, to: str) -> Offer:
    organisation = office.organisation
    return services.offer_case(
        case_uid=office.case,
        staff_id=organisation.staff[to].uid,
        actor=organisation.actor(who),
        now=organisation.now,
    )


def accept(office: Office, who: str, made: Offer) -> Case:
    actor, now = office.organisation.actor(who), office.organisation.now
    return services.accept_case(offer_uid=made.uid, actor=actor, now=now)


def decline(office: Office, who: str, made: Offer, reason: str = "too-much") -> None:
    actor, now = office.organisation.actor(who), office.organisation.now
    services.decline_case(offer_uid=made.uid, reason=reason, actor=actor, now=now)


def take_back(office: Office, who: str) -> None:
    actor, now = office.organisation.actor(who), office.organisation.now
    services.take_offer_back(case_uid=office.case, actor=actor, now=now)


def keeper(office: Office) -> str:
    staff = Case.objects.get(pk=office.case).keeper
    return staff.login if staff else ""


def kept(organisation: Organisation) -> Office:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    return office


def test_until_it_is_accepted_the_case_is_the_old_keepers_alone(organisation: Organisation) -> None:
    office = kept(organisation)
    made = offer(office, "ada", "hugo")
    hugo = organisation.actor("hugo")
    assert keeper(office) == "ada"
    with pytest.raises(NotFound):
        selectors.find_by_uid(office.case, viewer=hugo)
    with pytest.raises(NotFound):
        office.open("hugo", "story")
    assert [row.url for row in selectors.offers_waiting_for(hugo).rows] == [f"/offer/{made.uid}/"]
    office.open("ada", "story")
    accept(office, "hugo", made)
    assert keeper(office) == "hugo"
    office.open("hugo", "story")
    with pytest.raises(NotFound):
        office.open("ada", "story")
    events = [moment.event for moment in timeline(office.case)]
    assert [event for event in events if event in {Event.CASE_OFFER, Event.CASE_OFFER_END}] == [
        Event.CASE_OFFER,
        Event.CASE_OFFER_END,
    ]


def test_only_who_was_asked_answers_and_only_once(organisation: Organisation) -> None:
    office = kept(organisation)
    made = offer(office, "ada", "hugo")
    for who in ("lena", "ada", "iris", "ben"):
        with pytest.raises(NotFound):
            accept(office, who, made)
        with pytest.raises(NotFound):
            decline(office, who, made)
    decline(office, "hugo", made)
    assert keeper(office) == "ada"
    for again in (accept, decline):
        with pytest.raises(NotFound):
            again(office, "hugo", made)
    told = timeline(office.case)[-1]
    assert (told.event, told.payload["reason"]) == (Event.CASE_OFFER_END, "too-much")
    with pytest.raises(WrongState, match="why you decline"):
        decline(office, "hugo", offer(office, "ada", "hugo"), "no-reason")


def test_a_case_is_offered_by_its_keeper_to_one_person_at_a_time(organisation: Organisation) -> None:
    office = kept(organisation)
    office.ask("ada", "hugo")
    with pytest.raises(NotPermitted, match="Only the keeper"):
        offer(office, "hugo", "lena")
    for who, refusal in (("iris", "Only somebody of vetting"), ("ada", "already")):
        with pytest.raises(WrongState, match=refusal):
            offer(office, "ada", who)
    offer(office, "ada", "lena")
    with pytest.raises(WrongState, match="Take that offer back"):
        offer(office, "ada", "hugo")
    with pytest.raises(NotPermitted):
        take_back(office, "hugo")
    take_back(office, "ada")
    with pytest.raises(WrongState, match="answered already"):
        take_back(office, "ada")
    assert selectors.offers_waiting_for(organisation.actor("lena")).rows == ()
    accept(office, "hugo", offer(office, "ada", "hugo"))
    assert not Case.objects.get(pk=office.case).colleagues.exists(), "a keeper is no colleague of himself"


def test_a_kept_case_cannot_be_pushed_onto_somebody(organisation: Organisation) -> None:
    office = kept(organisation)
    with pytest.raises(WrongState, match="offer it"):
        services.assign_keeper(
            case_uid=office.case,
            staff_id=organisation.staff["hugo"].uid,
            actor=organisation.actor("ada"),
            now=organisation.now,
        )


def test_who_may_know_the_applicant_declines_and_is_kept_out_for_good(organisation: Organisation) -> None:
    """Law 4, also before anything of the case was seen."""
    office = kept(organisation)
    decline(office, "hugo", offer(office, "ada", "hugo"), rules.MAY_KNOW)
    assert selectors.ties(office.case) == {organisation.staff["hugo"].uid}
    with pytest.raises(WrongState, match="tie"):
        offer(office, "ada", "hugo")
    page = selectors.case_page(
        Case.objects.get(pk=office.case).code, viewer=organisation.actor("ada"), now=organisation.now
    )
    assert [row.name for row in page.people.recused] == ["Hugo"]
    assert "hugo" not in [name.lower() for _, name in page.people.candidates]


@pytest.mark.parametrize("who", ["ada", "hugo"])
def test_a_tie_of_either_ends_the_offer(organisation: Organisation, who: str) -> None:
    office = kept(organisation)
    office.ask("ada", "hugo")
    made = offer(office, "ada", "hugo")
    office.tie(who)
    with pytest.raises(Refused):
        accept(office, "hugo", made)
    assert Offer.objects.get().outcome == "lapsed"
    assert keeper(office) == ("" if who == "ada" else "ada")


def test_an_offer_of_a_case_that_has_ended_is_none(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    made = offer(office, "ada", "hugo")
    dov.withdraw()
    with pytest.raises(NotFound):
        accept(office, "hugo", made)
    assert selectors.offers_waiting_for(organisation.actor("hugo")).rows == ()


def test_the_database_refuses_half_an_answer(organisation: Organisation) -> None:
    office = kept(organisation)
    offer(office, "ada", "hugo")
    for wrong in ({"outcome": "accepted"}, {"outcome": "perhaps"}, {"to": organisation.staff["ada"].uid}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Offer.objects.update(**wrong)
