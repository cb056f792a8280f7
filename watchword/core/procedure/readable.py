# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shows the answers of a section to whoever may read them, in the reader's language."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from watchword.core.procedure import chronology, periods
from watchword.core.procedure.answers import Answers
from watchword.core.procedure.apart import read_by_others
from watchword.core.procedure.chronology import Note
from watchword.core.procedure.judging import Answer
from watchword.core.procedure.parts import parts_of
from watchword.core.procedure.periods import ABOUT
from watchword.core.procedure.questionnaire import Group, Question, QuestionType, Section
from watchword.core.procedure.text import Text

YES_NO_WORDS = {"yes": Text("Yes", "Так", "Да"), "no": Text("No", "Ні", "Нет")}
CONSENT_WORDS = {
    "given": Text("I agree", "Погоджуюся", "Соглашаюсь"),
    "refused": Text("I do not agree", "Не погоджуюся", "Не соглашаюсь"),
}
_ROUGHLY = Text("roughly", "приблизно", "примерно")
_TO_LOOK_AT = Text("To look at", "На що глянути", "На что взглянуть")
_NOTES = {
    "gap": Text(
        "nothing written after “{one}” and before “{two}”",
        "нічого не написано після «{one}» і до «{two}»",
        "ничего не написано после «{one}» и до «{two}»",
    ),
    "overlap": Text(
        "“{one}” and “{two}” overlap", "«{one}» і «{two}» накладаються", "«{one}» и «{two}» накладываются"
    ),
}


@dataclass(frozen=True)
class Line:
    """One question and its answer, in words. ``answered`` is false for a question left open.

    ``elsewhere``: it may have been answered, but the answer is sealed to others than its reader.
    """

    label: str
    answer: str
    answered: bool = True
    elsewhere: bool = False


def readable(
    section: Section, answers: Answers, language: str, opened: Collection[str] | None = None
) -> tuple[Line, ...]:
    """Return a line for each question that was answered or had to be, in the order they were asked.

    What belongs to no question is shown by its bare name: a reader must see everything that was sealed.
    Written answers stay in the language in which they were given. ``opened`` are the compartments that hold
    ``answers``, if these are not all of the section.
    """
    others = frozenset(read_by_others(section, opened)) if opened is not None else frozenset()
    return _lines(section.questions, answers, language, others)


def note_in_words(note: Note, language: str) -> str:
    """Return what a chronology's note between two entries says to an officer."""
    say = periods.in_words if note.kind == "overlap" else periods.edge_in_words
    return (
        _NOTES[note.kind]
        .in_language(language)
        .format(one=say(note.one, language), two=say(note.two, language))
    )


def choice_words(question: Question) -> list[tuple[str, Text]]:
    """Return the answers that can be chosen, with their words, in order."""
    fixed = {QuestionType.YES_NO: YES_NO_WORDS, QuestionType.CONSENT: CONSENT_WORDS}
    if question.type in fixed:
        return list(fixed[question.type].items())
    return [(choice.id, choice.title) for choice in question.choices]


def _lines(
    questions: Sequence[Question], answers: Answers, language: str, others: Collection[Question] = ()
) -> tuple[Line, ...]:
    lines = [
        _line(question, answers.get(question.id), language, elsewhere=question in others)
        for question in questions
        if question in others or question.id in answers or _is_always_asked(question)
    ]
    known = {question.id for question in questions}
    strange = [Line(name, _bare(answers[name])) for name in answers if name not in known]
    return (*lines, *strange)


def _is_always_asked(question: Question) -> bool:
    return question.show_if is None and question.type is not QuestionType.FILE


def _line(question: Question, answer: Answer | None, language: str, *, elsewhere: bool) -> Line:
    label = question.label.in_language(language)
    if answer is None or elsewhere:
        return Line(label, "", answered=False, elsewhere=elsewhere)
    return Line(label, _said(question, answer, language))


def _said(question: Question, answer: Answer, language: str) -> str:
    """The answer in words. What is sealed may have any shape, whatever its question is."""
    if question.group is not None:
        return _entries(question.group, answer, language)
    if isinstance(answer, Mapping):
        return _parts(question, answer, language)
    if question.type is QuestionType.PERIOD and isinstance(answer, str):
        return periods.in_words(answer, language)
    if question.type is QuestionType.DATE and isinstance(answer, str) and answer.endswith(ABOUT):
        return f"{answer.rstrip(ABOUT)} ({_ROUGHLY.in_language(language)})"
    titles = {value: words.in_language(language) for value, words in choice_words(question)}
    chosen = (answer,) if isinstance(answer, str) else answer
    return "; ".join(titles.get(one, one) if isinstance(one, str) else _bare(one) for one in chosen)


def _parts(question: Question, answer: Mapping[str, Answer], language: str) -> str:
    """A place in one line; of a person and a document each part that was filled in, with what it is not."""
    known = {part.name: dict(part.choices) for part in parts_of(question)}
    said = []
    for name in (*known, *(name for name in answer if name not in known)):
        if name in answer:
            words = _bare(answer[name])
            title = known.get(name, {}).get(words)
            said.append(
                title.in_language(language) if title else words if name in known else f"{name}: {words}"
            )
    return ", ".join(said)


def _entries(group: Group, answer: Answer, language: str) -> str:
    """Each entry of a list with its number, and then what its order of time shows."""
    entries = [one for one in answer if isinstance(one, Mapping)] if isinstance(answer, tuple) else []
    if not entries or not isinstance(answer, tuple) or len(entries) < len(answer):
        return _bare(answer)
    said = [
        "\n".join([f"{group.entry.in_language(language)} {number}", *_entry(group, entry, language)])
        for number, entry in enumerate(entries, 1)
    ]
    notes = [f"• {note_in_words(note, language)}" for note in chronology.notes(group, entries)]
    seen = ["\n".join([f"{_TO_LOOK_AT.in_language(language)}:", *notes])] if notes else []
    return "\n\n".join([*said, *seen])


def _entry(group: Group, entry: Answers, language: str) -> list[str]:
    lines = _lines(group.questions, entry, language)
    return [
        f"{line.label} {line.answer}" if line.label.endswith("?") else f"{line.label}: {line.answer}"
        for line in lines
        if line.answered
    ]


def _bare(answer: Answer) -> str:
    if isinstance(answer, str):
        return answer
    if isinstance(answer, Mapping):
        return ", ".join(f"{name}: {_bare(one)}" for name, one in answer.items())
    return "; ".join(_bare(one) for one in answer)
