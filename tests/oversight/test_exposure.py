# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody would have learned: everything they opened, nothing else, and who asked is known."""

import re
from datetime import timedelta

import pytest

from tests.cases.test_joining import confirm, propose
from tests.cast import Office, case_in
from tests.custody.around_a_safe import laid
from tests.organisation import Organisation
from watchword.cases.models import Case
from watchword.core.refusals import NotPermitted
from watchword.journal import selectors as journal
from watchword.journal.events import Event
from watchword.journal.models import EntryDetail
from watchword.oversight.exposure import HOW, TEACHES_NOTHING, WORDS, How
from watchword.oversight.selectors import ExposurePage, exposure_page
from watchword.oversight.services import announce_list
from watchword.vault.models import SealedRecord

Rows = set[tuple[str, str, str]]


def code_of(office: Office) -> str:
    return Case.objects.values_list("code", flat=True).get(pk=office.case)


def page_of(organisation: Organisation, who: str) -> ExposurePage:
    return exposure_page(organisation.staff[who].uid)


def rows(organisation: Organisation, who: str, *, unread: bool = False) -> Rows:
    """Case, compartment and way of every line."""
    page = page_of(organisation, who)
    return {
        (one.code, str(line.title), str(line.how))
        for one in (page.unread if unread else page.read)
        for line in one.lines
    }


def test_every_act_teaches_something_or_is_named_as_teaching_nothing() -> None:
    assert set(HOW) | TEACHES_NOTHING == set(Event)
    assert not set(HOW) & TEACHES_NOTHING
    assert set(WORDS) == set(How)


def test_every_opening_of_anybody_is_on_their_list_with_its_compartment(organisation: Organisation) -> None:
    """Held against the ledger's own details: whatever opened anything on the way of a case to the board."""
    _, office = case_in(organisation, "board")
    code, titles = code_of(office), {}
    opened: dict[str, set[str]] = {}
    for moment in journal.timeline(office.case):
        if moment.event is Event.COMPARTMENT_OPEN:
            opened.setdefault(moment.actor, set()).add(moment.payload["compartment"])
    assert opened
    for login, member in organisation.staff.items():
        told = {title for one, title, how in rows(organisation, login) if (one, how) == (code, "opened")}
        titles[login] = told
        assert len(told) == len(opened.get(member.uid, ())), login
    assert (titles["iris"], titles["ada"], titles["cleo"]) == ({"First answers"}, {"Story"}, set())


def test_what_was_released_taken_and_held_in_hand_is_told_apart(organisation: Organisation) -> None:
    safe = laid(organisation)
    safe.lodge()
    release = safe.give(safe.ask(), "halyna", "jonas", "katrin")
    safe.open(release)
    code = code_of(safe.office)
    ada = rows(organisation, "ada")
    assert (code, "Those close to the applicant", "opened, as custodians released it") in ada
    # A custodian who gave a share has read nothing.
    assert rows(organisation, "halyna") == set()
    assert {how for _, _, how in rows(organisation, "halyna", unread=True)} == {
        "a share of what is in custody"
    }
    (line,) = (
        line for one in page_of(organisation, "ada").read for line in one.lines if "released" in str(line.how)
    )
    assert line.purposes == (release.serves,)


def test_who_only_writes_and_who_only_knows_the_applicant_is_on_it(organisation: Organisation) -> None:
    _, office = case_in(organisation, "board")
    office.tie("eva")
    code = code_of(office)
    assert rows(organisation, "sofia") >= {(code, "Evidence", "wrote in it")}
    assert rows(organisation, "eva") == {(code, "", "declared a tie: knows the applicant")}


def test_joined_cases_are_one_person_and_erased_ones_a_number(organisation: Organisation) -> None:
    _, first = case_in(organisation, "checks")
    _, again = case_in(organisation, "checks")
    _, gone = case_in(organisation, "questionnaire")
    before = page_of(organisation, "iris")
    assert (before.people, len(before.read), before.erased) == (3, 3, 0)
    for office in (first, again):
        office.keep("ada")
        office.ask("ada", "hugo")
    propose(first, again)
    confirm(first)
    Case.objects.filter(pk=gone.case).update(stage="withdrawn", closed_at=organisation.now - timedelta(900))
    SealedRecord.objects.filter(case=gone.case).update(header=b"")
    after = page_of(organisation, "iris")
    assert (after.people, len(after.read), after.erased) == (1, 2, 1)
    assert code_of(gone) not in {one.code for one in after.read}


def test_whose_list_was_made_by_whom_is_in_the_ledger_before_it_is_shown(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    address = f"/exposure/{organisation.staff['iris'].uid}/"
    page = organisation.browser("aud").post(address).content.decode()
    assert code_of(office) in page
    entry = EntryDetail.objects.select_related("entry").get(event=Event.EXPOSURE_LIST)
    assert entry.actor == organisation.staff["aud"].uid
    assert organisation.staff["iris"].uid.encode() in bytes(entry.entry.entry)
    assert entry.entry.leaf_index is not None
    assert list(organisation.audit().findings) == []


@pytest.mark.parametrize("who", ["petro", "ada", "ben", "sofia", "halyna"])
def test_nobody_but_an_auditor_gets_it(organisation: Organisation, who: str) -> None:
    iris = organisation.staff["iris"].uid
    with pytest.raises(NotPermitted):
        announce_list(staff_id=iris, actor=organisation.actor(who), now=organisation.now)
    assert organisation.browser(who).post(f"/exposure/{iris}/").status_code == 403
    assert not EntryDetail.objects.filter(event=Event.EXPOSURE_LIST).exists()


def test_an_auditor_comes_to_it_from_the_ledger(organisation: Organisation) -> None:
    aud, iris = organisation.browser("aud"), organisation.staff["iris"].uid
    assert 'href="/people/"' in re.sub(r"(?s).*What somebody would", "", aud.get("/ledger/").content.decode())
    assert f'action="/exposure/{iris}/"' in aud.get(f"/people/{iris}/").content.decode()
    assert "/exposure/" not in organisation.browser("petro").get(f"/people/{iris}/").content.decode()
    assert "What somebody would" not in organisation.browser("ada").get("/ledger/").content.decode()
