# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever a role could ever do in a case is on its page: as a way to do it, or with the sentence why not."""

import re
from collections.abc import Mapping

import pytest

from tests.cast import case_in
from tests.organisation import Organisation
from watchword.accounts.rules import Permission
from watchword.cases.models import Case

_P = Permission
SAID: Mapping[Permission, tuple[str, ...]] = {
    _P.CASE_ASSIGN: ("/keeper/", "Hand this case to another keeper"),
    _P.CASE_JOIN: ("/join/",),
    _P.CASE_MESSAGE: ("/write/", "Write a letter"),
    _P.CASE_OPEN: ("/compartment/", "Not for your role", "empty"),
    _P.CASE_STAGE: ("/move/", "why-not", "/decision/"),
    _P.DECISION_PROPOSE: ("/decision/",),
    _P.DOSSIER_ASK: ("/dossier/",),
    _P.EVIDENCE_ADD: ("/evidence/",),
    _P.NOTE_WRITE: ("/note/", "Write a note"),
    _P.SCREENING_RUN: ("/screening/",),
    _P.TASK_SET: ("/task/", "Set a task"),
    _P.TIE_DECLARE: ("/tie/",),
}
"""For each permission that acts in one case: what of it must stand there, one of these."""

STANDING = {"prescreen": ("iris",), "checks": ("ada", "sofia"), "board": ("ada", "ben", "sofia")}


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize(("stage", "who"), [(stage, who) for stage, all_ in STANDING.items() for who in all_])
def test_nothing_is_missing_without_a_sentence(
    organisation: Organisation, stage: str, who: str, closed: bool
) -> None:
    _, office = case_in(organisation, stage)
    if stage == "checks":
        office.keep("ada")
    if closed:
        Case.objects.filter(pk=office.case).update(closed_at=organisation.now)
    code = Case.objects.values_list("code", flat=True).get(pk=office.case)
    answer = organisation.browser(who).get(f"/case/{code}/")
    if answer.status_code == 404:
        pytest.fail(f"{who} should know of a case in {stage}")
    main = answer.content.decode().partition("<main")[2]
    held = organisation.actor(who).permissions
    missing = [one for one, said in SAID.items() if one in held and not any(word in main for word in said)]
    assert missing == []
    for reason in re.findall(r'class="why-not-reason">(.*?)</span></button>', main, re.DOTALL):
        said = re.sub(r"<[^>]+>", "", reason).removeprefix("Not open now:").strip()
        assert re.fullmatch(r"[A-Z“].{7,}[.!?]", said, re.DOTALL), reason
