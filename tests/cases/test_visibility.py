# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 8: every list and page shows a case to whom the rule lets know of it, and to nobody else."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.cast import PROFILE, case_in
from tests.clock import TODAY
from tests.organisation import CAST, Organisation
from watchword.accounts.rules import CUSTODIANS, ROLE_PERMISSIONS, Actor
from watchword.cases import rules, selectors
from watchword.cases.models import Case, Colleague, Tie
from watchword.core.refusals import NotFound

KEEPERS = (None, "ada")
EACH_ROLE = ("iris", "ada", "hugo", "sofia", "pola", "mira", "eva", "aud", "petro", "tess", "halyna")
GETS = ("", "move/continue/", "tie/", "write/message/", "evidence/", "evidence/add/check/")
POSTS = (
    "keeper/",
    "colleague/",
    "tie/",
    "move/continue/",
    "write/message/",
    "compartment/routing/",
    "compartment/story/",
    "letter/00/",
    "file/00/",
    "evidence/add/check/",
    "evidence/item/00/",
)


@pytest.fixture
def every_case(organisation: Organisation) -> list[Case]:
    """One case for each stage, keeper, colleague and tie."""
    return list(_cases(organisation))


def _cases(organisation: Organisation) -> Iterator[Case]:
    number = 0
    for stage in PROFILE.stages:
        for keeper in KEEPERS:
            for given in ((), ("colleague",), ("tie",)):
                number += 1
                yield _case(organisation, number, stage.id, keeper, given)


def _case(
    organisation: Organisation, number: int, stage: str, keeper: str | None, given: tuple[str, ...]
) -> Case:
    case = Case.objects.create(
        uid=f"{number:032x}",
        code=f"WW-AAAA-{number:02d}"[-10:],
        profile=PROFILE.name,
        profile_version=PROFILE.version,
        stage=stage,
        stage_since=organisation.now,
        received=organisation.now,
        keeper=organisation.staff[keeper] if keeper else None,
    )
    for member in ("ada", "eva", "iris") if "tie" in given else ():
        Tie.objects.create(case=case, staff=organisation.staff[member], kind="other", at=organisation.now)
    if "colleague" in given:
        Colleague.objects.create(case=case, staff=organisation.staff["ada"], at=organisation.now)
    return case


def _expected(login: str, case: Case, organisation: Organisation) -> bool:
    """The matrix, written a second time and by hand: the stages in which each role has something to do."""
    ties = {tie.staff.login for tie in case.ties.all()}
    colleagues = {row.staff.login for row in case.colleagues.all()}
    keeper = case.keeper.login if case.keeper else None
    if login in ties:
        return False
    by_role = {
        "intake": {"prescreen", "held", "questionnaire", "redirected", "withdrawn", "closed"},
        "screening": {
            *("checks", "interviews", "medical", "polygraph", "reading"),
            *("board", "refusal-intended", "deferred", "appealable", "appeal"),
        },
        "examiner": {"polygraph"},
        "medical": {"medical"},
        "board": {
            *("reading", "board", "refusal-intended", "appealable", "appeal", "deferred"),
            *("accepted", "refused", "redirected"),
        },
        "vetting": {stage.id for stage in PROFILE.stages} - {"prescreen", "held"},
        # A role of the observers: this procedure has no stage for it.
        "training": set(),
        "auditor": set(),
        "administrator": set(),
        # Shares are handed to a custodian, and no case is.
        "custodian-1": set(),
    }
    (role,) = CAST[login]
    if case.stage not in by_role[role]:
        return False
    return role != "vetting" or keeper in {None, login} or login in colleagues


@pytest.mark.parametrize("login", EACH_ROLE)
def test_every_path_shows_what_the_matrix_allows(
    organisation: Organisation, every_case: list[Case], login: str
) -> None:
    viewer = organisation.actor(login)
    expected = {case.code for case in every_case if _expected(login, case, organisation)}
    assert {case.code for case in every_case if rules.may_know(viewer, case.standing())} == expected
    assert {case.code for case in selectors.visible_cases(viewer)} == expected
    assert sorted(_listed(viewer)) == sorted(expected)
    steps = selectors.steps_waiting_for(viewer, today=organisation.now.date())
    assert {row.code for row in (*steps.soon.rows, *steps.later.rows)} <= expected
    assert {case.code for case in every_case if _finds(case, viewer)} == expected


def test_every_role_is_tried() -> None:
    one_seat = ROLE_PERMISSIONS.keys() - (CUSTODIANS - {"custodian-1"})
    assert {role for login in EACH_ROLE for role in CAST[login]} == one_seat - {"courier"}


def _listed(viewer: Actor) -> list[str]:
    pages = [selectors.case_list(viewer=viewer, today=TODAY)]
    while after := pages[-1].following:
        pages.append(selectors.case_list(viewer=viewer, today=TODAY, after=after))
    return [row.code for page in pages for row in page.rows]


def _finds(case: Case, viewer: Actor) -> bool:
    try:
        selectors.find_by_uid(case.uid, viewer=viewer)
        selectors.find(case.code, viewer=viewer)
    except NotFound:
        return False
    return True


@pytest.mark.parametrize("login", ["cleo", "hugo", "eva", "mira"])
def test_a_strangers_every_address_is_not_there(organisation: Organisation, login: str) -> None:
    """Found or refused must not differ from a code that was never given: otherwise codes could be tried."""
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    code = Case.objects.get(pk=office.case).code
    browser = organisation.browser(login)
    for path in GETS:
        assert _status(browser, "get", code, path) == _status(browser, "get", "WW-XXXX-00", path), path
        assert _status(browser, "get", code, path) in {403, 404}, path
    for path in POSTS:
        assert _status(browser, "post", code, path) == _status(browser, "post", "WW-XXXX-00", path), path
        assert _status(browser, "post", code, path) in {403, 404}, path


def _status(browser: Client, method: str, code: str, path: str) -> int:
    return int(getattr(browser, method)(f"/case/{code}/{path}").status_code)


@pytest.mark.parametrize("path", ["", "evidence/", "tie/"])
def test_nobody_who_is_not_logged_in_sees_anything(organisation: Organisation, path: str) -> None:
    _, office = case_in(organisation)
    code = Case.objects.get(pk=office.case).code
    answer = Client().get(f"/case/{code}/{path}")
    assert answer.status_code == 302
    assert code.encode() not in answer.content
