# SPDX-License-Identifier: AGPL-3.0-or-later
"""The controls of a question that is answered in several: their names, their words and what they take."""

from dataclasses import dataclass

from watchword.core.procedure.questionnaire import Question, QuestionType
from watchword.core.procedure.text import Text

TICKED = "on"
LONGEST_PART = 200
_MONTHS = {
    "01": Text("January", "січень", "январь"),
    "02": Text("February", "лютий", "февраль"),
    "03": Text("March", "березень", "март"),
    "04": Text("April", "квітень", "апрель"),
    "05": Text("May", "травень", "май"),
    "06": Text("June", "червень", "июнь"),
    "07": Text("July", "липень", "июль"),
    "08": Text("August", "серпень", "август"),
    "09": Text("September", "вересень", "сентябрь"),
    "10": Text("October", "жовтень", "октябрь"),
    "11": Text("November", "листопад", "ноябрь"),
    "12": Text("December", "грудень", "декабрь"),
}
# As ISO 8601-2 numbers them.
_SEASONS = {
    "21": Text("spring", "весна", "весна"),
    "22": Text("summer", "літо", "лето"),
    "23": Text("autumn", "осінь", "осень"),
    "24": Text("winter", "зима", "зима"),
}
PART_OF_YEAR = _SEASONS | _MONTHS


@dataclass(frozen=True)
class Part:
    """One control: ``written`` words, one of ``choices``, or a box to tick when it has neither."""

    name: str
    label: Text
    written: bool = False
    choices: tuple[tuple[str, Text], ...] = ()
    longest: int = 0
    digits: bool = False


def parts_of(question: Question) -> tuple[Part, ...]:
    """Return the controls of ``question``, in order; none where one control is the whole question."""
    listed = tuple((choice.id, choice.title) for choice in question.choices)
    match question.type:
        case QuestionType.PERIOD:
            return _PERIOD
        case QuestionType.PLACE:
            return (_words("place", _PLACE), _words("country", _COUNTRY))
        case QuestionType.PERSON:
            return (Part("role", _ROLE, choices=listed), _words("known", _KNOWN))
        case QuestionType.DOCUMENT:
            kind = Part("kind", _KIND, choices=listed)
            return (kind, _words("country", _ISSUER), _words("expiry", _EXPIRY))
        case QuestionType.DATE if question.about:
            return (_words("date", _DATE), Part("about", _ABOUT))
    return ()


def _words(name: str, label: Text) -> Part:
    return Part(name, label, written=True, longest=LONGEST_PART)


def _year(name: str, label: Text) -> Part:
    return Part(name, label, written=True, longest=4, digits=True)


_ABOUT = Text(
    "Roughly, I do not remember exactly", "Приблизно, точно не пам’ятаю", "Примерно, точно не помню"
)
_PERIOD = (
    Part(
        "from_part",
        Text(
            "From: month or season",
            "З якого часу: місяць або пора року",
            "С какого времени: месяц или время года",
        ),
        choices=tuple(PART_OF_YEAR.items()),
    ),
    _year("from_year", Text("From: year", "З якого часу: рік", "С какого времени: год")),
    Part(
        "to_part",
        Text(
            "Until: month or season",
            "До якого часу: місяць або пора року",
            "До какого времени: месяц или время года",
        ),
        choices=tuple(PART_OF_YEAR.items()),
    ),
    _year("to_year", Text("Until: year", "До якого часу: рік", "До какого времени: год")),
    Part("still", Text("Still today", "Досі", "До сих пор")),
    Part("about", _ABOUT),
)
_PLACE = Text(
    "Town or region, as you call it",
    "Місто чи область, як ви їх називаєте",
    "Город или область, как вы их называете",
)
_COUNTRY = Text("Country", "Країна", "Страна")
_ROLE = Text("Who this is to you", "Ким ця людина є для вас", "Кем этот человек вам приходится")
_KNOWN = Text(
    "How you know each other, without a name", "Звідки ви знайомі, без імені", "Откуда вы знакомы, без имени"
)
_KIND = Text("Kind of document", "Який це документ", "Какой это документ")
_ISSUER = Text("Country that issued it", "Країна, яка його видала", "Страна, которая его выдала")
_EXPIRY = Text(
    "Valid until: day, month, year, or the year alone",
    "Дійсний до: день, місяць, рік або лише рік",
    "Действителен до: день, месяц, год или только год",
)
_DATE = Text(
    "Day, month, year, or what you know of it",
    "День, місяць, рік або що з цього знаєте",
    "День, месяц, год или что из этого знаете",
)
