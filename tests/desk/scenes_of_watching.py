# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a walk past bare addresses does not show of those who watch: a full day, a trap, a locked matcher."""

from urllib.parse import urlencode

from tests.accounts.test_devices_page import hidden
from tests.cast import case_in
from tests.desk.walk import Walk
from tests.matcher.desk import Bench
from tests.organisation import Organisation
from tests.oversight.test_honey import Hive, applicant_of
from tests.vault.records import has_opened
from watchword.accounts.beyond import TYPED
from watchword.cases.models import Case
from watchword.core.sealing.receipt import Receipt
from watchword.vault.selectors import usual_for


def a_full_day(walk: Walk, organisation: Organisation) -> None:
    """Hugo has opened as many cases as is usual; he says why he needs one more, and an auditor reads it."""
    _, office = case_in(organisation, "checks")
    office.keep("hugo")
    has_opened(organisation, "hugo", usual_for(organisation.actor("hugo").roles) or 0)
    hugo, code = organisation.browser("hugo"), Case.objects.get(pk=office.case).code
    story = f"/case/{code}/compartment/story/"
    walk.sends("a full day", hugo, story)
    kept = hidden(hugo.post(story).content) | {"beyond_reason": "Two of us are ill."}
    hugo.post(story, urlencode(kept), content_type=TYPED)
    aud = organisation.browser("aud")
    walk.opens("somebody read more than is usual", aud, "/")
    walk.sends("why somebody read more", aud, f"/beyond/{organisation.staff['hugo'].uid}/")


def an_invented_case(walk: Walk, organisation: Organisation) -> None:
    """Somebody opens it; auditors see that, look, and read what they found before."""
    receipt = Receipt.new()
    applicant_of(organisation, receipt).apply()
    hive = Hive(organisation, receipt, other="")
    hive.mark()
    hive.open()
    aud = organisation.browser("aud")
    for address in ("/", "/invented/"):
        walk.opens("an invented case", aud, address)
    hive.look()
    walk.sends("an invented case: looked at", aud, "/invented/looks/")


def a_sleeping_matcher(walk: Walk, organisation: Organisation, bench: Bench) -> None:
    """Nobody finds second applications until its custodians open it."""
    bench.ask("lock")
    for address in ("/", "/machine/"):
        walk.opens("a locked matcher", organisation.browser("petro"), address)
