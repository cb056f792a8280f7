# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forty invented applicants: what they answer, and how far each of them has come."""

from collections.abc import Mapping
from dataclasses import dataclass

from watchword.core.procedure import Answer, Answers, Question, QuestionType, Section, asked

LANGUAGES = ("ru", "uk", "en", "ru")

# How each life of the demo ends for now; see lives.py. Together they are in every stage of the profile.
DESTINATIONS = (
    *("prescreen",) * 8,
    *("questionnaire",) * 4,
    *("checks",) * 6,
    *("interviews",) * 3,
    *("medical",) * 2,
    *("polygraph",) * 2,
    *("reading",) * 2,
    *("board",) * 3,
    "refusal-intended",
    "refused",
    *("accepted",) * 2,
    "deferred",
    "held",
    "redirected",
    "withdrawn",
    "closed",
    "prescreen-danger",
)

WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "citizenships": ("Of the country that persecutes us", "That country, and a second passport since 2021"),
        "country": ("A third country, north of it", "Still there", "A third country by the sea"),
        "languages": ("Russian, some English", "Russian, Ukrainian, English B1"),
        "periods": (
            "2016-2019: a town on the big river, studied to be an electrician. 2019-2023: the same town, worked at a"
            " dairy. 2023 until now: abroad, warehouse work.",
            "2016-2022: a northern port, nurse in a hospital. 2022-2024: moved three times, private care. Since 2024"
            " abroad.",
        ),
        "service_details": ("Conscript, 2017, a signals company, cook and driver.",),
        "approached_details": ("Two men came to my work and asked whom I know. I said nobody. It was once, in 2023.",),
        "why": (
            "I left because I would not be part of it. I do not want to wait until it ends without me.",
            "My brother was taken for a post. I cannot sit in a kitchen abroad any longer.",
        ),
        "skills": ("First aid, driving category C, I repair engines.", "Nursing, and I can calm people."),
        "risks": ("My mother lives alone there. Please never telephone anybody.",),
        "found_where": ("A channel that somebody forwarded to me.",),
    },
    "uk": {
        "citizenships": ("Країни, яка нас переслідує", "Тієї країни; другого паспорта немає"),
        "country": ("Третя країна, на північ від неї", "Третя країна біля моря"),
        "languages": ("Українська, російська", "Російська, трохи польської"),
        "periods": (
            "2016-2020: містечко на великій річці, вчився на механіка. 2020-2023: те саме місто, майстерня."
            " З 2023: за кордоном, будівництво.",
        ),
        "service_details": ("Строкова служба, 2018, ремонтна рота, механік.",),
        "approached_details": ("Один раз викликали на розмову на роботі й питали про знайомих. Я відмовився.",),
        "why": ("Я поїхав, бо не хотів бути частиною цього. Хочу допомогти, поки це має сенс.",),
        "skills": ("Ремонт дизельних двигунів, зварювання.", "Радіозв’язок, трохи програмування."),
        "risks": ("Батьки там. Будь ласка, нікому не телефонуйте.",),
        "found_where": ("Канал, який мені переслали.",),
    },
    "ru": {
        "citizenships": ("Страны, которая нас преследует", "Той страны; вид на жительство в третьей стране"),
        "country": ("Третья страна, к северу от неё", "Пока там", "Третья страна у моря"),
        "languages": ("Русский, немного английского", "Русский, украинский"),
        "periods": (
            "2016-2019: город на большой реке, учился на электрика. 2019-2023: там же, работал на молочном заводе."
            " С 2023: за границей, склад.",
            "2016-2022: северный порт, медсестра в больнице. 2022-2024: трижды переезжала. С 2024 за границей.",
        ),
        "service_details": ("Срочная служба, 2017, рота связи, водитель.",),
        "approached_details": ("Один раз приходили на работу и спрашивали, кого я знаю. Я ничего не сказал.",),
        "why": (
            "Я уехал, потому что не хотел в этом участвовать. Не хочу ждать, пока всё кончится без меня.",
            "Брата посадили за запись в сети. Больше не могу сидеть на чужой кухне и молчать.",
        ),
        "skills": ("Первая помощь, категория C, ремонт моторов.", "Медсестра, умею успокоить людей."),
        "risks": ("Мать там одна. Пожалуйста, никому не звоните.",),
        "found_where": ("Канал, который мне переслали.",),
    },
}


@dataclass(frozen=True)
class Applicant:
    """One invented person: a number that chooses the answers, a language, and where the case is today."""

    number: int
    language: str
    destination: str


def applicants(count: int) -> list[Applicant]:
    """The first ``count`` applicants; more than forty begin again with other answers."""
    return [
        Applicant(number, LANGUAGES[number % len(LANGUAGES)], DESTINATIONS[number % len(DESTINATIONS)])
        for number in range(count)
    ]


def answers(applicant: Applicant, section: Section) -> Answers:
    """What this person writes on one page, question by question, so that conditions are met as they arise."""
    given: dict[str, Answer] = {}
    while fresh := [q for q in asked(section, given) if q.id not in given and q.type is not QuestionType.FILE]:
        given[fresh[0].id] = _answer(applicant, fresh[0])
    return given


def _answer(applicant: Applicant, question: Question) -> Answer:
    if question.id == "adult":
        return "yes"
    if question.id == "danger_now":
        return "yes" if applicant.destination.endswith("danger") else "no"
    if question.id == "bars":
        return ("none",)
    if question.values:
        chosen = question.values[applicant.number * 7 % len(question.values)]
        return (chosen,) if question.type is QuestionType.SEVERAL else chosen
    texts = WORDS[applicant.language].get(question.id, ("…",))
    return texts[applicant.number % len(texts)]
