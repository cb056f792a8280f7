# SPDX-License-Identifier: AGPL-3.0-or-later
"""The model as a list that can be read aloud: every feature, in the order in which a judgement is drawn.

What a level of a feature is worth stands in parameters.toml; how the level is found, in the kernels; what it
means, in the function of the feature, whose docstring is its documentation.
"""

from collections.abc import Callable
from dataclasses import dataclass

from watchword.core.refusals import Sentence
from watchword.core.screening.compare import blind, circumstances, levels, weights, words
from watchword.core.screening.compare.words import Seen


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that is looked at: its number in the kernels, its name, its sentence for a level.

    ``blind``: the same sentence without a word of either side.
    """

    number: int
    id: str
    reason: Callable[[Seen], Sentence]
    blind: Callable[[Seen], Sentence]


MODEL = (
    Feature(levels.SURNAME, "surname", words.surname, blind.words(words.SURNAME)),
    Feature(levels.GIVEN, "given", words.given, blind.words(words.GIVEN)),
    Feature(levels.PATRONYMIC, "patronymic", words.patronymic, blind.words(words.PATRONYMIC)),
    Feature(levels.ANY, "word", words.word, blind.words(words.WORD)),
    Feature(levels.CROSS, "misplaced", words.misplaced, blind.words(words.MISPLACED)),
    Feature(weights.EXTRA, "extra", words.extra, blind.extra),
    Feature(weights.GENDER, "gender", circumstances.gender, circumstances.gender),
    Feature(weights.WEAK, "weak", circumstances.weak, circumstances.weak),
    Feature(weights.ALIASES, "aliases", circumstances.aliases, circumstances.aliases),
    Feature(weights.BIRTH, "birth", circumstances.birth, blind.birth),
    Feature(weights.PLACE, "place", circumstances.place, blind.place),
    Feature(weights.COUNTRY, "country", circumstances.country, blind.country),
    Feature(weights.DOCUMENT, "document", circumstances.document, blind.document),
    Feature(weights.CONTACT, "contact", circumstances.contact, blind.contact),
    Feature(weights.DOUBT, "doubt", circumstances.doubt, circumstances.doubt),
)
ORDER = {feature.number: place for place, feature in enumerate(MODEL)}
BY_NUMBER = {feature.number: feature for feature in MODEL}
