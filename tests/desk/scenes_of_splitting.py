# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a walk past bare addresses does not show of a seat that is distrusted, and of what is split anew."""

from pytest_django import Settings

from tests.custody.around_a_batch import Drawer
from tests.custody.around_a_splitting import TRUSTED, Ceremony
from tests.desk.walk import Walk
from tests.organisation import Organisation


def a_splitting(walk: Walk, organisation: Organisation, settings: Settings) -> None:
    """It is proposed and confirmed, custodians are asked, and it is done; the seat stays empty."""
    ceremony = Ceremony(Drawer(organisation, "", ""), settings)
    olha, halyna = organisation.browser("olha"), organisation.browser("halyna")
    walk.opens("no seat is distrusted", halyna, "/custody/anew/")
    one = ceremony.propose()
    for address in ("/", "/custody/distrust/"):
        walk.opens("a seat is distrusted: proposed", olha, address)
    ceremony.vacate()
    walk.sends("a seat is distrusted: no code", olha, f"/custody/distrust/{one.uid}/confirm/")
    ceremony.confirm(one)
    for address in ("/", "/custody/anew/"):
        walk.opens("splitting anew", halyna, address)
    walk.sends("splitting anew: no days", halyna, "/custody/anew/ask/")
    walk.sends("splitting anew: drawn up", halyna, "/custody/anew/ask/", days="3")
    batch = ceremony.ask()
    walk.opens("splitting anew: asked", halyna, "/custody/anew/")
    ceremony.drawer.give(batch, *TRUSTED)
    walk.opens("splitting anew: open", halyna, "/custody/anew/")
    ceremony.run()
    walk.opens("splitting anew: done", halyna, "/custody/anew/")
    walk.opens("splitting anew: done", olha, "/custody/distrust/")
