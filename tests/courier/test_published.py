# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cards and the register of clones reach the Gate, wherever the line is cut; what is forged does not."""

import pytest

from tests.courier.town import Town
from tests.courier.wire import When, Wire
from watchword.core.sealing.card import CardNumber
from watchword.courier.deskside.client import GateFailed
from watchword.genuine import selectors as desk
from watchword.genuine import services
from watchword.intake import selectors as gate
from watchword.intake.models import Card, Notice
from watchword.intake.services import answer_card


def confirmed(town: Town, address: str) -> None:
    organisation = town.organisation
    proposal = services.propose(
        typed=address, removes=False, actor=organisation.actor("iris"), now=organisation.now
    )
    services.confirm(uid=proposal.uid, actor=organisation.actor("ada"), now=organisation.now)


def addresses() -> list[str]:
    published = gate.clones()
    return [clone.address for clone in published.register.clones] if published else []


def test_a_card_made_at_the_desk_is_answered_at_the_gate(town: Town) -> None:
    organisation = town.organisation
    card = services.issue(count=3, language="uk", actor=organisation.actor("iris"), now=organisation.now)[1]
    assert answer_card(number=card.number, today=organisation.now.date()).words is None
    assert town.round().failure == ""
    assert answer_card(number=card.number, today=organisation.now.date()).words == card.first
    assert answer_card(number=CardNumber.new(), today=organisation.now.date()).shown is None
    assert town.organisation.audit().ok


@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize("cut", [2, 3])
def test_both_arrive_once_wherever_the_line_is_cut(town: Town, cut: int, when: When) -> None:
    organisation = town.organisation
    services.issue(count=2, language="uk", actor=organisation.actor("iris"), now=organisation.now)
    confirmed(town, "false.example")
    assert town.round(Wire(town.gate, cut=cut, when=when)).failure
    assert town.round().failure == ""
    assert Card.objects.count() == 2
    assert addresses() == ["false.example"]
    last = Wire(town.gate)
    town.round(last)
    assert [path for path in last.carried if path.endswith(("cards", "clones"))] == []
    assert organisation.audit().ok


def test_an_older_register_never_takes_the_place_of_a_newer_one(town: Town) -> None:
    older = desk.due_register(town.organisation.now.date())
    assert older
    confirmed(town, "false.example")
    town.round()
    town.client().clones(desk.signed(older))
    assert addresses() == ["false.example"]


def test_a_register_that_the_desk_did_not_sign_is_not_taken_and_not_shown(town: Town) -> None:
    confirmed(town, "false.example")
    town.round()
    forged = Notice.objects.get().text.replace("false.example", "gate.invalid")
    with pytest.raises(GateFailed, match="404"):
        town.client().clones(forged)
    assert addresses() == ["false.example"]
    Notice.objects.update(text=forged)
    assert gate.clones() is None


@pytest.mark.parametrize("cards", [[("zz", b"")], [("00" * 16, b"x" * 20)], [("00" * 15, b"x" * 21)]])
def test_a_card_in_another_form_is_not_taken(town: Town, cards: list[tuple[str, bytes]]) -> None:
    with pytest.raises(GateFailed, match="404"):
        town.client().cards(cards)
    assert not Card.objects.exists()
