# SPDX-License-Identifier: AGPL-3.0-or-later
"""A rule that would erase what is waited for, or before people were asked, is refused in its place."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.core.procedure.written import Files, faults, legion, read, row
from watchword.core.refusals import NotFound

WHERE = "legion/stages.toml, retention"


def rule(files: Files, name: str) -> dict[str, object]:
    return row(files["stages"]["retention"], name)


BROKEN: dict[str, tuple[Callable[[Files], object], str]] = {
    "a case that goes on": (
        lambda f: rule(f, "refused").update(stage="appealable"),
        f"{WHERE}[4].stage: only what lies in a final stage",
    ),
    "sooner than anybody would notice": (
        lambda f: rule(f, "withdrawn").update(days=13),
        f"{WHERE}[withdrawn].days: a whole number of at least 14",
    ),
    "before people are asked": (
        lambda f: rule(f, "refused").update(days=365),
        f"{WHERE}[4].days: people are asked first",
    ),
    "where people are never asked": (
        lambda f: rule(f, "closed").update(stage="accepted"),
        f"{WHERE}[1].days: people are asked first",
    ),
    "no such stage": (
        lambda f: rule(f, "refused").update(stage="gone"),
        f"{WHERE}[refused].stage: there is no “gone”",
    ),
    "no such compartment": (
        lambda f: rule(f, "refused-health").update(compartments=["health", "secrets"]),
        f"{WHERE}[refused-health].compartments: there is no “secrets”",
    ),
    "a list of nothing, which would be everything": (
        lambda f: rule(f, "refused-health").update(compartments=[]),
        f"{WHERE}[refused-health].compartments: the list is empty",
    ),
}


@pytest.mark.parametrize(("change", "said"), BROKEN.values(), ids=list(BROKEN))
def test_a_rule_that_erases_too_much_is_refused(change: Callable[[Files], object], said: str) -> None:
    files = legion()
    change(files)
    assert any(fault.startswith(said) for fault in faults(files)), faults(files)


def test_a_rule_counts_from_the_end_of_the_case() -> None:
    profile = read(legion())
    withdrawn = profile.retention_rule("withdrawn")
    assert withdrawn.day(date(2026, 2, 1)) == date(2026, 3, 3)
    assert withdrawn.whole
    assert not profile.retention_rule("refused-health").whole
    with pytest.raises(NotFound):
        profile.retention_rule("never")
