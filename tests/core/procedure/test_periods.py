# SPDX-License-Identifier: AGPL-3.0-or-later
"""Time as people remember it: kept as it was meant, and pointed out only where it cannot be otherwise."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.procedure.every_type import section
from watchword.core.procedure import Answers, gather, readable, validate
from watchword.core.procedure.chronology import Note, notes, ordered
from watchword.core.procedure.judging import Answer
from watchword.core.procedure.periods import bounds, from_parts, in_words, to_parts
from watchword.core.procedure.questionnaire import Group
from watchword.core.procedure.rows import changed
from watchword.core.refusals import WrongState

SECTION = section()
PERIODS = SECTION.question("periods")
assert PERIODS is not None
assert PERIODS.group is not None
GROUP: Group = PERIODS.group

PARTS = ("", *(f"{month:02d}" for month in range(1, 13)), "21", "22", "23", "24")
TICK = st.sampled_from(["", "on"])
YEAR = st.one_of(
    st.just(""), st.integers(1900, 2100).map(str), st.sampled_from(["19", "1899", "２０１９", "x"])
)
CONTROLS = st.fixed_dictionaries(
    {
        "from_year": YEAR,
        "from_part": st.sampled_from(PARTS),
        "to_year": YEAR,
        "to_part": st.sampled_from(PARTS),
        "still": TICK,
        "about": TICK,
    }
)
EDGE = st.builds(
    lambda year, part: f"{year}-{part}" if part else f"{year}",
    st.integers(2000, 2030),
    st.sampled_from(PARTS),
)


def noted(*periods: str, this_month: int | None = None) -> list[Note]:
    entries: list[Answers] = [{"when": period} for period in periods]
    return notes(GROUP, ordered(GROUP, entries), this_month)


def month(year: int, number: int) -> int:
    return year * 12 + number - 1


@settings(max_examples=60)
@given(CONTROLS)
def test_a_period_is_refused_in_words_or_comes_back_as_it_was_meant(controls: dict[str, str]) -> None:
    try:
        period = from_parts(controls)
    except WrongState:
        return
    assert from_parts(to_parts(period)) == period
    if period:
        assert {name: value for name, value in controls.items() if value} == to_parts(period)


@settings(max_examples=60)
@given(st.lists(st.tuples(EDGE, EDGE).map("/".join), max_size=5), st.randoms())
def test_the_order_of_typing_changes_nothing_and_ends_are_found_nowhere_else(
    periods: list[str], random: Random
) -> None:
    shuffled = list(periods)
    random.shuffle(shuffled)
    assert [(one.kind, one.one, one.two) for one in noted(*periods) if one.kind == "gap"] == [
        (one.kind, one.one, one.two) for one in noted(*shuffled) if one.kind == "gap"
    ]
    ends = {edge for period in periods for edge in period.split("/")}
    assert {edge for one in noted(*periods) if one.kind == "gap" for edge in (one.one, one.two)} <= ends


@pytest.mark.parametrize(
    "periods",
    [
        ("2015/2018", "2018/2020"),
        ("2015/2018", "2019/2020"),
        ("2015-01/2018-05", "2018-06/2020"),
        ("2015/2019-22", "2019-23/2020"),
        ("2015/2018-24", "2019-03/2020"),
        ("2015/2018~", "2019-04/2020"),
        ("2015/", "2019/2020"),
        ("2015/2016", "/2020"),
        ("2010/2020", "2012/2013-05", "2020/2021"),
        ("2015/..",),
        (),
    ],
)
def test_what_may_fit_together_is_not_pointed_out(periods: tuple[str, ...]) -> None:
    assert [one for one in noted(*periods) if one.kind == "gap"] == []


def test_a_whole_month_without_a_word_is_a_gap_and_a_sure_overlap_is_told() -> None:
    assert noted("2018-07/2020", "2015/2018-05") == [Note("gap", "2018-05", "2018-07")]
    assert noted("2015/2018", "2016-03/2017") == [Note("overlap", "2015/2018", "2016-03/2017")]
    assert noted("2015/2016", "2010/2020", "2022/..") == [
        Note("overlap", "2010/2020", "2015/2016"),
        Note("gap", "2020", "2022"),
    ]


def test_the_ends_of_ten_years_are_looked_at_when_the_day_is_known() -> None:
    now = month(2026, 11)
    assert noted("2016/..", this_month=now) == []
    assert noted("2016-12/2026-10", this_month=now) == [Note("start", "", "2016-12")]
    assert noted("2010/2026-09", this_month=now) == [Note("end", "2026-09", "")]
    assert noted("2010/2026-10", this_month=now) == []


def test_a_winter_may_be_of_either_side_and_what_goes_on_ends_beyond_every_calendar() -> None:
    begun, ended = bounds("2019-24/..")
    assert begun is not None
    assert ended is not None
    assert (begun.earliest, begun.latest) == (month(2019, 1), month(2020, 2))
    assert ended.earliest >= month(2100, 1)


def test_a_period_is_read_in_the_language_of_the_reader() -> None:
    assert in_words("2019-22~/..", "en") == "about summer 2019 – still"
    assert in_words("/2019-05", "uk") == "невідомо – травень 2019"
    assert in_words("2019-99/", "ru") == "2019-99 – неизвестно"
    assert in_words("a/b", "en") == "a/b"


def test_the_buttons_of_a_list_do_what_they_say_and_nothing_else() -> None:
    typed = gather(
        SECTION.questions,
        {
            "periods.0.when.from_year": ["2020"],
            "periods.1.when.from_year": ["x"],
            "periods.2.when.from_year": ["2010"],
        },
    )

    def years(action: str) -> list[object]:
        rows = changed(SECTION.questions, typed, action)["periods"]
        whens = [row.get("when") for row in rows if isinstance(row, dict)]
        return [when.get("from_year") for when in whens if isinstance(when, dict)]

    assert years("order periods") == ["2010", "2020", "x"]
    assert years("remove periods.1") == ["2020", "2010"]
    assert years("add periods") == ["2020", "x", "2010"]  # three is the most that fit
    for nothing in ("", "remove periods", "remove periods.9", "add word", "order", "drop periods"):
        assert changed(SECTION.questions, typed, nothing) == typed


SHAPES: st.SearchStrategy[Answer] = st.recursive(
    st.sampled_from(["", "x", "2019/..", "2019-99~/", "friend", "given", "1987~", "a\nb"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.sampled_from(["when", "where", "place", "known", "odd"]), inner, max_size=3),
    ),
    max_leaves=8,
)


@settings(max_examples=70)
@given(
    st.dictionaries(st.sampled_from([one.id for one in SECTION.questions] + ["strange"]), SHAPES, max_size=5)
)
def test_whatever_was_sealed_is_shown_and_breaks_no_page(answers: dict[str, Answer]) -> None:
    for language in ("en", "uk"):
        lines = readable(SECTION, answers, language)
        assert len([line for line in lines if line.answered]) == len(answers)


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from([one.id for one in SECTION.questions]), SHAPES, max_size=4))
def test_whatever_shape_is_typed_is_judged(typed: dict[str, Answer]) -> None:
    checked = validate(SECTION, typed)
    assert validate(SECTION, {**checked.cleaned, "word": "x"}).errors.keys() <= {"both"}


def test_every_type_is_read_in_words() -> None:
    answers: Answers = {
        "checks": "refused",
        "moved": "1999-04~",
        "abroad": "2019/2021",
        "home": {"country": "Nowhere", "place": "the village"},
        "knows": {"role": "friend", "known": "school"},
        "paper": {"kind": "passport", "expiry": "2027", "number": "1"},
        "periods": ({"when": "2010/2012"}, {"when": "2015/..", "did": "work", "odd": "x"}),
    }
    said = {line.label: line.answer for line in readable(SECTION, answers, "en") if line.answered}
    assert said == {
        "checks": "I do not agree",
        "moved": "1999-04 (roughly)",
        "abroad": "2019 – 2021",
        "home": "the village, Nowhere",
        "knows": "friend, school",
        "paper": "passport, 2027, number: 1",
        "periods": (
            "Period 1\nwhen: 2010 – 2012\n\nPeriod 2\nwhen: 2015 – still\ndid: work\nodd: x\n\n"
            "To look at:\n• nothing written after “2012” and before “2015”"
        ),
    }
