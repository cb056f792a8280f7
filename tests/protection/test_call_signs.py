# SPDX-License-Identifier: AGPL-3.0-or-later
"""A call sign is drawn, chosen, sealed to custodians, and never given out again."""

import pytest

from tests.cast import case_in
from tests.organisation import CAST, Organisation
from tests.protection.at_the_desk import code_of, draw, issue, read_sign
from watchword.cases.models import Tie
from watchword.core.refusals import NotFound, Refused, WrongState
from watchword.journal.selectors import timeline
from watchword.protection import selectors, services
from watchword.protection.forms import packed, unpacked
from watchword.protection.models import CallSign, TakenMarks
from watchword.protection.rules import CHOSEN, STILL_FREE
from watchword.protection.services import Offer


def test_only_custodians_draw_give_out_and_open_and_each_time_is_recorded(organisation: Organisation) -> None:
    _, office = case_in(organisation)
    offer = draw(organisation, office.case)
    given = issue(organisation, offer)
    for who in CAST:
        if not CAST[who][0].startswith("custodian"):
            for attempt in (
                lambda who=who: draw(organisation, office.case, who),
                lambda who=who: issue(organisation, offer, who=who),
                lambda who=who: read_sign(organisation, given, who),
            ):
                with pytest.raises(Refused):
                    attempt()
    assert read_sign(organisation, given, "milda") == offer.signs[0]
    acts = [one.event.value for one in timeline(office.case)]
    assert acts[-4:] == ["callsign.draw", "seal.hash", "callsign.issue", "compartment.open"]
    assert organisation.audit().ok


def test_a_custodian_with_a_tie_finds_no_case_and_no_call_sign(organisation: Organisation) -> None:
    _, office = case_in(organisation)
    given = issue(organisation, draw(organisation, office.case))
    Tie.objects.create(
        case_id=office.case, staff=organisation.staff["jonas"], kind="family", at=organisation.now
    )
    with pytest.raises(NotFound):
        draw(organisation, office.case, "jonas")
    with pytest.raises(NotFound):
        read_sign(organisation, given, "jonas")


def test_nothing_but_one_of_three_with_reasons_against_the_others_is_given_out(
    organisation: Organisation,
) -> None:
    _, office = case_in(organisation)
    offer = draw(organisation, office.case)
    for others in ((CHOSEN, STILL_FREE), ("", ""), ("because", STILL_FREE)):
        with pytest.raises(WrongState, match="Choose one"):
            issue(organisation, offer, *others)
    with pytest.raises(WrongState, match="too long"):
        unpacked(packed(Offer(offer.case, offer.signs)) + "x")
    assert not CallSign.objects.exists()
    assert unpacked(packed(offer)) == offer


def test_what_is_given_out_or_struck_is_never_free_again_and_what_was_as_good_is(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, office = case_in(organisation)
    offer = draw(organisation, office.case)
    first, struck, free = offer.signs
    issue(organisation, offer, "meaning", STILL_FREE)
    monkeypatch.setattr(
        "watchword.protection.services.issuing.every_call_sign", lambda: (first, struck, free)
    )
    with pytest.raises(WrongState, match="Too few"):
        draw(organisation, office.case)
    for again in (first, struck):
        with pytest.raises(WrongState, match="given this one"):
            issue(organisation, Offer(office.case, (again, *offer.signs[1:])))
    replaced = issue(organisation, Offer(office.case, (free, first, struck)))
    assert CallSign.objects.get(ended_at=None) == replaced
    page = selectors.sign_page(code_of(office.case), viewer=organisation.actor("katrin"))
    assert [row.ended_at is None for row in page.signs].count(True) == 1


def test_with_the_key_of_the_pool_gone_nothing_is_given_out(organisation: Organisation) -> None:
    _, office = case_in(organisation)
    issue(organisation, draw(organisation, office.case))
    TakenMarks.objects.update(key="ab" * 16)
    with pytest.raises(WrongState, match="key of the pool"):
        services.draw(code=code_of(office.case), actor=organisation.actor("halyna"), now=organisation.now)
