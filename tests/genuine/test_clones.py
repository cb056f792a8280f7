# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register of clones: two people for each change, and a signature that anybody can check."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.organisation import Organisation
from watchword import trust
from watchword.accounts.services import courier_actor
from watchword.core.refusals import NotPermitted, WrongState
from watchword.genuine import selectors, services
from watchword.genuine.models import CloneProposal, IssuedCard
from watchword.trust import clones
from watchword.trust.letter import Forged

FALSE = "false.example"
CLONE = clones.Clone(date(2026, 11, 20), FALSE)
HOSTILE: list[Callable[[str], str]] = [
    lambda text: text.replace("false", "other"),
    lambda text: text.replace("version 1", "version 2"),
    lambda text: text.replace("\n\n", "\n2026-11-22 harbour.example\n\n"),
    lambda text: text.partition("\n\n")[0] + "\n",
    lambda text: text.replace("2026-11-20", "2026-13-20"),
    lambda text: "",
    lambda text: text.replace("— desk", "— root"),
]


def proposed(organisation: Organisation, typed: str = FALSE, *, removes: bool = False) -> CloneProposal:
    return services.propose(
        typed=typed, removes=removes, actor=organisation.actor("iris"), now=organisation.now
    )


def confirmed(organisation: Organisation, proposal: CloneProposal, by: str = "ada") -> CloneProposal:
    return services.confirm(uid=proposal.uid, actor=organisation.actor(by), now=organisation.now)


def test_nobody_confirms_what_they_proposed(organisation: Organisation) -> None:
    proposal = proposed(organisation)
    with pytest.raises(NotPermitted, match="a second person"):
        confirmed(organisation, proposal, by="iris")
    assert selectors.known() == {}
    with pytest.raises(IntegrityError), transaction.atomic():
        CloneProposal.objects.update(state="confirmed", settled_by=organisation.actor("iris").id)


@pytest.mark.parametrize("who", ["sofia", "pola", "ben", "aud", "petro"])
def test_only_intake_and_vetting_take_part(organisation: Organisation, who: str) -> None:
    proposal, actor = proposed(organisation), organisation.actor(who)
    with pytest.raises(NotPermitted):
        services.propose(typed="b.example", removes=False, actor=actor, now=organisation.now)
    with pytest.raises(NotPermitted):
        services.confirm(uid=proposal.uid, actor=actor, now=organisation.now)


def test_what_two_confirmed_is_in_the_register_and_two_take_it_out_again(organisation: Organisation) -> None:
    confirmed(organisation, proposed(organisation))
    assert list(selectors.known()) == [FALSE]
    with pytest.raises(WrongState, match="in the register already"):
        proposed(organisation)
    out = proposed(organisation, removes=True)
    assert list(selectors.known()) == [FALSE]
    confirmed(organisation, out)
    assert (selectors.known(), selectors.version()) == ({}, 2)
    assert organisation.audit().ok


def test_a_proposal_waits_once_and_can_be_dropped_by_either(organisation: Organisation) -> None:
    proposal = proposed(organisation)
    with pytest.raises(WrongState, match="waits for a second person"):
        proposed(organisation)
    services.drop(uid=proposal.uid, actor=organisation.actor("ada"), now=organisation.now)
    with pytest.raises(WrongState, match="settled"):
        confirmed(organisation, proposal)
    assert selectors.version() == 0
    assert proposed(organisation).uid != proposal.uid


def test_the_ledger_pairs_the_two_people_without_the_address(organisation: Organisation) -> None:
    confirmed(organisation, proposed(organisation))
    assert organisation.audit().ok
    tiles = b"".join(
        path.read_bytes() for path in (organisation.home / "ledger").rglob("*") if path.is_file()
    )
    assert b"clone.confirm" in tiles
    assert FALSE.encode() not in tiles


@pytest.mark.parametrize("change", HOSTILE)
def test_a_changed_register_is_not_believed(organisation: Organisation, change: Callable[[str], str]) -> None:
    manifest = trust.current()
    register = clones.Register(manifest.organisation, 1, organisation.now.date(), (CLONE,))
    text = selectors.signed(register)
    assert clones.read(text.encode(), manifest) == register
    with pytest.raises(Forged):
        clones.read(change(text).encode(), manifest)


def test_a_register_of_another_organisation_is_not_ours(organisation: Organisation) -> None:
    with pytest.raises(Forged, match="another organisation"):
        clones.read(
            selectors.signed(clones.Register("other", 1, organisation.now.date(), ())).encode(),
            trust.current(),
        )


def test_it_is_due_once_and_again_after_a_week_so_that_its_day_stays_fresh(
    organisation: Organisation,
) -> None:
    today = organisation.now.date()
    register = selectors.due_register(today)
    assert register
    services.register_delivered(
        version=register.version,
        signed=register.signed,
        actor=courier_actor(organisation.now),
        now=organisation.now,
    )
    assert selectors.due_register(today) is None
    assert selectors.due_register(today + timedelta(days=6)) is None
    assert selectors.due_register(today + timedelta(days=7))
    confirmed(organisation, proposed(organisation))
    assert selectors.due_register(today)


def test_the_page_offers_confirming_to_the_second_person_alone(organisation: Organisation) -> None:
    proposal = proposed(organisation)
    own, other = (organisation.browser(who) for who in ("iris", "ada"))
    assert f"/clones/{proposal.uid}/confirm/" not in own.get("/clones/").content.decode()
    assert f"/clones/{proposal.uid}/confirm/" in other.get("/clones/").content.decode()
    assert own.post(f"/clones/{proposal.uid}/confirm/").status_code == 403
    assert other.get(f"/clones/{proposal.uid}/confirm/").status_code == 405
    assert other.post(f"/clones/{proposal.uid}/confirm/").status_code == 302
    assert FALSE in own.get("/clones/").content.decode()


def test_what_an_applicant_named_stands_in_the_form_and_in_no_address(organisation: Organisation) -> None:
    iris = organisation.browser("iris")
    answer = iris.post("/clones/draft/", {"address": "https://False.Example/x?y"})
    assert 'value="https://False.Example/x?y"' in answer.content.decode()
    assert not CloneProposal.objects.exists()
    iris.post("/clones/propose/", {"address": "https://False.Example/x?y"})
    assert CloneProposal.objects.get().address == "false.example/x"
    assert iris.post("/clones/propose/", {"address": ""}).status_code == 422


def test_nothing_changes_when_the_ledger_cannot_be_written(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("the journal is full")

    proposal = proposed(organisation)
    for module in ("cards", "clones"):
        monkeypatch.setattr(f"watchword.genuine.services.{module}.record", full)
    iris, now = organisation.actor("iris"), organisation.now
    with pytest.raises(OSError, match="full"):
        proposed(organisation, "other.example")
    with pytest.raises(OSError, match="full"):
        confirmed(organisation, proposal)
    with pytest.raises(OSError, match="full"):
        services.issue(count=1, language="ru", actor=iris, now=now)
    assert [row.address for row in CloneProposal.objects.filter(state="proposed")] == [FALSE]
    assert not IssuedCard.objects.exists()
