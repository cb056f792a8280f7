# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every finding has a sentence in which no word of either side stands, at every level."""

import pytest

from watchword.core.refusals import Sentence
from watchword.core.screening.compare import births, levels
from watchword.core.screening.compare.circumstances import BIRTH_TEXTS
from watchword.core.screening.compare.model import MODEL, Feature
from watchword.core.screening.compare.weights import AGREES
from watchword.core.screening.compare.words import LEVEL_TEXTS, Seen

LEFT, RIGHT = "canary-left", "канарка"
NAMES = {"surname", "given", "patronymic", "word", "misplaced"}


def values(words: Sentence) -> list[object]:
    """What fills the gaps of a sentence, and of the sentences in them."""
    inner = [value for one in words.params.values() if isinstance(one, Sentence) for value in values(one)]
    return [*(one for one in words.params.values() if not isinstance(one, Sentence)), *inner]


@pytest.mark.parametrize("feature", MODEL, ids=lambda one: one.id)
def test_no_word_of_either_side_stands_in_it(feature: Feature) -> None:
    every = LEVEL_TEXTS if feature.id in NAMES else BIRTH_TEXTS if feature.id == "birth" else (0, 1)
    for level in every:
        said = feature.blind(Seen(level, LEFT, RIGHT, 9.0))
        assert values(said) == []
        assert str(said).strip(), "and it says something"


def test_it_says_as_much_as_the_full_one_does() -> None:
    by_id = {feature.id: feature for feature in MODEL}
    assert str(by_id["surname"].blind(Seen(levels.SAME, "Дов", "Dov", 14.0))) == (
        "Surname: agrees, written in another script. The name is rare, so it says much."
    )
    assert str(by_id["given"].blind(Seen(levels.DIFFERENT, "Дов", "Зоя"))) == "Given name: differs."
    day = by_id["birth"].blind(Seen(births.OTHER_DAY, "1991-04-17", "1991-05-02"))
    assert str(day) == "Birth date: the same year, another day."
    assert str(by_id["document"].blind(Seen(AGREES, "AA 1", "AA 1"))) == "Document: the same number."
