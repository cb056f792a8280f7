# SPDX-License-Identifier: AGPL-3.0-or-later
"""One story told by three applicants is a ring, also where nothing else agrees and no matcher was asked."""

from tests.cases.test_alike import FLOOD, STRANGER, compare, sent
from tests.core.linkage.test_alike import prose
from tests.organisation import Organisation


def test_a_story_told_three_times_is_drawn_and_told_in_the_table(organisation: Organisation) -> None:
    told = [sent(organisation, f"{FLOOD} {prose(30 + n, 6)}", minutes=n) for n in range(3)]
    stranger = sent(organisation, STRANGER, minutes=4)
    iris = organisation.browser("iris")
    assert "<svg" not in iris.get("/rings/").content.decode()
    compare(organisation)
    drawn = iris.get("/rings/").content.decode()
    assert drawn.count("<circle") == 3
    assert drawn.count("a nearly identical text") == 2
    assert all(case.code in drawn for case in told)
    assert stranger.code not in drawn
    # Whoever may not know of applications in triage hears of no ring among them.
    assert "<svg" not in organisation.browser("ada").get("/rings/").content.decode()
