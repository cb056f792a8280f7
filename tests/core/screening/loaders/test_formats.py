# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same invented man is read out of every format, and what has no room in a record is counted."""

import pytest

from tests.core.screening.loaders.files import FILES, MAPPING, everything
from watchword.core.screening.dates import PartialDate
from watchword.core.screening.loaders import ColumnMapping, Format, detect, from_table
from watchword.core.screening.record import Document, NameKind, Person

FORMATS = sorted(FILES)
KEYS = {
    Format.EU_CSV: "EU.7.1",
    Format.EU_JOURNAL: "32099R0001:I.A:EU-EX:7",
    Format.EU_XML: "EU.7.1",
    Format.FTM: "ex-7",
    Format.MAPPED_CSV: "7",
    Format.OFAC_CSV: "7",
    Format.OFAC_XML: "7",
    Format.SIMPLE_CSV: "ex-7",
    Format.UN_XML: "EXi.007",
}


def mapping(kind: Format) -> ColumnMapping | None:
    return from_table(MAPPING) if kind is Format.MAPPED_CSV else None


def foma(kind: Format) -> Person:
    return everything(kind, FILES[kind], mapping(kind))[0][0]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_well_made_file_gives_no_complaint(kind: Format) -> None:
    assert everything(kind, FILES[kind], mapping(kind))[1] == []


@pytest.mark.parametrize("kind", FORMATS)
def test_only_persons_are_read_and_the_rest_is_counted(kind: Format) -> None:
    people, _, tally = everything(kind, FILES[kind], mapping(kind))
    assert len(people) == (2 if kind is Format.OFAC_CSV else 1)
    assert sum(tally.others.values()) == 1


@pytest.mark.parametrize("kind", FORMATS)
def test_the_source_s_own_key_is_kept(kind: Format) -> None:
    assert foma(kind).key == KEYS[kind]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_exact_date_of_birth_and_the_passport_are_read(kind: Format) -> None:
    person = foma(kind)
    assert person.births[0] == PartialDate(1948, 12, 10)
    assert person.documents[0].number == "MP0000001"


@pytest.mark.parametrize("kind", sorted(set(FORMATS) - {Format.MAPPED_CSV}))
def test_a_second_date_and_the_country_are_read(kind: Format) -> None:
    person = foma(kind)
    assert {date.year for date in person.births} >= {1948, 1951}
    assert "by" in person.countries


@pytest.mark.parametrize("kind", sorted(set(FORMATS) - {Format.OFAC_CSV, Format.OFAC_XML}))
def test_what_nobody_reads_is_counted(kind: Format) -> None:
    _, _, tally = everything(kind, FILES[kind], mapping(kind))
    assert sum(tally.unread.values()) == 1
    assert next(iter(tally.unread)).lower().startswith(("shoe", "обувь"))


@pytest.mark.parametrize(
    ("kind", "inside", "counted"),
    [
        (Format.UN_XML, b"<QUALITY>Low</QUALITY>", "INDIVIDUAL_ALIAS/SHOE"),
        (Format.EU_XML, b'countryDescription="BELARUS"/>', "citizenship/SHOE"),
    ],
)
def test_what_nobody_reads_is_counted_inside_a_part_too(kind: Format, inside: bytes, counted: str) -> None:
    more = (
        inside[:-2] + b"><SHOE>43</SHOE></citizenship>"
        if inside.endswith(b"/>")
        else inside + b"<SHOE>43</SHOE>"
    )
    _, _, tally = everything(kind, (FILES[kind][0].replace(inside, more, 1),))
    assert tally.unread[counted] == 1


def test_a_feature_of_the_advanced_xml_that_nothing_compares_reaches_the_reader() -> None:
    assert "Shoe size: 43" in foma(Format.OFAC_XML).remarks


@pytest.mark.parametrize("kind", sorted(set(FORMATS) - {Format.MAPPED_CSV}))
def test_a_file_is_recognised_by_its_beginning(kind: Format) -> None:
    assert {detect(content[:4096]) for content in FILES[kind]} == {kind}


@pytest.mark.parametrize(
    "beginning", [b"", b"<html><body>", b"a,b,c\n1,2,3\n", b"{}", b"PK\x03\x04", b"\xff\xfe\x00"]
)
def test_what_is_none_of_these_is_not_guessed(beginning: bytes) -> None:
    assert detect(beginning) is None


def test_a_file_s_byte_order_mark_does_not_hide_it() -> None:
    assert detect(FILES[Format.UN_XML][0].decode().encode("utf-16")) is Format.UN_XML


def test_ofac_s_four_files_are_joined_by_number() -> None:
    person = foma(Format.OFAC_CSV)
    assert [(name.text, name.kind) for name in person.names] == [
        ("VYDUMKIN, Foma Gordeyevich", NameKind.PRIMARY),
        ("VYDUMKIN, Khoma", NameKind.ALIAS),
        ("SKAZKIN, Foma", NameKind.FORMER),
        ("FOMKA", NameKind.WEAK),
    ]
    assert (person.names[1].surname, person.names[1].given) == ("VYDUMKIN", "Khoma")
    assert person.countries == ("by", "ru")
    assert person.programmes == ("BY-EX", "RU-EX")
    assert person.contacts == ("foma@example.org",)
    assert "Chief of a bureau" in person.remarks
    assert "Tikhaya 1, Minsk, Belarus" in person.remarks


def test_a_patronymic_beside_a_given_name_is_not_taken_for_one() -> None:
    """Surname, then all the rest: what the source has not told apart is told from the words themselves."""
    first = foma(Format.OFAC_CSV).names[0]
    assert (first.text, first.surname, first.given) == ("VYDUMKIN, Foma Gordeyevich", "VYDUMKIN", "")
    first = foma(Format.EU_XML).names[0]
    assert (first.surname, first.given, first.patronymic) == ("Vydumkin", "Foma", "")


def test_ofac_s_files_may_come_in_any_order() -> None:
    contents = FILES[Format.OFAC_CSV]
    assert everything(Format.OFAC_CSV, contents[::-1])[0] == everything(Format.OFAC_CSV, contents)[0]


def test_an_alias_of_nobody_is_a_complaint() -> None:
    stray = b'8,5,"aka","NOBODY, Known",-0- \r\n99,6,"aka","NOBODY, Else",-0- \r\n'
    people, complaints, _ = everything(Format.OFAC_CSV, (FILES[Format.OFAC_CSV][0], stray))
    assert len(people) == 2
    assert ["NOBODY" in str(complaint) for complaint in complaints] == [True, True]


def test_a_range_of_years_becomes_each_of_them() -> None:
    people, _, _ = everything(Format.OFAC_CSV, FILES[Format.OFAC_CSV])
    assert [date.year for date in people[1].births] == [1958, 1959, 1960, 1961]


def test_the_advanced_xml_is_put_together_from_its_references() -> None:
    person = foma(Format.OFAC_XML)
    assert (person.names[0].surname, person.names[0].given, person.names[0].patronymic) == (
        "VYDUMKIN",
        "Foma",
        "Gordeyevich",
    )
    assert [name.kind for name in person.names] == [NameKind.PRIMARY, NameKind.FORMER, NameKind.WEAK]
    assert person.births == (PartialDate(1948, 12, 10), PartialDate(1951, circa=True))
    assert person.places == ("Minsk, Belarus",)
    assert person.documents == (Document("passport", "MP0000001", "by"),)
    assert (person.gender, person.programmes) == ("m", ("EX",))


def test_a_forged_document_is_left_to_the_reader() -> None:
    person = foma(Format.EU_XML)
    assert [document.number for document in person.documents] == ["MP0000001"]
    assert "MP0000002 (false)" in person.remarks


def test_the_rows_of_one_entry_of_the_eu_s_csv_are_one_person() -> None:
    person = foma(Format.EU_CSV)
    assert [name.text for name in person.names] == ["Foma Vydumkin", "Фома Выдумкин"]
    assert person.births == (PartialDate(1948, 12, 10), PartialDate(1951, circa=True))
    assert person.places == ("Minsk",)


def test_spellings_in_brackets_of_the_journal_are_names_of_their_own() -> None:
    names = {name.text: name.kind for name in foma(Format.EU_JOURNAL).names}
    assert names == {
        "Foma Gordeyevich VYDUMKIN": NameKind.PRIMARY,
        "Khoma VYDUMKIN": NameKind.ALIAS,
        "Foma Gordeyevich VYDUMKA": NameKind.ALIAS,
        "Фома Гордеевич ВЫДУМКИН": NameKind.ALIAS,
        "Хома": NameKind.WEAK,
        "Выдумка": NameKind.WEAK,
        "Fomka": NameKind.WEAK,
        "Foma SKAZKIN": NameKind.FORMER,
    }


def test_the_parts_of_an_ftm_name_are_kept_apart() -> None:
    names = foma(Format.FTM).names
    assert ("Foma Gordeyevich Vydumkin", "Vydumkin", "Foma", "Gordeyevich") in {
        (name.text, name.surname, name.given, name.patronymic) for name in names
    }


def test_several_annexes_are_one_list() -> None:
    other = FILES[Format.EU_JOURNAL][0].replace(b"32099R0001", b"32099R0002")
    people, _, _ = everything(Format.EU_JOURNAL, (FILES[Format.EU_JOURNAL][0], other))
    assert len({person.key for person in people}) == 2
