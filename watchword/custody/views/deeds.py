# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is confirmed on the pages of custody, each deed as the ledger will have it."""

from watchword.accounts.confirming import Deed
from watchword.accounts.http import StaffRequest
from watchword.custody import selectors, services
from watchword.custody.selectors import Matter
from watchword.custody.services import Draft
from watchword.journal.events import Event


def deed_on(request: StaffRequest, release: str, event: Event) -> Deed:
    """The act of a custodian on a release."""
    found = selectors.to_answer(release, viewer=request.actor)
    return Deed(event, found.case_id, {"action": bytes.fromhex(found.action_hash)})


def deed_on_batch(request: StaffRequest, batch: str, event: Event) -> Deed:
    """The act of a custodian on a batch, which is of no single case."""
    found = selectors.batch_to_answer(batch, viewer=request.actor)
    return Deed(event, None, {"action": bytes.fromhex(found.action_hash)})


def deed_of_asking(request: StaffRequest, one: Matter, draft: Draft, *, glass: bool) -> Deed:
    """What is about to be asked for, or the glass that is about to be broken."""
    asked = services.request_of(draft, one, request.actor, glass=glass)
    return Deed(Event.IDENTITY_BREAK if glass else Event.IDENTITY_REQUEST, one.uid, asked.public)
