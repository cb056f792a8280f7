# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 8: every list and page shows a case to whom the rule lets know of it, and to nobody else."""

from collections.abc import Iterator

import pytest

from tests.cast import PROFILE
from tests.clock import TODAY
from tests.organisation import CAST, Organisation
from watchword.accounts.rules import CUSTODIANS, ROLE_PERMISSIONS, Actor
from watchword.cases import rules, selectors
from watchword.cases.models import Case, Colleague, Tie
from watchword.core.refusals import NotFound

KEEPERS = (None, "ada")
EACH_ROLE = ("iris", "ada", "hugo", "sofia", "pola", "mira", "eva", "aud", "petro", "tess", "halyna")


@pytest.fixture
def every_case(organisation: Organisation) -> list[Case]:
    """One case for each stage, keeper, colleague and tie."""
    made = {case.pk for case in _cases(organisation)}
    related = "ties__staff", "colleagues__staff"
    return list(Case.objects.filter(pk__in=made).select_related("keeper").prefetch_related(*related))


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


def _expected(login: str, case: Case) -> bool:
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


def test_every_path_shows_what_the_matrix_allows(organisation: Organisation, every_case: list[Case]) -> None:
    standings = {case.code: case.standing() for case in every_case}
    for first, login in enumerate(EACH_ROLE):
        viewer = organisation.actor(login)
        expected = {case.code for case in every_case if _expected(login, case)}
        assert {code for code, one in standings.items() if rules.may_know(viewer, one)} == expected, login
        assert {case.code for case in selectors.visible_cases(viewer)} == expected, login
        assert sorted(_listed(viewer)) == sorted(expected), login
        steps = selectors.steps_waiting_for(viewer, today=organisation.now.date())
        assert {row.code for row in (*steps.soon.rows, *steps.later.rows)} <= expected, login
        # The law was asked of every case; each is also looked for, by one of the roles.
        for case in every_case[first :: len(EACH_ROLE)]:
            assert _finds(case, viewer) is (case.code in expected), (login, case.code)


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
