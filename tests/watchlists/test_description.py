# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a list says of itself, in three languages or not at all."""

import pytest

from watchword.core.refusals import WrongState
from watchword.core.screening.loaders import Format
from watchword.core.screening.record import Polarity
from watchword.watchlists import description

GOOD = 'polarity = "neutral"\n[title]\nen = "a"\nuk = "b"\nru = "c"\n[note]\nen = "a"\nuk = "b"\nru = "c"\n'


@pytest.mark.parametrize("name", description.known_ids())
def test_the_known_lists_are_described_to_every_reader(name: str) -> None:
    said = description.known(name)
    assert said is not None
    assert len({*said.title.values(), *said.note.values()}) == 6
    assert said.polarity is not Polarity.PERSECUTOR


def test_the_template_is_a_list_that_may_speak_for_an_applicant() -> None:
    said = description.parse(description.template())
    assert (said.polarity, said.format) == (Polarity.PERSECUTOR, Format.MAPPED_CSV)
    assert said.columns is not None
    assert description.known("template") is None


def test_a_description_survives_being_stored() -> None:
    said = description.parse(description.template())
    assert description.from_json(description.to_json(said)) == said


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (GOOD.replace("neutral", "evil"), "polarity"),
        (GOOD.replace('uk = "b"\n', "", 1), "en, uk and ru"),
        (GOOD.replace('"b"', '" "', 1), "en, uk and ru"),
        (GOOD.replace("[note]", "[notes]"), "no notes"),
        ('format = "pdf"\n' + GOOD, "not a format"),
        (GOOD + "[mapping]\n", "columns"),
        ("polarity =", "not TOML"),
        ("[" * 100_000, "not TOML"),
    ],
)
def test_a_description_that_lacks_something_is_refused(text: str, reason: str) -> None:
    with pytest.raises(WrongState, match=reason):
        description.parse(text)
