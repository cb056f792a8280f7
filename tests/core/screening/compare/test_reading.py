# SPDX-License-Identifier: AGPL-3.0-or-later
"""The model as it is read: every feature documented, every level with a sentence, every number in order."""

import numpy as np
import pytest

from watchword.core.screening import compare
from watchword.core.screening.compare import births, circumstances, levels, words
from watchword.core.screening.compare.weights import EXTRA
from watchword.core.screening.compare.words import Seen


def test_every_feature_is_documented_once() -> None:
    assert len({feature.id for feature in compare.MODEL}) == len(
        {feature.number for feature in compare.MODEL}
    )
    for feature in compare.MODEL:
        assert feature.reason.__doc__


def test_every_level_of_words_and_dates_has_a_sentence() -> None:
    assert sorted(words.LEVEL_TEXTS) == list(range(len(levels.LEVELS)))
    assert sorted(circumstances.BIRTH_TEXTS) == list(range(len(births.BIRTHS)))


@pytest.mark.parametrize("feature", compare.MODEL, ids=lambda feature: feature.id)
def test_every_sentence_can_be_filled(feature: compare.Feature) -> None:
    count = len(levels.LEVELS) if feature.number < EXTRA else 2
    for level in range(count):
        assert "%" not in str(feature.reason(Seen(level, "Зубков", "Zubkov", 9.0)))


def test_a_level_that_agrees_less_is_never_worth_more() -> None:
    weights = compare.parameters().weights
    falling = [levels.SAME, levels.FORM, levels.CLOSE, levels.NEAR, levels.FAR, levels.DIFFERENT]
    for rarity in (0.0, 5.0, weights.rarest):
        worth = weights.word[:, falling] + weights.rarity[falling] * rarity
        assert (np.diff(worth, axis=1) <= 1e-9).all()


def test_no_word_that_differs_speaks_for_a_pair() -> None:
    weights = compare.parameters().weights
    assert (weights.word <= 0).all()
    assert (weights.extra <= 0).all()
