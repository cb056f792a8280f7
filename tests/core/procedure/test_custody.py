# SPDX-License-Identifier: AGPL-3.0-or-later
"""A profile that gives something into nobody's custody, or asks for it too early, is refused in place."""

from collections.abc import Callable

import pytest

from tests.core.procedure.written import Files, faults, legion, read, row
from watchword.core.procedure import CaseFacts
from watchword.core.procedure.newer import preview
from watchword.core.refusals import NotFound

PROFILE = "legion/profile.toml"
RELATIVES = "legion/questionnaire.toml, sections[relatives]"


def compartment(files: Files, name: str) -> dict[str, object]:
    return row(files["profile"]["compartments"], name)


def section(files: Files, name: str) -> dict[str, object]:
    return row(files["questionnaire"]["sections"], name)


def without_seats(files: Files) -> None:
    """Take the seats out of the compartments that name them."""
    with_seats(files, 0)


def with_seats(files: Files, seats: int) -> None:
    """Have the first so many seats named by those compartments."""
    named = [f"custodian-{number}" for number in range(1, seats + 1)]
    for name, other in (("releases", "vetting"), ("protection", "intake")):
        compartment(files, name).update(readers=[other, *named], writers=[other, *named])


def without(files: Files, *compartments: str) -> None:
    """Take these out of custody."""
    for name in compartments:
        compartment(files, name).update(custody=False, readers=["vetting"])


def without_custody(files: Files) -> None:
    """Leave out the table, though a compartment is in custody."""
    del files["profile"]["custody"]
    without_seats(files)


BROKEN: dict[str, tuple[Callable[[Files], object], str]] = {
    "custody of nobody": (
        without_custody,
        f"{PROFILE}, compartments[relatives].custody: nobody could ever open this",
    ),
    "custody of nothing": (
        lambda f: without(f, "identity", "birth", "passport", "relatives"),
        f"{PROFILE}, custody: no compartment is in custody",
    ),
    "more needed than there are": (
        lambda f: f["profile"]["custody"].update(needed=6),
        f"{PROFILE}, custody.needed: a whole number of at most 5",
    ),
    "nobody needed": (
        lambda f: f["profile"]["custody"].update(needed=0),
        f"{PROFILE}, custody.needed: a whole number of at least 1",
    ),
    "seventeen seats": (
        lambda f: f["profile"]["custody"].update(seats=17),
        f"{PROFILE}, custody.seats: a whole number of at most 16",
    ),
    "an applicant not told how many": (
        lambda f: f["profile"]["custody"]["held"].update(uk="хранителі"),
        f"{PROFILE}, custody.held.uk: this needs the gaps",
    ),
    "a reader beside the custodians": (
        lambda f: compartment(f, "relatives").update(readers=["board"]),
        f"{PROFILE}, compartments[relatives].custody: what is in custody has no readers",
    ),
    "a writer beside the applicant": (
        lambda f: compartment(f, "relatives").update(writers=["vetting"]),
        f"{PROFILE}, compartments[relatives].custody: what is in custody has no readers",
    ),
    "a seat written by hand": (
        lambda f: f["profile"]["roles"].append({**f["profile"]["roles"][0], "id": "custodian-1"}),
        f"{PROFILE}, roles[custodian-1].id: the table [custody] makes this role",
    ),
    "the compartment of a seat written by hand": (
        lambda f: f["profile"]["compartments"].append({**compartment(f, "story"), "id": "custodian-2"}),
        f"{PROFILE}, compartments[custodian-2].id: the table [custody] makes this compartment",
    ),
    "a seat that is not filled": (
        lambda f: compartment(f, "releases").update(readers=["vetting", "custodian-6"]),
        f"{PROFILE}, compartments[releases].readers: there is no “custodian-6”",
    ),
    "requests that custodians have no place for": (
        lambda f: f["profile"]["compartments"].remove(compartment(f, "releases")),
        f"{PROFILE}, custody: what is asked of custodians lies in a compartment “releases”",
    ),
    "a custodian who could not read what is asked": (
        without_seats,
        f"{PROFILE}, compartments[releases].readers: custodians read what is asked of them: “custodian-1”",
    ),
    "a custodian who sees cases": (
        lambda f: row(f["stages"]["stages"], "checks")["seen_by"].append("custodian-1"),
        "legion/stages.toml, stages[checks].seen_by: there is no “custodian-1”",
    ),
    "letters that nobody could read": (
        lambda f: row(f["letters"]["letters"], "message").update(compartment="relatives"),
        f"{PROFILE}, compartments[relatives].custody: letters, messages and calls go here",
    ),
    "replies that nobody could read": (
        lambda f: row(f["stages"]["stages"], "checks").update(replies_to="relatives"),
        "legion/stages.toml, stages[checks].replies_to: nobody who sees a case",
    ),
    "asked before the Desk has answered": (
        lambda f: (
            section(f, "relatives").pop("asked_from"),
            row(f["letters"]["letters"], "identity-asked").update(asks=["identity"]),
        ),
        f"{RELATIVES}.compartment: this is asked after a signed letter",
    ),
    "one question of the application": (
        lambda f: section(f, "prescreen")["questions"][0].update(compartment="relatives"),  # type: ignore[index]  # a list of tables
        "legion/questionnaire.toml, sections[prescreen].compartment: this is asked after a signed letter",
    ),
    "a step that waits until somebody has read it": (
        lambda f: row(row(f["stages"]["stages"], "checks")["exits"], "interview")["needs"].append(
            "opened:relatives"
        ),
        "legion/stages.toml, stages[checks].exits[interview].needs: “opened:relatives” is no need",
    ),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_custody_is_refused_and_the_place_is_named(how: str) -> None:
    breaking, expected = BROKEN[how]
    files = legion()
    breaking(files)
    assert any(fault.startswith(expected) for fault in faults(files)), faults(files)


def test_a_step_may_wait_until_it_is_lodged() -> None:
    files = legion()
    row(row(files["stages"]["stages"], "checks")["exits"], "interview")["needs"].append("lodged:relatives")
    assert faults(files) == []


def test_a_page_of_which_one_question_is_in_custody_is_sealed_to_the_seats_as_well() -> None:
    files = legion()
    files["profile"]["custody"].update(needed=1, seats=2)
    with_seats(files, 2)
    section(files, "health")["questions"][1].update(compartment="relatives")  # type: ignore[index]  # a list of tables
    profile = read(files)
    health = profile.questionnaire.section("health")
    assert health.compartments == ("health", "story", "relatives")
    assert health.sealed_into == (*health.compartments, "custodian-1", "custodian-2")
    assert profile.readers_in_words("relatives", "en") == ("any 1 of 2 custodians, only together",)
    assert profile.questionnaire.section("motivation").sealed_into == ("story",)


def test_a_profile_without_custody_knows_no_seat() -> None:
    files = legion()
    del files["profile"]["custody"]
    without_seats(files)
    without(files, "identity", "birth", "passport", "relatives")
    profile = read(files)
    assert not any(role.id.startswith("custodian") for role in profile.roles)
    with pytest.raises(NotFound):
        profile.compartment("custodian-1")


def test_a_case_with_shares_does_not_go_over_to_a_version_with_fewer_seats() -> None:
    files = legion()
    files["profile"]["version"] = 2
    files["profile"]["custody"].update(seats=4)
    with_seats(files, 4)
    old, new = read(legion()), read(files)
    nothing = preview(old, new, "checks", CaseFacts(), {"relatives", "custodian-4"})
    refused = preview(old, new, "checks", CaseFacts(), {"relatives", "custodian-5"})
    assert nothing.refused is None
    assert "custodian-5" in str(refused.refused)
