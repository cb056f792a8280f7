# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a walk past bare addresses does not show of custody: requests and runs asked for, answered, opened."""

from pytest_django import Settings

from tests.custody import around_a_safe
from tests.desk.walk import Walk
from tests.organisation import Organisation
from tests.screening.booth import Booth
from watchword.accounts.services import bring_key
from watchword.cases.models import Case
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seat import address_of


def a_release(walk: Walk, organisation: Organisation, settings: Settings) -> None:
    """Custodians are asked, answer, and what they release is opened."""
    safe = around_a_safe.laid(organisation)
    safe.lodge()
    ada, here = organisation.browser("ada"), f"/case/{safe.code}/custody/"
    walk.opens("custody", ada, here)
    typed = {"elements": ["relatives"], "serves": "protect-relatives", "words": "A visit.", "days": "2"}
    walk.sends("custody: asked", ada, f"{here}ask/", **typed)
    release = safe.ask()
    halyna, katrin = (organisation.browser(who) for who in ("halyna", "katrin"))
    for address in ("/", "/custody/"):
        walk.opens("custody: waiting", halyna, address)
    walk.sends("custody: waiting", halyna, f"/custody/{release.uid}/read/")
    walk.sends("custody: no code", halyna, f"/custody/{release.uid}/give/", seen=release.action_hash)
    safe.give(release, "halyna", "jonas")
    safe.refuse(release, "milda")
    walk.sends("custody: refused by one", katrin, f"/custody/{release.uid}/read/")
    safe.give(release, "katrin")
    walk.opens("custody: released", ada, here)
    walk.sends("custody: released", ada, f"/custody/{release.uid}/why/")
    walk.sends("custody: released", ada, f"/custody/{release.uid}/open/")
    broken = safe.break_glass()
    for who in ("halyna", "tomasz", "petro"):
        walk.opens("a broken glass", organisation.browser(who), "/")
    walk.sends("a broken glass", organisation.browser("tomasz"), f"/custody/{broken.uid}/read/")
    _held_outside(organisation, settings)
    tomasz = organisation.browser("tomasz")
    walk.opens("a broken glass, a seat held outside", tomasz, f"/custody/{broken.uid}/outside/")
    walk.sends("a seat held outside", tomasz, f"/custody/{release.uid}/outside/give/")


def a_run(walk: Walk, booth: Booth) -> None:
    """A program is asked for: one gives, enough refuse; asked for anew, it is released and started."""
    organisation, custodians = booth.organisation, booth.custodians
    sofia, halyna, tomasz = (organisation.browser(who) for who in ("sofia", "halyna", "tomasz"))
    walk.sends("a run: no days", sofia, "/screening/ask/")
    walk.sends("a run: drawn up", sofia, "/screening/ask/", days="3")
    batch, code = custodians.asked(case=booth.case), Case.objects.get(pk=booth.case).code
    here = f"/custody/batch/{batch.uid}"
    for address in ("/", "/custody/"):
        walk.opens("a run: waiting", halyna, address)
    walk.sends("a run: waiting", halyna, f"{here}/read/")
    walk.sends("a run: no code", halyna, f"{here}/give/", seen=batch.action_hash)
    walk.opens("a run, a seat held outside", tomasz, f"{here}/outside/")
    walk.sends("a run, a seat held outside", tomasz, f"{here}/outside/give/")
    custodians.give(batch, "halyna")
    custodians.refuse(batch, "jonas", "katrin")
    walk.sends("a run: refused by two", halyna, f"{here}/read/")
    for address in ("/screening/", "/screening/ask/", f"/case/{code}/screening/"):
        walk.opens("a run: refused by two", sofia, address)
    custodians.refuse(batch, "milda")
    walk.opens("a run: refused", sofia, "/screening/")
    walk.sends("a run: refused", sofia, f"/screening/{batch.uid}/answers/")
    custodians.released(case=booth.case)
    for address in ("/", "/screening/"):
        walk.opens("a run: open", sofia, address)
    custodians.go_on()


def _held_outside(organisation: Organisation, settings: Settings) -> None:
    """The last seat has its key on a machine of its custodian's from now on."""
    bring_key(
        role="custodian-5",
        address=str(address_of(Identity.generate())),
        held_by=organisation.staff["tomasz"].uid,
        actor=organisation.actor("tomasz"),
        now=organisation.now,
    )
    organisation.publish_manifest(settings)
