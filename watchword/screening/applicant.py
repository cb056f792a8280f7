# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes a record for screening out of what an applicant answered about who they are."""

from watchword.core.linkage import Born, Identity, WrittenName
from watchword.core.procedure import Answers
from watchword.core.refusals import Refused, WrongState, sentence
from watchword.core.screening.dates import PartialDate, from_iso
from watchword.core.screening.loaders import countries
from watchword.core.screening.record import Document, NameKind, Person, PersonName

KEY = "applicant"
"""What the record is called within itself; it stands in no list."""

MOST_NAMES = 100
"""Nobody had more; whoever writes thousands keeps the Desk busy and makes the true one count for less."""


def person_of(answers: Answers) -> Person:
    """The record of whoever gave these answers; WrongState when they name nobody, or a crowd."""
    number = _said(answers, "passport")
    return Person(
        key=KEY,
        names=tuple(_names(answers)),
        births=_births(_said(answers, "birth_date")),
        places=tuple(filter(None, [_said(answers, "birth_place")])),
        countries=_countries(_said(answers, "citizenships")),
        documents=(Document("passport", number),) if number else (),
    )


def identity_of(person: Person) -> Identity:
    """What a second application by the same person is told by."""
    # The tables of names load when first asked for, not when a program starts.
    from watchword.core.screening.fields import compared, contact_key, document_key, place_keys

    contacts = list(filter(compared, map(contact_key, person.contacts)))
    phones, mails = (tuple(filter(is_one, contacts)) for is_one in (str.isdecimal, _is_mail))
    return Identity(
        names=tuple(WrittenName(one.text, one.surname, one.given, one.patronymic) for one in person.names),
        births=tuple(Born(day.year, day.month or 0, day.day or 0) for day in person.births),
        places=tuple(place_keys(person.places)),
        passports=tuple(filter(compared, map(document_key, person.documents))),
        phones=phones,
        mails=mails,
        handles=tuple(one for one in contacts if one not in (*phones, *mails)),
    )


def _is_mail(contact: str) -> bool:
    return "@" in contact


def _names(answers: Answers) -> list[PersonName]:
    parts = [_said(answers, name) for name in ("surname", "given", "patronymic")]
    whole = " ".join(filter(None, parts))
    latin = _said(answers, "latin")
    lines = _said(answers, "other_names").splitlines()
    others = [PersonName(line.strip(), NameKind.FORMER) for line in lines]
    names = [PersonName(whole, NameKind.PRIMARY, *parts), PersonName(latin, NameKind.ALIAS), *others]
    written = [name for name in names if name.text]
    if not written:
        raise WrongState(sentence("These answers name nobody."))
    if len(written) > MOST_NAMES:
        raise WrongState(
            sentence("These answers hold %(count)s names; nobody has as many.", count=len(written))
        )
    return written


def _births(day: str) -> tuple[PartialDate, ...]:
    """No date rather than a wrong one: what cannot be read as a day is compared as unknown."""
    try:
        return (from_iso(day),) if day else ()
    except Refused:
        return ()


def _countries(words: str) -> tuple[str, ...]:
    """Codes as the lists have them; a country that we do not know stays as it was written."""
    written = [word.strip() for word in words.replace(";", ",").split(",") if word.strip()]
    return tuple(countries.code(word) or word for word in written)


def _said(answers: Answers, question: str) -> str:
    answer = answers.get(question, "")
    return answer.strip() if isinstance(answer, str) else ", ".join(map(str, answer))
