# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files that are cut, mis-encoded, endless or made to hurt: refused or complained of, never half a list."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.screening.loaders.files import FILES, FTM, MAPPING, UN, everything
from tests.core.screening.loaders.test_formats import FORMATS, mapping
from watchword.core.screening.loaders import Format, Unreadable, from_table, markup, sources

WHOLE = {kind: everything(kind, FILES[kind], mapping(kind))[0] for kind in FORMATS}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_cut_file_is_refused_or_complained_of(kind: Format, share: float) -> None:
    whole = FILES[kind][0]
    cut = whole[: int(len(whole) * share)]
    try:
        people, complaints, _ = everything(kind, (cut,), mapping(kind))
    except Unreadable:
        return
    assert complaints or people == WHOLE[kind]


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_damage_ends_in_a_refusal_a_complaint_or_people(kind: Format, data: st.DataObject) -> None:
    """Nothing but ours is ever raised, whatever bytes are changed."""
    content = bytearray(FILES[kind][0])
    for position in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        content[position] = data.draw(st.integers(0, 255))
    with suppress(Unreadable):
        everything(kind, (bytes(content),), mapping(kind))


@pytest.mark.parametrize("kind", sorted(set(FORMATS) - {Format.MAPPED_CSV}))
def test_russian_in_an_undeclared_encoding_is_refused(kind: Format) -> None:
    spoilt = (
        FILES[kind][0].replace(b"Foma", "Фома".encode("cp1251")).replace(b"FOMA", "ФОМА".encode("cp1251"))
    )
    if spoilt == FILES[kind][0]:
        spoilt += "Фома".encode("cp1251")
    with pytest.raises(Unreadable):
        everything(kind, (spoilt,))


def test_utf_8_said_to_be_cp1251_is_refused_because_it_would_be_read_as_other_letters() -> None:
    text = FILES[Format.MAPPED_CSV][0].decode("cp1251").encode()
    with pytest.raises(Unreadable, match="it is UTF-8"):
        everything(Format.MAPPED_CSV, (text,), from_table(MAPPING))


def test_a_byte_order_mark_overrules_what_is_declared() -> None:
    text = FILES[Format.MAPPED_CSV][0].decode("cp1251")
    people, _, _ = everything(Format.MAPPED_CSV, (text.encode("utf-16"),), from_table(MAPPING))
    assert people == WHOLE[Format.MAPPED_CSV]


@pytest.mark.parametrize(
    "kind", [Format.EU_JOURNAL, Format.SIMPLE_CSV, Format.OFAC_CSV, Format.FTM, Format.EU_CSV]
)
def test_zero_bytes_are_not_text(kind: Format) -> None:
    with pytest.raises(Unreadable, match="zero bytes"):
        everything(kind, (FILES[kind][0].replace(b"oma", b"\0ma"),))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
    ],
)
def test_a_document_type_is_never_read(declaration: str) -> None:
    bomb = UN.replace("<CONSOLIDATED_LIST>", f"{declaration}<CONSOLIDATED_LIST>").replace("FOMA", "&c;&a;")
    with pytest.raises(Unreadable, match="document type"):
        everything(Format.UN_XML, (bomb.encode(),))


def test_deep_nesting_is_refused() -> None:
    nested = UN.replace("FOMA", "<a>" * 5000 + "</a>" * 5000)
    with pytest.raises(Unreadable, match="nested too deeply"):
        everything(Format.UN_XML, (nested.encode(),))


def test_a_text_without_end_is_refused_before_memory_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "LONGEST_TEXT", 100_000)
    with pytest.raises(Unreadable, match="without an end"):
        everything(Format.UN_XML, (UN.replace("FOMA", "F" * 500_000).encode(),))


def test_an_entry_of_endless_texts_is_refused_before_memory_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "LONGEST_ENTRY", 200_000)
    many = f"<COMMENTS1>{'F' * 50_000}</COMMENTS1>" * 20
    with pytest.raises(Unreadable, match="without an end"):
        everything(Format.UN_XML, (UN.replace("<SHOE_SIZE>", many + "<SHOE_SIZE>").encode(),))


def test_an_entry_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "LARGEST_ENTRY", 200)
    many = "<INDIVIDUAL_ALIAS><ALIAS_NAME>A B</ALIAS_NAME></INDIVIDUAL_ALIAS>" * 200
    with pytest.raises(Unreadable, match="no end"):
        everything(Format.UN_XML, (UN.replace("<SHOE_SIZE>", many + "<SHOE_SIZE>").encode(),))


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LONGEST_LINE", 10_000)
    with pytest.raises(Unreadable, match="endless"):
        everything(Format.FTM, (FTM.replace("Foma", "F" * 20_000).encode(),))


def test_a_field_beyond_all_measure_is_refused() -> None:
    huge = FILES[Format.SIMPLE_CSV][0].replace(b"Tikhaya", b"T" * 200_000)
    with pytest.raises(Unreadable, match=r"no end|field limit"):
        everything(Format.SIMPLE_CSV, (huge,))


def test_json_nested_beyond_reading_is_a_complaint() -> None:
    deep = '{"schema":"Person","properties":' + "[" * 100_000 + "\n"
    people, complaints, _ = everything(Format.FTM, (deep.encode() + FTM.encode(),))
    assert people == WHOLE[Format.FTM]
    assert len(complaints) == 1


def test_signs_that_nobody_sees_and_halves_of_characters_reach_no_page_and_stop_no_file() -> None:
    half, turned = "\\ud800", "\u202egnirts\u202c"
    named = f'{{"name":["Foma {turned}\\u0000 {half}"],"{half}":[""]}}'
    line = f'{{"id":"1{half}","schema":"Person","properties":{named}}}'
    other = f'{{"id":"2","schema":"{half}","properties":{{}}}}\n{half} no JSON'
    people, complaints, tally = everything(Format.FTM, (f"{line}\n{other}\n".encode(),))
    assert [(one.key, one.names[0].text) for one in people] == [("1", "Foma gnirts")]
    for text in (*map(str, complaints), *tally.others, *tally.unread):
        assert text.encode()


def test_an_entry_with_thousands_of_names_keeps_a_thousand_and_says_so() -> None:
    names = ",".join(f'"Foma {"a" * length}"' for length in range(1, 150))
    more = ",".join(
        f'"Khoma {"b" * length} {"c" * other}"' for length in range(1, 40) for other in range(1, 40)
    )
    line = f'{{"id":"1","schema":"Person","properties":{{"name":[{names},{more}]}}}}\n'
    people, complaints, _ = everything(Format.FTM, (line.encode(),))
    assert len(people[0].names) == 1000
    assert "1670 names" in str(complaints[0])


def test_a_name_as_long_as_prose_is_not_used() -> None:
    long = FILES[Format.SIMPLE_CSV][0].replace(b"Khoma Vydumkin", b"Khoma " * 100)
    people, complaints, _ = everything(Format.SIMPLE_CSV, (long,))
    assert len(people[0].names) == 2
    assert "too long" in str(complaints[0])


@pytest.mark.parametrize("kind", [Format.EU_JOURNAL, Format.SIMPLE_CSV, Format.EU_CSV, Format.MAPPED_CSV])
def test_a_missing_column_is_refused_by_name(kind: Format) -> None:
    columns = {
        Format.EU_JOURNAL: b"programKey",
        Format.SIMPLE_CSV: b"birth_date",
        Format.EU_CSV: b"NameAlias_WholeName",
        Format.MAPPED_CSV: "Отчество".encode("cp1251"),
    }
    with pytest.raises(Unreadable, match="has no column"):
        everything(kind, (FILES[kind][0].replace(columns[kind], b"other", 1),), mapping(kind))


def test_a_column_that_comes_twice_is_refused() -> None:
    twice = FILES[Format.SIMPLE_CSV][0].replace(b'"emails"', b'"phones"', 1)
    with pytest.raises(Unreadable, match="twice"):
        everything(Format.SIMPLE_CSV, (twice,))


def test_a_row_of_another_width_is_a_complaint_and_the_next_is_read() -> None:
    head, rest = FILES[Format.SIMPLE_CSV][0].split(b"\n", 1)
    people, complaints, _ = everything(Format.SIMPLE_CSV, (head + b'\n"ex-1","Person","Short"\n' + rest,))
    assert people == WHOLE[Format.SIMPLE_CSV]
    assert "3 cells" in str(complaints[0])


def test_another_xml_is_refused_by_its_first_element() -> None:
    with pytest.raises(Unreadable, match="begins with html"):
        everything(Format.UN_XML, (b"<html></html>",))


def test_a_refused_download_is_not_a_list() -> None:
    page = b"<!DOCTYPE html><html><body>Access denied</body></html>"
    for kind in sorted(set(FORMATS) - {Format.MAPPED_CSV, Format.FTM}):
        with pytest.raises(Unreadable):
            everything(kind, (page,))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"columns": {}}, "columns"),
        ({"columns": {"A": "shoe"}}, "unknown"),
        ({"columns": {"A": "birth"}}, "name or a surname"),
        ({"encoding": "rot13"}, "encoding"),
        ({"dates": "middle-endian"}, "order of dates"),
        ({"delimiter": ";;"}, "single character"),
        ({"delimiter": 3}, "must be text"),
        ({"header": "A;B"}, "list of texts"),
        ({"only": {"A": "x"}}, "list of values"),
        ({"colums": {}}, "no colums"),
    ],
)
def test_a_mapping_that_says_nonsense_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        from_table({**MAPPING, **change})


def test_a_mapping_is_neither_missing_nor_superfluous() -> None:
    for kind, given_mapping in ((Format.MAPPED_CSV, None), (Format.FTM, from_table(MAPPING))):
        with pytest.raises(Unreadable, match="mapping"):
            everything(kind, FILES[kind], given_mapping)
