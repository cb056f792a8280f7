# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page of the Gate, in every state, language and theme, for whoever sees little or listens."""

import pytest

from tests.gate.states import Walk
from tests.intake.harbour import Harbour
from tests.looking import ROOT, drawing, faults

TEMPLATES = ROOT / "watchword" / "gate" / "templates"
# Drawn for an editor of questions, who is no visitor.
NO_PAGE = {"gate/previewed.html"}


def test_no_page_in_any_state_keeps_anybody_out(gate: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    with drawing() as drawn:
        shown = Walk(gate).goes_everywhere(monkeypatch)
    every = {str(one.relative_to(TEMPLATES)) for one in TEMPLATES.rglob("*.html")}
    assert every - set(drawn) == NO_PAGE, "the walk passes these by"
    found = faults(shown, "gate.css")
    assert not found, "\n".join(found)
