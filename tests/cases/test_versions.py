# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case keeps the version it began under; to a newer one it goes by a recorded act, never by itself."""

import pytest
from pytest_django import Settings

from tests.cast import Applicant, Office, case_in
from tests.newer import with_slower_checks, without_handover
from tests.organisation import Organisation
from watchword import profiles
from watchword.cases import services
from watchword.cases.models import Case
from watchword.cases.selectors.versions import procedure_page
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.journal.events import Event
from watchword.journal.selectors import timeline


@pytest.fixture
def office(organisation: Organisation) -> Office:
    """Ada keeps a case that stands in the checks; Hugo was asked to help."""
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    office.ask("ada", "hugo")
    return office


@pytest.fixture
def slower(office: Office, settings: Settings) -> Office:
    """There is a second version, in which the checks take longer."""
    settings.WATCHWORD_DIR = with_slower_checks(office.organisation.home)
    return office


@pytest.fixture
def poorer(office: Office, settings: Settings) -> Office:
    """There is a second version, which knows no hand-over from pre-screening; this case has one."""
    settings.WATCHWORD_DIR = without_handover(office.organisation.home)
    return office


def seen(office: Office) -> tuple[int, int]:
    return Case.objects.get(pk=office.case).version, profiles.load("legion").version


def change(office: Office, who: str, at: tuple[int, int] | None = None) -> bool:
    actor, now = office.organisation.actor(who), office.organisation.now
    return services.change_version(case_uid=office.case, actor=actor, seen=at or seen(office), now=now)


def confirm(office: Office, who: str) -> None:
    actor, now = office.organisation.actor(who), office.organisation.now
    services.confirm_version(case_uid=office.case, actor=actor, seen=seen(office), now=now)


def version_of(office: Office) -> int:
    return Case.objects.get(pk=office.case).profile_version


def acts(office: Office) -> list[Event]:
    return [moment.event for moment in timeline(office.case) if "version" in moment.event.value]


def test_a_case_goes_on_under_its_own_version_as_long_as_nobody_does_anything(poorer: Office) -> None:
    assert profiles.load("legion").version == 2
    poorer.open("ada", "story")
    poorer.record("ada", "check")
    assert (version_of(poorer), acts(poorer)) == (1, [])
    code = Case.objects.get().code
    page = procedure_page(code, viewer=poorer.organisation.actor("ada"), now=poorer.organisation.now)
    assert page.profile.version == 1
    assert page.change is not None
    assert [str(row) for row in page.change.lost] == [
        "1 × “Hand-over from pre-screening” counts for no step."
    ]


def test_where_nothing_is_lost_the_keeper_takes_the_case_over_and_the_clock_counts_from_the_same_day(
    slower: Office,
) -> None:
    before = Case.objects.get().stage_since
    assert change(slower, "ada")
    case = Case.objects.get()
    assert (case.profile_version, case.stage_since) == (2, before)
    assert profiles.load("legion", 2).stage("checks").clock_days == 40
    assert acts(slower) == [Event.CASE_VERSION]
    with pytest.raises(WrongState, match="newest version already"):
        change(slower, "ada")


def test_where_something_is_lost_a_second_person_confirms_it(poorer: Office) -> None:
    assert not change(poorer, "ada")
    assert version_of(poorer) == 1
    with pytest.raises(NotPermitted, match="somebody else must confirm"):
        confirm(poorer, "ada")
    with pytest.raises(WrongState, match="waits for a second person already"):
        change(poorer, "hugo")
    confirm(poorer, "hugo")
    assert version_of(poorer) == 2
    assert acts(poorer) == [Event.CASE_VERSION_PROPOSE, Event.CASE_VERSION]
    with pytest.raises(WrongState):
        confirm(poorer, "hugo")


def test_what_counts_no_more_can_still_be_read(poorer: Office) -> None:
    change(poorer, "ada")
    confirm(poorer, "hugo")
    browser, code = poorer.organisation.browser("ada"), Case.objects.get().code
    for path in ("", "evidence/", "procedure/"):
        shown = browser.get(f"/case/{code}/{path}")
        assert shown.status_code == 200, path
    assert poorer.open("ada", "story").pieces


def test_nobody_outside_the_case_nor_with_a_tie_takes_it_over(poorer: Office) -> None:
    for who in ("cleo", "lena", "ben", "iris"):
        with pytest.raises(NotFound):
            change(poorer, who)
    with pytest.raises(NotPermitted):
        change(poorer, "sofia")
    change(poorer, "ada")
    poorer.tie("ada")
    with pytest.raises(WrongState, match="declared a tie since"):
        confirm(poorer, "hugo")
    services.drop_version(
        case_uid=poorer.case, actor=poorer.organisation.actor("hugo"), now=poorer.organisation.now
    )
    assert (version_of(poorer), acts(poorer)[-1]) == (1, Event.CASE_VERSION_DROP)


def test_whoever_read_about_another_state_of_the_case_decides_nothing(slower: Office) -> None:
    read = seen(slower)
    slower.open("ada", "story")
    slower.record("ada", "check")
    slower.record("ada", "check")
    slower.record("sofia", "screening")
    Case.objects.update(version=read[0] + 1)
    with pytest.raises(WrongState, match="Read it again"):
        change(slower, "ada", at=read)
    with pytest.raises(WrongState, match="Read it again"):
        change(slower, "ada", at=(read[0] + 1, 3))
    assert version_of(slower) == 1


def test_a_case_that_has_ended_stays_as_it_was_judged(slower: Office) -> None:
    Applicant(slower.organisation, case=slower.case).withdraw()
    with pytest.raises((WrongState, NotFound)):
        change(slower, "ada")
    assert version_of(slower) == 1


def test_the_page_shows_the_preview_and_takes_the_case_over(slower: Office) -> None:
    browser = slower.organisation.browser("ada")
    code = Case.objects.get().code
    shown = browser.get(f"/case/{code}/procedure/").content.decode()
    assert "40 days instead of 25" in shown
    assert "<svg" in shown
    assert "style=" not in shown.split("<svg")[1].split("</svg>")[0]
    case, to = seen(slower)
    browser.post(f"/case/{code}/procedure/version/", {"case_version": case, "to_version": to})
    assert version_of(slower) == 2
    assert "40 days instead of 25" not in browser.get(f"/case/{code}/procedure/").content.decode()
