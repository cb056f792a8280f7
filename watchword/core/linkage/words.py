# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of a name is compared when nobody may see it: a form of each word that every spelling leads to."""

from collections.abc import Iterable
from dataclasses import dataclass

from watchword.core import names
from watchword.core.linkage.identity import WrittenName
from watchword.core.names import Lexicon, Role
from watchword.core.names.roles import alone, borne_as_given

MOST_FORMS = 2
"""Of one word: Sasha is Alexander and Alexandra."""

MOST_WORDS = 3
"""Of one part that are used: two given names, a surname of two."""

READ = (Role.SURNAME, Role.GIVEN, Role.PATRONYMIC)
Words = list[tuple[str, Role]]


@dataclass(frozen=True, slots=True)
class ReadName:
    """The forms of its words by what the words are, in the order of writing."""

    surnames: tuple[str, ...]
    givens: tuple[str, ...]
    fathers: tuple[str, ...]


class NameReader:
    """Reads names; its owner makes one for a run and drops it with the run, because names are secrets."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._memo = names.Memo()

    def read(self, name: WrittenName) -> ReadName:
        """The words of a name, each as the part that it stands in; of an undivided name as can be told."""
        found: dict[Role, list[str]] = {role: [] for role in READ}
        for word, role in self._parted(name) or self._whole(name.text):
            if role in found and len(found[role]) < MOST_WORDS:
                found[role].append(word)
        surnames, givens, fathers = (found[role] for role in READ)
        return ReadName(
            _distinct(form for word in surnames for form in self._forms(word)),
            _distinct(form for word in givens for form in self._forms(word)),
            _distinct(form for word in fathers for form in self._fathers(word)),
        )

    def _whole(self, text: str) -> Words:
        """A word that may be a surname and a given name is taken for the surname."""
        words = self._memo.skeletons(text)
        roles = names.roles(words, self.lexicon)
        found = zip(words, roles, strict=True)
        return [(word, Role.SURNAME if role & Role.SURNAME else role) for word, role in found]

    def _parted(self, name: WrittenName) -> Words:
        """A patronymic may stand among the given names, and the two names in each other's place."""
        surnames, givens, fathers = map(self._memo.skeletons, (name.surname, name.given, name.patronymic))
        if self._are(givens, Role.SURNAME) and self._are(surnames, Role.GIVEN):
            surnames, givens = givens, surnames
        patronymic = [bool(at) and self._are((word,), Role.PATRONYMIC) for at, word in enumerate(givens)]
        return [
            *((word, Role.SURNAME) for word in surnames),
            *((word, READ[1 + other]) for word, other in zip(givens, patronymic, strict=True)),
            *((word, Role.PATRONYMIC) for word in fathers),
        ]

    def _are(self, words: tuple[str, ...], role: Role) -> bool:
        """Whether each of them is known to be this and nothing else."""
        return bool(words) and all(alone(word, self.lexicon.look_up(word)) == role for word in words)

    def _forms(self, word: str) -> tuple[str, ...]:
        """The same for a word wherever it stands: a given name's full forms, a surname without its gender."""
        entry = self.lexicon.look_up(word)
        if entry.groups and borne_as_given(entry) > entry.surname:
            return self._labels(entry.groups)
        return (entry.surname_base,)

    def _fathers(self, word: str) -> tuple[str, ...]:
        """A patronymic by the father's name: a sister's is her brother's, Mykhailovych is Mikhailovich."""
        entry = self.lexicon.look_up(word)
        return self._labels(entry.patronymic_of) if entry.patronymic_of else (word,)

    def _labels(self, groups: Iterable[int]) -> tuple[str, ...]:
        labels = (self._memo.skeletons(self.lexicon.group(group)) for group in groups)
        return _distinct(" ".join(label) for label in labels if label)[:MOST_FORMS]


def _distinct(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(forms))
