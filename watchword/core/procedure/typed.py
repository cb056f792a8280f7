# SPDX-License-Identifier: AGPL-3.0-or-later
"""What came from a form, before it is judged: the names of its controls, and how they belong together.

A control is called ``question``, or ``question.part`` where a question has several, and inside a list
``group.3.question.part``. Dots occur in no id, so a name can be read in one way only.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from watchword.core.procedure import periods
from watchword.core.procedure.parts import TICKED, parts_of
from watchword.core.procedure.periods import ABOUT
from watchword.core.procedure.questionnaire import Question, QuestionType

# Words, several ticked choices, the parts of one answer, or the entries of a list.
Given: TypeAlias = str | Sequence["Given"] | Mapping[str, "Given"]
Typed: TypeAlias = Mapping[str, Given]
# All values of each control, in the order in which they stand on the page.
Form: TypeAlias = Mapping[str, Sequence[str]]

MOST_ROWS = 200
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = frozenset("\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def gather(questions: Sequence[Question], form: Form, prefix: str = "") -> dict[str, Given]:
    """Return what ``form`` says to each of ``questions``; a question of which it says nothing is left out."""
    found: dict[str, Given] = {}
    for question in questions:
        given = _given(question, form, f"{prefix}{question.id}")
        if given is not None:
            found[question.id] = given
    return found


def rows_of(name: str, form: Form) -> list[int]:
    """Return the numbers of the entries that the list ``name`` has in ``form``, in order."""
    pattern = re.compile(rf"{re.escape(name)}\.([0-9]{{1,3}})\.", re.ASCII)
    numbers = {int(found[1]) for control in form if (found := pattern.match(control))}
    return sorted(number for number in numbers if number < MOST_ROWS)


def spread(question: Question, given: Given) -> Mapping[str, Given]:
    """Return what to show in the controls of ``question``, typed or clean."""
    if isinstance(given, Mapping):
        return given
    if not isinstance(given, str) or not given:
        return {}
    if question.type is QuestionType.PERIOD:
        return periods.to_parts(given)
    about = {"about": TICKED} if given.endswith(ABOUT) else {}
    return {"date": given.rstrip(ABOUT)} | about


def is_blank(given: Given | None) -> bool:
    """Tell whether nothing at all was written, chosen or ticked."""
    if given is None or isinstance(given, str):
        return not one_form(given or "")
    return all(is_blank(one) for one in (given.values() if isinstance(given, Mapping) else given))


def one_form(words: str) -> str:
    """Return written words in one form: composed characters, plain line ends, no blank edges."""
    seen = "".join(sign for sign in _LINE_END.sub("\n", words) if _is_seen(sign))
    return unicodedata.normalize("NFC", seen).strip()


def _given(question: Question, form: Form, name: str) -> Given | None:
    if question.group is not None:
        inner = question.group.questions
        return [gather(inner, form, f"{name}.{number}.") for number in rows_of(name, form)]
    if parts := parts_of(question):
        found = {part.name: form[f"{name}.{part.name}"] for part in parts if f"{name}.{part.name}" in form}
        return {part: values[-1] for part, values in found.items() if values}
    values = form.get(name)
    if values is None or question.type is QuestionType.SEVERAL:
        return values
    return values[0] if len(values) == 1 else list(values)


def _is_seen(sign: str) -> bool:
    """Tell what to keep: control signs come with pasted text, and those of direction can disguise words."""
    return sign in "\n\t" or (unicodedata.category(sign) not in {"Cc", "Cs"} and sign not in _UNSEEN)
