# SPDX-License-Identifier: AGPL-3.0-or-later
"""One application, from the courier's bag to the board's table, through the services alone."""

from tests.cast import case_in, stage_of
from tests.organisation import Organisation


def test_a_case_goes_from_arrival_to_the_board(organisation: Organisation) -> None:
    dov, _ = case_in(organisation, "board")
    assert stage_of(dov.case) == "board"
