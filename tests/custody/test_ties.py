# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 4 for custodians: who knows an applicant says so by the code of the case, and then gives nothing."""

import pytest

from tests.custody.around_a_safe import Safe
from watchword.cases.models import Tie
from watchword.core.refusals import NotFound, NotPermitted

TYPED = {"kind": "family"}


def test_a_custodian_declares_a_tie_and_answers_no_more(safe: Safe) -> None:
    release = safe.ask()
    halyna = safe.organisation.browser("halyna")
    assert 'href="/tie/"' in halyna.get("/custody/").content.decode()
    assert halyna.post("/tie/", {"code": safe.code}).status_code == 422
    assert halyna.post("/tie/", TYPED | {"code": f" {safe.code.lower()} "})["Location"] == "/custody/"
    assert Tie.objects.get().staff_id == safe.organisation.staff["halyna"].uid
    with pytest.raises(NotPermitted, match="tie"):
        safe.give(release, "halyna")
    with pytest.raises(NotPermitted, match="tie"):
        safe.refuse(release, "halyna")
    with pytest.raises(NotFound):
        safe.break_glass("halyna")
    safe.give(release, "jonas", "katrin", "milda")
    assert safe.open(release)
    assert safe.events().count("case.tie") == 1


def test_declared_again_or_of_no_case_it_is_answered_alike(safe: Safe) -> None:
    """Whoever has a tie learns nothing more of the case, and whoever guesses codes learns nothing new."""
    halyna = safe.organisation.browser("halyna")
    halyna.post("/tie/", TYPED | {"code": safe.code})
    again, nowhere = (halyna.post("/tie/", TYPED | {"code": code}) for code in (safe.code, "WW-AAAA-00"))
    assert (again.status_code, nowhere.status_code) == (404, 404)
    assert Tie.objects.count() == 1
    for who in ("ada", "petro", "aud", "sofia"):
        assert safe.organisation.browser(who).get("/tie/").status_code == 403, who
