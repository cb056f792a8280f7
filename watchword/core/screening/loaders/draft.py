# SPDX-License-Identifier: AGPL-3.0-or-later
"""One listed person while a loader collects what the source says; everything odd becomes a complaint."""

import re
from collections.abc import Iterator

from watchword.core.refusals import Sentence, WrongState, sentence
from watchword.core.screening.dates import PartialDate
from watchword.core.screening.loaders import countries, printed_dates
from watchword.core.screening.loaders.complaints import Complaint, Tally
from watchword.core.screening.loaders.documents import document_kind, document_number
from watchword.core.screening.loaders.printed_names import Variant, as_printed
from watchword.core.screening.record import Document, NameKind, Person, PersonName

# Nobody's name is longer; a cell that is holds prose, and prose in the index would meet everyone.
LONGEST_NAME = 200
# Nobody is listed under more; each name is compared with each of an applicant's, and that takes time.
MOST_NAMES = 1000
# The prose of one entry that the reader is shown; some entries carry a whole judgement.
LONGEST_REMARKS = 4000
QUOTE = 80

# What lists print where they have nothing to say.
EMPTY = frozenset(
    ("", "-0-", "na", "n/a", "none", "null", "unknown", "-", "--", "нет", "немає", "неизвестно")
)
LONGEST_EMPTY = max(map(len, EMPTY))
GENDERS = dict.fromkeys(("m", "male", "man", "мужской", "муж", "м", "чоловіча", "чоловічий", "ч", "чол"), "m")
GENDERS |= dict.fromkeys(("f", "female", "woman", "женский", "жен", "ж", "жіноча", "жіночий", "жін"), "f")
OTHER_GENDERS = frozenset(("other", "unknown", "u", "x", "not available"))

# Controls that are no blanks, marks of direction, halves of characters.
unseen = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
).sub

# "Syrian/Lebanese", "Russian and Belarusian".
TWO_COUNTRIES = re.compile(r"\s*[/,;]\s*|\s+and\s+")


class Draft:
    """Collects one person; ``finish`` gives the complaints met on the way, then the person."""

    def __init__(self, where: str, tally: Tally) -> None:
        self.where = where
        self.names: dict[PersonName, None] = {}
        self.births: dict[PartialDate, None] = {}
        self.places: dict[str, None] = {}
        self.countries: dict[str, None] = {}
        self.documents: dict[Document, None] = {}
        self.contacts: dict[str, None] = {}
        self.programmes: dict[str, None] = {}
        self.remarks: dict[str, None] = {}
        self.genders: dict[str, None] = {}
        self.complaints: list[Complaint] = []
        self._tally = tally

    def complain(self, reason: Sentence, quote: str = "") -> None:
        """Note what was not understood here."""
        self.complaints.append(Complaint(self.where, reason, quote[:QUOTE]))

    def name(
        self,
        text: str,
        kind: NameKind = NameKind.PRIMARY,
        *,
        surname: str = "",
        given: str = "",
        patronymic: str = "",
    ) -> None:
        """One name as the source writes it, with the parts that the source itself separates."""
        text = tidy(text)
        if not text:
            return
        if len(text) > LONGEST_NAME:
            self.complain(sentence("This is too long for a name; it was not used."), text)
            return
        if not any(letter.isalpha() for letter in text):
            self.complain(sentence("This name has no letter; it was not used."), text)
            return
        given = tidy(given)
        if " " in given and not patronymic:
            # A source that knows no patronymics prints them beside the given name, and tells nothing apart.
            given = ""
        self.names[PersonName(text, kind, tidy(surname), given, tidy(patronymic))] = None

    def printed_name(self, text: str, kind: NameKind = NameKind.PRIMARY) -> None:
        """A name with its other spellings in brackets or after commas, as an official journal prints it."""
        if len(text) > 3 * LONGEST_NAME:
            self.complain(sentence("This is too long for a name; it was not used."), text)
            return
        variants = as_printed(tidy(text))
        for variant, spelling in variants:
            # A single word beside a full name is an epithet as often as a surname.
            other = NameKind.ALIAS if " " in spelling else NameKind.WEAK
            own = kind if variant is Variant.SAME and (kind is NameKind.PRIMARY or " " in spelling) else other
            self.name(spelling, NameKind.FORMER if variant is Variant.FORMER else own)
        if len(variants) == 0 and text.strip():
            self.complain(sentence("No name was found in this."), text)

    def birth(self, text: str, order: str = "dmy") -> None:
        """A date of birth in the words of the source."""
        text = tidy(text)
        if not text:
            return
        reading = printed_dates.read(text, order)
        self.births.update(dict.fromkeys(reading.dates))
        if not reading.dates:
            self.complain(sentence("This date of birth was not understood."), text)
        elif reading.rest:
            self.complain(sentence("A part of this date of birth was not understood."), text)

    def birth_parts(self, year: str, month: str, day: str, *, circa: bool, until: str = "") -> None:
        """A date of birth whose parts the source separates; ``until`` is the last year of a range."""
        quote = " ".join(part for part in (year, month, day, until) if part)
        try:
            first = PartialDate(int(year), int(month or 0) or None, int(day or 0) or None, circa)
            dates = (
                tuple(printed_dates.span(first, PartialDate(int(until))))
                if until and until != year
                else (first,)
            )
        except (ValueError, WrongState):
            dates = ()
        if not dates:
            self.complain(sentence("This date of birth was not understood."), quote)
        self.births.update(dict.fromkeys(dates))

    def place(self, *parts: str) -> None:
        """A place of birth, from its parts."""
        text = ", ".join(filter(None, map(tidy, parts)))
        if text:
            self.places[text] = None

    def country(self, text: str) -> None:
        """A citizenship or another tie to a country, as code, name or adjective."""
        text = tidy(text)
        if countries.code(text) is not None:
            self._one_country(text)
            return
        for part in TWO_COUNTRIES.split(text):
            self._one_country(part)

    def _one_country(self, text: str) -> None:
        code = countries.code(text)
        if code is None:
            self._tally.unknown_country(text)
            self.remark(text)
        elif code:
            self.countries[code] = None

    def gender(self, text: str) -> None:
        """Male or female, in the words of the source."""
        word = tidy(text).lower().rstrip(".")
        if word in GENDERS:
            self.genders[GENDERS[word]] = None
        elif word and word not in OTHER_GENDERS:
            self.complain(sentence("This gender was not understood."), word)

    def document(self, kind: str, text: str, country: str = "") -> None:
        """A number that only this person should have; ``kind`` in the words of the source."""
        text = tidy(text)
        if not text:
            return
        number, inside = document_number(text)
        if not number:
            self.remark(f"{kind}: {text}")
            return
        code = countries.code(country) or countries.code(inside) or ""
        self.documents[Document(document_kind(kind), number, code)] = None
        if number != text and text not in "".join(self.remarks):
            self.remark(f"{kind}: {text}")

    def contact(self, text: str) -> None:
        """A telephone number, an e-mail address, a handle."""
        text = tidy(text)
        if text:
            self.contacts[text] = None

    def programme(self, text: str) -> None:
        """The programme, regime or reason under which the person is listed."""
        text = tidy(text)
        if text:
            self.programmes[text] = None

    def remark(self, text: str) -> None:
        """The source's own prose, for the reader."""
        text = tidy(text)
        if text:
            self.remarks[text] = None

    def finish(self, key: str) -> Iterator[Person | Complaint]:
        """The complaints, then the person under ``key``; an entry without a key or a name is a complaint."""
        if not self.names:
            self.complain(sentence("This entry has no name that could be used."), key)
        elif not tidy(key):
            self.complain(sentence("This entry has no key, so no later version could be compared with it."))
        if len(self.names) > MOST_NAMES:
            self.complain(
                sentence(
                    "This entry has %(count)s names; the first thousand are used.", count=len(self.names)
                )
            )
        yield from self.complaints
        if self.names and tidy(key):
            yield self._person(tidy(key))

    def _person(self, key: str) -> Person:
        return Person(
            key=key[:LONGEST_NAME],
            names=tuple(self.names)[:MOST_NAMES],
            births=tuple(self.births),
            places=tuple(self.places),
            countries=tuple(self.countries),
            # A source that says both says nothing.
            gender=next(iter(self.genders)) if len(self.genders) == 1 else "",
            documents=tuple(self.documents),
            contacts=tuple(self.contacts),
            programmes=tuple(self.programmes),
            remarks="\n".join(self.remarks)[:LONGEST_REMARKS],
        )


def tidy(text: str) -> str:
    """One line without needless blanks; empty where the source prints that it has nothing to say.

    Signs that nobody sees are left out, above all those that turn the direction of what follows: they could
    make one name read as another on an officer's page. Half a character cannot even be written to a file.
    """
    if not text:
        return ""
    line = " ".join((text if text.isprintable() else unseen("", text)).split())
    return "" if len(line) <= LONGEST_EMPTY and line.lower() in EMPTY else line
