# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 8: whoever has read as many cases today as is usual is asked why, at whatever address opens one more.

The addresses come from the program, and what was opened from the ledger: a new path that opens without asking
fails here.
"""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from tests.cast import STORY, case_in
from tests.clock import STANDS_AT
from tests.laws.addresses import addresses
from tests.laws.test_law_8_matrix import ENDS_A_RELEASE, ENDS_THE_SESSION, RULES, WALKERS, _each, planted
from tests.laws.test_law_8_nobody_sees_more import DEMO, OPEN
from tests.organisation import Organisation
from tests.vault.records import has_opened
from watchword.accounts.beyond import TYPED
from watchword.accounts.rules import ROLE_PERMISSIONS
from watchword.cases.models import Case
from watchword.journal.events import Event
from watchword.journal.models import EntryDetail
from watchword.vault.rules import UNREAD
from watchword.vault.selectors import usual_for

READERS = ("halyna", "iris", "ada", "sofia", "ben")
WHY = "Two of us are ill."
OPENINGS = (Event.COMPARTMENT_OPEN, Event.IDENTITY_OPEN)
OPENED = {
    *("cases:compartment", "cases:file", "cases:letter", "cases:notes", "vetting:item"),
    *("custody:give", "custody:open", "custody:read", "custody:refuse", "custody:review", "custody:why"),
    *("decisions:countersign", "decisions:read", "decisions:return", "decisions:vote"),
    *("screening:hit", "screening:judge", "screening:look", "screening:second"),
}
"""Some of the addresses that open; all that do are found by what stands in the ledger."""


def sent_by(
    organisation: Organisation, who: str, gaps: dict[str, list[str]], asked: set[str]
) -> Iterator[str]:
    """Everything that this person may send; the addresses that asked why, each once."""
    client, role = organisation.browser(who), next(iter(organisation.actor(who).roles))
    may = ROLE_PERMISSIONS[role]
    for address in sorted(addresses(), key=lambda one: one.name in ENDS_A_RELEASE):
        rule = RULES.get(address.name)
        if address.name in OPEN | DEMO | ENDS_THE_SESSION | asked or not (rule is None or rule in may):
            continue
        for sent in _each(address, gaps):
            answer = client.post(sent)
            b"".join(answer)
            if answer.status_code == 409 and b'name="beyond"' in answer.content:
                yield address.name
                break


def test_no_address_opens_one_more_case_without_asking(organisation: Organisation) -> None:
    table, gaps = planted(organisation)
    as_of_yesterday(table.case)
    asked: set[str] = set()
    for who in READERS:
        _, stage = WALKERS[who]
        Case.objects.filter(pk=table.case).update(stage=stage)
        usual = usual_for(organisation.actor(who).roles)
        assert usual is not None
        has_opened(organisation, who, usual)
        mine = EntryDetail.objects.filter(actor=organisation.staff[who].uid, case=table.case)
        read = mine.filter(event__in=OPENINGS).exclude(payload__purpose__in=UNREAD)
        before = read.count()
        asked |= {*sent_by(organisation, who, gaps, asked)}
        assert read.count() == before, who
    assert asked >= OPENED


def test_the_form_goes_on_with_the_reason_which_auditors_read(organisation: Organisation) -> None:
    """As a browser without scripts sends it: the page alone says what to send, and where."""
    _, office = case_in(organisation, "checks")
    as_of_yesterday(office.case)
    has_opened(organisation, "ada", 25)
    code = Case.objects.values_list("code", flat=True).get(pk=office.case)
    ada, address = organisation.browser("ada"), f"/case/{code}/compartment/story/"
    page = ada.post(address, {"note": "kept <b>as typed", "passphrase": "never shown"})
    assert page.status_code == 409
    fields = typed(page.content.decode())
    assert fields.pop("note") == "kept <b>as typed"
    assert "passphrase" not in fields
    assert send(ada, address, fields | {"beyond_reason": " "}).status_code == 422
    stolen = send(organisation.browser("hugo"), address, fields | {"beyond_reason": WHY})
    assert stolen.status_code == 409
    assert not EntryDetail.objects.filter(event=Event.READ_BEYOND).exists()
    assert STORY in send(ada, address, fields | {"beyond_reason": WHY}).content.decode()
    assert STORY in ada.post(address).content.decode()
    look_at_who_watches(organisation)


def look_at_who_watches(organisation: Organisation) -> None:
    """Administrators see that it happened, auditors why, and nobody else anything."""
    reading = f"/beyond/{organisation.staff['ada'].uid}/"
    for who, sees, may_read in (("aud", True, True), ("petro", True, False), ("hugo", False, False)):
        browser = organisation.browser(who)
        home = browser.get("/").content.decode()
        assert ("1 case more" in home, reading in home) == (sees, may_read), who
        read = browser.post(reading)
        assert (read.status_code == 200, WHY in read.content.decode()) == (may_read, may_read), who
    assert organisation.audit().ok


def as_of_yesterday(case: str) -> None:
    """What was opened of it, was not opened today."""
    yesterday = STANDS_AT - timedelta(days=1)
    EntryDetail.objects.filter(case=case).update(at=yesterday)


def typed(page: str) -> dict[str, str]:
    """The hidden fields of the page, as a browser reads them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def send(client: Client, address: str, fields: dict[str, str]) -> Any:
    return client.post(address, urlencode(fields), content_type=TYPED)
