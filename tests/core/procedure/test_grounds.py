# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 1: no refusal rests on a polygraph result, a citizenship or a relative alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.procedure.written import legion, read
from watchword.core.procedure import Ground, GroundLaw
from watchword.core.refusals import WrongState

LAW = read(legion()).ground_law
GUIDELINES = [one.code for one in LAW.guidelines]
WEAK = ["citizenship", "polygraph", "relatives"]
STRONG = [one.id for one in LAW.sources if one.id not in WEAK]

WEAK_GROUNDS = st.one_of(
    st.builds(Ground, st.sampled_from(GUIDELINES), st.sampled_from(WEAK)),
    st.builds(Ground, st.just("B"), st.sampled_from(STRONG)),
    st.builds(Ground, st.sampled_from(GUIDELINES), st.sampled_from(["rumour", "", "Interview"])),
    st.builds(Ground, st.sampled_from(["Z", "", "d"]), st.sampled_from(STRONG)),
)


@settings(max_examples=100)
@given(st.lists(WEAK_GROUNDS, max_size=8))
def test_however_many_weak_grounds_there_are_they_never_carry_a_refusal(grounds: list[Ground]) -> None:
    with pytest.raises(WrongState, match="at least one ground that stands by itself"):
        LAW.check_carry_refusal(grounds)


@settings(max_examples=50)
@given(st.lists(WEAK_GROUNDS, max_size=4), st.sampled_from(STRONG))
def test_one_ground_that_stands_by_itself_carries_it(weak: list[Ground], source: str) -> None:
    grounds = [*weak, Ground("D", source)]
    assert LAW.independent(grounds) == 1
    LAW.check_carry_refusal(grounds)


def test_the_reason_names_what_is_too_weak() -> None:
    with pytest.raises(WrongState, match="Polygraph result; Citizenship; Relatives"):
        LAW.check_carry_refusal([Ground("A", "polygraph")])


def test_a_law_without_sources_lets_nothing_through() -> None:
    with pytest.raises(WrongState):
        GroundLaw((), ()).check_carry_refusal([Ground("D", "interview")])
