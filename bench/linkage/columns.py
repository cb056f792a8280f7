# SPDX-License-Identifier: AGPL-3.0-or-later
"""People as columns for an engine of tables: skeletons by role, what they are forms of, how rare they are."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from bench.linkage.model import PARTS, surplus
from watchword.core.screening.arrays import Tokens
from watchword.core.screening.compare.levels import GIVEN_BIT, PATRONYMIC_BIT, SURNAME_BIT, VOWELS
from watchword.core.screening.compare.parameters import Parameters
from watchword.core.screening.encoding import EncodedPeople
from watchword.core.screening.fields import place_keys
from watchword.core.screening.record import Person

Row = dict[str, Any]
ROLES = {SURNAME_BIT: "surname", GIVEN_BIT: "given", PATRONYMIC_BIT: "patronymic"}
GENDERS = (None, "m", "f")


def rows(people: Sequence[Person], encoded: EncodedPeople) -> list[Row]:
    """A row for each person of one name whose words are at most one of each role; others are left out."""
    found = []
    for number, person in enumerate(people):
        words = of_name(encoded, number)
        if words is not None:
            found.append({"unique_id": number} | words | of_person(person, encoded, number))
    return found


def of_name(encoded: EncodedPeople, number: int) -> Row | None:
    names, tokens = encoded.people.names, encoded.tokens
    row: Row = {"surname_base": None}
    for part in PARTS:
        row |= {part: None, f"{part}_stretched": None, f"{part}_forms": None}
    for at in range(names.start[number], names.start[number + 1]):
        part, token = ROLES.get(int(names.role[at]), ""), int(names.token[at])
        if not part or row[part] is not None:
            return None
        row[part] = text = skeleton(tokens, token)
        if part == "surname":
            row["surname_base"] = text = skeleton(tokens, int(tokens.base[token]))
        else:
            groups = tokens.group if part == "given" else tokens.father
            row[f"{part}_forms"] = [int(group) for group in groups[token] if group >= 0]
        row[f"{part}_stretched"] = "".join(map(stretched, text))
    return row


def stretched(letter: str) -> str:
    """A consonant twice, so that changing it costs two; c as t and c, because changing those costs one."""
    if letter == "c":
        return "tc"
    return letter if VOWELS[ord(letter)] else 2 * letter


def frequencies(encoded: EncodedPeople, model: Parameters) -> dict[str, dict[str, float]]:
    """The term frequency of every skeleton in each part: two to the power of minus its rarity."""
    tokens = encoded.tokens
    texts = [skeleton(tokens, token) for token in np.flatnonzero(tokens.length).tolist()]
    return {
        part: {
            text: 2.0 ** -(min(float(rarity), model.weights.rarest) + surplus(model, part))
            for text, rarity in zip(texts, tokens.rarity[:, number].tolist(), strict=False)
        }
        for part, number in PARTS.items()
    }


def skeleton(tokens: Tokens, token: int) -> str:
    return bytes(tokens.letters[token, : tokens.length[token]]).decode("ascii")


def of_person(person: Person, encoded: EncodedPeople, number: int) -> Row:
    born = person.births[0] if person.births else None
    gender = encoded.people.gender[number] or encoded.people.names.gender[number]
    return {
        "birth_year": born and born.year,
        "birth_month": born and born.month,
        "birth_day": born and born.day,
        "birth_text": str(born).replace("-", "") if born and born.day else None,
        "gender": GENDERS[int(gender)],
        "place": place_keys(person.places) or None,
    }
