# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two people compared: in batches as numbers, one pair at a time as a judgement that can be read."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from watchword.core import names
from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.arrays import Float32, Int32
from watchword.core.screening.compare.judgement import Finding, Judgement, log_odds, probability
from watchword.core.screening.compare.kernel import Sides, compare_people, judge_pairs, ready
from watchword.core.screening.compare.levels import ANY
from watchword.core.screening.compare.model import BY_NUMBER, ORDER
from watchword.core.screening.compare.parameters import Parameters, parameters
from watchword.core.screening.compare.weights import (
    BIRTH,
    CONTACT,
    COUNTRY,
    DOCUMENT,
    EXTRA,
    PLACE,
    Found,
)
from watchword.core.screening.compare.words import Seen
from watchword.core.screening.encoding import EncodedPeople, Encoder, Word, words_of
from watchword.core.screening.fields import compared, contact_key, document_key
from watchword.core.screening.record import Person

FIRST = np.int32(0)
DEFAULT_PRIOR = parameters().prior


def judge(
    left: EncodedPeople, i: Int32, right: EncodedPeople, j: Int32, *, model: Parameters | None = None
) -> Float32:
    """Log2 odds, without a prior, that ``left[i[k]]`` and ``right[j[k]]`` are one person, for every ``k``.

    Raises ``WrongState`` when the two sides were not encoded by one encoder, or a row does not exist.
    """
    if left.table is not right.table:
        raise WrongState(sentence("People are compared only when one encoder has read both sides."))
    for rows, people in ((i, left), (j, right)):
        if len(i) != len(j) or (len(rows) and not 0 <= rows.min() <= rows.max() < len(people)):
            raise WrongState(sentence("A pair names a person who is not there."))
    bits: Float32 = np.empty(len(i), dtype=np.float32)
    weights = (model or parameters()).weights
    judge_pairs(Sides(left.tokens, left.people, right.people), i, j, weights, bits)
    return bits


def explain(
    left: Person, right: Person, *, prior: float = DEFAULT_PRIOR, model: Parameters | None = None
) -> Judgement:
    """Whether two records speak of one person, with a finding for each thing that was looked at.

    ``prior`` is the probability before looking; for a person searched in a list it is the share of searched
    people who are listed, over the number of people listed. Raises ``WrongState`` unless it lies between
    nought and one.
    """
    chosen = model or parameters()
    prior_bits = log_odds(prior)
    encoder = Encoder(names.lexicon())
    one, other = encoder.people([left]), encoder.people([right])
    run = ready(chosen.weights)
    bits, (first, second) = compare_people(Sides(one.tokens, one.people, other.people), FIRST, FIRST, run)
    sides = (side_of(left, one, int(first)), side_of(right, other, int(second)))
    findings = sorted(readable(run.found, sides), key=lambda finding: finding[0])
    return Judgement(prior_bits, tuple(finding for _, finding in findings), bits, probability(bits, prior))


@dataclass(frozen=True)
class Side:
    """One of two people with the name that was chosen, for reading a finding's places back."""

    person: Person
    encoded: EncodedPeople
    name: int
    words: tuple[Word, ...]

    def at(self, places: Sequence[int]) -> str:
        """The words at these places, in their own script."""
        return " ".join(self.words[place].text.title() for place in places if place >= 0)

    def rarity(self, place: int, column: int) -> float:
        """Bits of rarity of the word at this place."""
        names_ = self.encoded.people.names
        return float(self.encoded.tokens.rarity[names_.token[names_.start[self.name] + place], column])

    def value(self, feature: int, place: int) -> str:
        """What stands in a field: the date, number or contact that agrees, else all of them."""
        person = self.person
        if feature == BIRTH:
            return str(person.births[place])
        if feature == DOCUMENT:
            return one_or_all([one.number for one in person.documents if compared(document_key(one))], place)
        if feature == CONTACT:
            return one_or_all([one for one in person.contacts if compared(contact_key(one))], place)
        if feature == PLACE:
            return "; ".join(person.places)
        return "; ".join(code.upper() for code in person.countries) if feature == COUNTRY else ""


def one_or_all(values: Sequence[str], place: int) -> str:
    """The value at ``place``, or all when none is meant."""
    return values[place] if place >= 0 else "; ".join(values)


def side_of(person: Person, encoded: EncodedPeople, chosen: int) -> Side:
    """One person with one of the names, or with none when the record has none."""
    text = person.names[chosen].text if chosen >= 0 else ""
    return Side(person, encoded, chosen, tuple(words_of(text)))


def readable(found: Found, sides: tuple[Side, Side]) -> list[tuple[int, Finding]]:
    """The kernel's findings with words and reasons, each with its place in the order of drawing."""
    findings = []
    for row, bits in zip(found.row[: found.size[0]].tolist(), found.bits.tolist(), strict=False):
        number, level, *places = row
        feature = BY_NUMBER[number]
        seen = what_was_seen(number, level, places, sides)
        said = feature.reason(seen), feature.blind(seen)
        finding = Finding(feature.id, seen.left, seen.right, bits, *said)
        findings.append((ORDER[number], finding))
    return findings


def what_was_seen(number: int, level: int, places: list[int], sides: tuple[Side, Side]) -> Seen:
    """The words or values of both sides, and the rarity of the commoner word."""
    if number > EXTRA:
        left, right = (side.value(number, place) for side, place in zip(sides, places[::2], strict=True))
        return Seen(level, left, right)
    left, right = (side.at(places[2 * at : 2 * at + 2]) for at, side in enumerate(sides))
    if number == EXTRA:
        return Seen(level, left, right)
    rarity = min(side.rarity(places[2 * at], min(number, ANY)) for at, side in enumerate(sides))
    return Seen(level, left, right, rarity)
