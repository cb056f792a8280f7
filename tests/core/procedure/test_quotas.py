# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much reading is usual: a number that would have no effect, or none at all, is refused in its place."""

from collections.abc import Callable

import pytest

from tests.core.procedure.written import Files, faults, legion, read, row
from watchword.core.procedure.custody import SEATS
from watchword.core.procedure.quotas import usual_cases

PROFILE = "legion/profile.toml"


def role(files: Files, name: str) -> dict[str, object]:
    return row(files["profile"]["roles"], name)


BROKEN: dict[str, tuple[Callable[[Files], object], str]] = {
    "a wall": (
        lambda f: role(f, "intake").update(cases_a_day=0),
        f"{PROFILE}, roles[intake].cases_a_day: a whole number of at least 1",
    ),
    "no number": (
        lambda f: role(f, "board").update(cases_a_day="many"),
        f"{PROFILE}, roles[board].cases_a_day: a whole number",
    ),
    "nobody who reads": (
        lambda f: role(f, "administrator").update(cases_a_day=5),
        f"{PROFILE}, roles[administrator].cases_a_day: nothing is sealed to this role",
    ),
    "a compartment in the place of the reasons": (
        lambda f: f["profile"]["compartments"].append(
            {**row(f["profile"]["compartments"], "story"), "id": "reasons"}
        ),
        f"{PROFILE}, compartments[reasons].id: the programme keeps this name",
    ),
    "custodians who may open nothing": (
        lambda f: f["profile"]["custody"].update(cases_a_day=0),
        f"{PROFILE}, custody.cases_a_day: a whole number of at least 1",
    ),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_number_without_effect_is_refused_and_the_place_is_named(how: str) -> None:
    breaking, expected = BROKEN[how]
    files = legion()
    breaking(files)
    assert any(fault.startswith(expected) for fault in faults(files)), faults(files)


def test_every_seat_has_the_number_of_custody_and_a_procedure_needs_none() -> None:
    files = legion()
    files["profile"]["custody"]["cases_a_day"] = 7
    del role(files, "board")["cases_a_day"]
    profile = read(files)
    assert {usual_cases(profile.roles, {seat}) for seat in SEATS[:5]} == {7}
    assert usual_cases(profile.roles, {"board"}) is None
