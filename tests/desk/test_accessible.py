# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page of the Desk, in every language and theme, for whoever sees little or listens."""

from pytest_django import Settings

from tests.decisions.at_the_table import CANDOUR, laid
from tests.desk import scenes, scenes_of_custody, scenes_of_splitting, scenes_of_watching
from tests.desk.walk import Walk
from tests.laws.addresses import addresses, gaps_of
from tests.looking import ROOT, faults
from tests.matcher.desk import Bench
from tests.organisation import Organisation

WHO = ("ada", "iris", "sofia", "ben", "petro", "aud", "halyna")
# The session ends there, or another language begins; who leaves in a hurry is shown an empty page on purpose.
NO_PAGES = {"accounts:log_out", "accounts:lock", "leave", "left", "language", "healthz"}
PAPER = {
    "accounts/_keepers_mark.html",
    "accounts/keepers.html",
    "decisions/dossier_paper.html",
    "genuine/cards.html",
}
OF_THE_GATE = {
    "web/_languages_of_form.html",
    "web/base_gate.html",
    "web/forms/entries.html",
    "web/forms/entry.html",
    "web/forms/parts.html",
    "web/forms/section.html",
    "web/preview.html",
}
# What answers when the program itself is broken asks for nothing, and so for no page of this walk either.
NOT_ON_THE_WALK = PAPER | OF_THE_GATE | {"web/broken.html", "web/left.html"}
AN_EXAMPLE = ("gate/", "web/look/")


def test_no_page_in_any_state_keeps_anybody_out(
    organisation: Organisation, settings: Settings, bench: Bench
) -> None:
    walk, table = Walk(), laid(organisation)
    scenes.before_a_proposal(walk, table)
    table.propose(CANDOUR, outcome="accept-with-conditions", conditions="Write.", until=table.day(20))
    gaps, asked = gaps_of(table), [one for one in addresses() if one.name not in NO_PAGES]
    for who in WHO:
        walk.goes(who, organisation.browser(who), asked, gaps)
    scenes.a_decision(walk, table)
    scenes.papers_of_a_case(walk, organisation)
    scenes_of_custody.a_release(walk, organisation, settings)
    scenes.a_hit(walk, organisation, settings)
    scenes.several_at_once(walk, organisation)
    scenes.applied_twice(walk, organisation, bench)
    scenes.somebody_asks(walk, organisation)
    scenes.a_flood(walk, organisation)
    walk.sends_what_it_saw()
    scenes_of_watching.a_sleeping_matcher(walk, organisation, bench)
    scenes_of_watching.a_full_day(walk, organisation)
    scenes_of_watching.an_invented_case(walk, organisation)
    scenes_of_splitting.a_splitting(walk, organisation, settings)
    scenes.people_and_keys(walk, organisation)
    assert templates() - walk.drawn == NOT_ON_THE_WALK, "the walk passes these by"
    found = faults(walk.shown, "desk.css")
    assert not found, "\n".join(found)


def templates() -> set[str]:
    """Every template of the Desk; the examples of the look belong to a demo."""
    found = {str(one).split("/templates/")[1] for one in ROOT.glob("watchword/*/templates/**/*.html")}
    return {one for one in found if not one.startswith(AN_EXAMPLE)}
