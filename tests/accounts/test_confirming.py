# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decisive acts confirmed just then: what a passkey or a code was given for, and nothing besides."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import transaction

from tests.accounts.test_passkeys import SITE_HERE, add
from tests.authenticator import Authenticator
from tests.organisation import Organisation
from watchword.accounts import services
from watchword.accounts.models import Passkey
from watchword.accounts.rules import Actor
from watchword.accounts.services.confirming import Deed, ticket_for
from watchword.core.ledger.findings import Fault
from watchword.core.refusals import NotPermitted, Refused
from watchword.journal.events import Event
from watchword.journal.services import record

DEED = Deed(Event.EXPORT, None, {"action": b"\7" * 32})


@pytest.fixture
def ada(organisation: Organisation) -> Actor:
    """Ada in a session of hers, who has confirmed nothing yet; Ben asked for what she is about to sign."""
    do(organisation.actor("ben"), organisation, replace(DEED, event=Event.EXPORT_ASK))
    return replace(organisation.actor("ada"), proof=None)


def do(actor: Actor, organisation: Organisation, deed: Deed = DEED) -> None:
    with transaction.atomic():
        record(
            deed.event,
            signer=actor.signer,
            case=deed.case,
            payload={},
            public=deed.public,
            at=organisation.now,
            proof=actor.proof,
        )


def confirm(
    organisation: Organisation,
    actor: Actor,
    device: Authenticator,
    *,
    asked: Deed = DEED,
    claimed: Deed = DEED,
) -> Actor:
    """Ask the device about one deed, and take its answer for another, or for the same."""
    ticket, challenge = ticket_for(asked, actor=actor, now=organisation.now)
    assert SITE_HERE is not None
    return services.by_passkey(
        claimed,
        assertion=device.signs(challenge),
        ticket=ticket,
        site=SITE_HERE,
        actor=actor,
        now=organisation.now,
    )


def test_a_decisive_act_is_refused_until_it_is_confirmed(organisation: Organisation, ada: Actor) -> None:
    with pytest.raises(NotPermitted, match="Confirm this act"):
        do(ada, organisation)


def test_a_passkey_confirms_the_act_and_the_offline_verifier_agrees(
    organisation: Organisation, ada: Actor
) -> None:
    device = Authenticator()
    add(organisation, device)
    do(confirm(organisation, ada, device), organisation)
    assert organisation.audit().ok


@pytest.mark.parametrize(
    "other",
    [
        lambda deed: replace(deed, event=Event.DECISION_SECOND),
        lambda deed: replace(deed, case="ab" * 16),
        lambda deed: replace(deed, public={"action": b"\x08" * 32}),
    ],
)
def test_an_answer_for_another_act_is_accepted_neither_before_nor_at_the_recording(
    organisation: Organisation, ada: Actor, other: Callable[[Deed], Deed]
) -> None:
    device = Authenticator()
    add(organisation, device)
    with pytest.raises(NotPermitted):
        confirm(organisation, ada, device, claimed=other(DEED))
    proven = confirm(organisation, ada, device)
    with pytest.raises(NotPermitted, match="another act"):
        do(proven, organisation, other(DEED))
    do(proven, organisation)


def test_an_answer_confirms_once_and_in_its_own_session(organisation: Organisation, ada: Actor) -> None:
    device = Authenticator()
    add(organisation, device)
    proven = confirm(organisation, ada, device)
    elsewhere = replace(organisation.fresh_actor("ada"), proof=proven.proof)
    with pytest.raises(NotPermitted):
        do(elsewhere, organisation)
    do(proven, organisation)
    with pytest.raises(NotPermitted):
        do(proven, organisation)
    assert organisation.audit().ok


def test_nobody_confirms_with_the_passkey_of_somebody_else(organisation: Organisation, ada: Actor) -> None:
    device = Authenticator()
    add(organisation, device, "cleo")
    with pytest.raises(NotPermitted):
        confirm(organisation, ada, device)


def test_a_passkey_slipped_into_the_database_confirms_nothing_for_the_verifier(
    organisation: Organisation, ada: Actor
) -> None:
    hers, thiefs = Authenticator(1), Authenticator(2)
    add(organisation, hers)
    add(organisation, thiefs, "cleo")
    Passkey.objects.filter(staff__login="cleo").update(staff=organisation.staff["ada"])
    with pytest.raises(NotPermitted):
        confirm(organisation, ada, thiefs)
    given = confirm(organisation, ada, hers).proof
    assert not isinstance(given, str)
    assert given is not None
    forged = replace(given, assertion=replace(given.assertion, proof=b"\x30" * 70))
    do(replace(ada, proof=forged), organisation)
    assert [finding.fault for finding in organisation.audit().findings if finding.index] == [
        Fault.SIGNATURE_WRONG
    ]


def test_a_code_confirms_once_and_only_its_owner(organisation: Organisation, ada: Actor) -> None:
    code = organisation.credentials("ada", organisation.now)["code"]
    theirs = organisation.credentials("cleo", organisation.now)["code"]
    for wrong in (theirs, "", "000000"):
        with pytest.raises(Refused):
            services.by_code(code=wrong, actor=ada, now=organisation.now)
    do(services.by_code(code=code, actor=ada, now=organisation.now), organisation)
    with pytest.raises(Refused):
        services.by_code(code=code, actor=ada, now=organisation.now)
    assert organisation.audit().ok
