# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists on a shelf: added once, brought up to date, compared with the version before, checked."""

import json
import stat
from pathlib import Path

import pytest

from tests.watchlists.files import (
    ALYONA,
    EVERYBODY,
    FOMA,
    STENKA,
    TODAY,
    WORDS,
    add,
    asked,
    found,
    stocked,
    update,
    written,
)
from watchword.core.refusals import NotFound, WrongState
from watchword.core.screening.loaders import Format, Unreadable
from watchword.core.screening.record import Polarity
from watchword.watchlists import Shelf, delta
from watchword.watchlists.indexing import INDEX
from watchword.watchlists.people import from_line
from watchword.watchlists.segments import SegmentWriter
from watchword.watchlists.versions import read_facts


@pytest.mark.parametrize("name", ["../elsewhere", "", "Ämter", "a b", ".", "x" * 41, "-a"])
def test_the_id_of_a_list_never_leads_off_the_shelf(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongState, match="small letters"):
        add(Shelf(tmp_path / "shelf"), written(tmp_path / "one.csv", EVERYBODY), name)
    assert not (tmp_path / "elsewhere").exists()


def test_an_unreadable_update_changes_nothing(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    cut = tmp_path / "cut.csv"
    cut.write_bytes((tmp_path / "one.csv").read_bytes()[:-30])
    with pytest.raises(Unreadable):
        update(shelf, cut)
    assert shelf.version("examples").number == 1
    assert found(shelf, "Степан Вымыслов") == ["stenka"]


def test_a_list_without_one_person_is_no_list(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    with pytest.raises(Unreadable, match="Not one person"):
        add(shelf, written(tmp_path / "one.csv", [{"id": "c", "name": "Vydumka", "schema": "Company"}]))
    assert shelf.lists() == ()


def test_a_list_that_lost_most_of_its_people_is_not_believed(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    path = written(tmp_path / "few.csv", [FOMA])
    with pytest.raises(WrongState, match="has 1 people, the one before had 3"):
        update(shelf, path)
    assert shelf.version("examples").number == 1
    assert shelf.update("examples", [path], today=TODAY, smaller=True).people == 1


def test_a_list_is_added_once_and_updated_afterwards(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    with pytest.raises(WrongState, match="up to date"):
        add(shelf, tmp_path / "one.csv")
    with pytest.raises(NotFound):
        update(shelf, tmp_path / "one.csv", "others")


def test_files_of_different_formats_are_not_one_list(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"schema": "Person", "properties": {}}\n')
    with pytest.raises(Unreadable, match="differ"):
        Shelf(tmp_path / "shelf").add(
            "examples",
            [written(tmp_path / "one.csv", EVERYBODY), other],
            title=WORDS,
            polarity=Polarity.NEUTRAL,
            note=WORDS,
            today=TODAY,
        )


def test_a_file_that_nobody_recognises_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "poem.txt"
    path.write_text("Жили-были, да не записали\n")
    with pytest.raises(Unreadable, match=r"poem\.txt"):
        Shelf(tmp_path / "shelf").add(
            "poem", [path], title=WORDS, polarity=Polarity.NEUTRAL, note=WORDS, today=TODAY
        )


def test_the_shelf_says_what_is_on_it(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    add(shelf, written(tmp_path / "two.csv", [FOMA]), "wanted", polarity=Polarity.PERSECUTOR)
    examples, wanted = shelf.lists()
    assert (examples.id, examples.version, examples.people, examples.names) == ("examples", 1, 3, 4)
    assert (wanted.polarity, wanted.added, wanted.title["uk"]) == (Polarity.PERSECUTOR, TODAY, "Вигадано")


def test_an_empty_shelf_is_not_an_error(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "nowhere")
    assert shelf.lists() == ()
    assert shelf.open().search(asked("Foma Vydumkin")) == []


def test_only_this_account_reads_the_shelf(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    for place in (shelf.directory, shelf.directory / "examples"):
        assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_a_new_version_says_what_it_adds_changes_and_removes(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    newer = {"id": "nova", "name": "Nova Vymysel"}
    version = update(shelf, written(tmp_path / "two.csv", (newer, {**FOMA, "countries": "by"}, STENKA)))
    assert version.delta == delta.Delta(added=1, changed=1, removed=1)
    assert sorted(delta.keys(shelf.current("examples"))) == [
        ("added", "nova"),
        ("changed", "foma"),
        ("removed", "alyona"),
    ]
    assert {person.key for person in shelf.changes("examples", since=1)} == {"nova", "foma"}


def test_the_order_of_the_source_is_no_change(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    version = update(shelf, written(tmp_path / "two.csv", EVERYBODY[::-1]))
    assert version.delta == delta.Delta(0, 0, 0)


def test_a_change_is_remembered_over_versions_that_leave_it(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    update(shelf, written(tmp_path / "two.csv", (FOMA, {**ALYONA, "birth_date": "1962"}, STENKA)))
    update(shelf, tmp_path / "two.csv")
    assert [person.key for person in shelf.changes("examples", since=1)] == ["alyona"]
    assert list(shelf.changes("examples", since=2)) == []


def test_a_record_that_is_there_twice_counts_once(tmp_path: Path) -> None:
    shelf = stocked(tmp_path, (FOMA, ALYONA, FOMA))
    assert (shelf.version("examples").people, shelf.version("examples").complaints) == (2, 0)
    assert found(shelf, "Foma Vydumkin") == ["foma"]


def test_two_people_under_one_key_are_both_kept_and_complained_of(tmp_path: Path) -> None:
    shelf = stocked(tmp_path, (FOMA, {**ALYONA, "id": "foma"}))
    assert "given to another" in shelf.complaints("examples").read_text()
    assert found(shelf, "Alyona Skazkina") == ["foma#2"]
    assert found(shelf, "Foma Vydumkin") == ["foma"]


def test_what_was_not_understood_is_in_the_report(tmp_path: Path) -> None:
    shelf = stocked(tmp_path, (FOMA, {**ALYONA, "birth_date": "before 1960"}))
    assert shelf.version("examples").complaints == 1
    assert "before 1960" in shelf.complaints("examples").read_text()


@pytest.mark.parametrize("name", ["people.jsonl", INDEX])
def test_a_changed_byte_is_found(tmp_path: Path, name: str) -> None:
    shelf = stocked(tmp_path)
    shelf.verify("examples")
    path = shelf.current("examples") / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(WrongState, match="damaged"):
        shelf.verify("examples")


def test_an_index_of_older_tables_is_refused_and_built_again(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    SegmentWriter(shelf.current("examples") / INDEX, table_version=0).finish()
    with pytest.raises(WrongState, match="tables of spelling"):
        shelf.open()
    shelf.rebuild("examples")
    assert found(shelf, "Foma Vydumkin") == ["foma"]


def test_a_list_that_is_removed_is_gone(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    opened = shelf.open()
    shelf.remove("examples")
    assert shelf.lists() == ()
    assert [hit.person.key for hit in opened.search(asked("Foma Vydumkin"), at_least=0.2)] == ["foma"]
    with pytest.raises(NotFound):
        shelf.remove("examples")


def test_the_facts_name_the_files_with_their_digests(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    name, size, digest = shelf.version("examples").files[0]
    assert (name, size) == ("one.csv", (tmp_path / "one.csv").stat().st_size)
    assert len(str(digest)) == 64
    assert json.loads((shelf.current("examples") / "facts.json").read_text())["added"] == "2026-11-22"


def test_a_description_keeps_its_format_for_the_next_version(tmp_path: Path) -> None:
    assert stocked(tmp_path).description("examples").format is Format.SIMPLE_CSV


@pytest.mark.parametrize("written", ["", "{}", "[1]", '{"added": "yesterday"}', "\x00"])
def test_damaged_facts_and_records_are_said_to_be(tmp_path: Path, written: str) -> None:
    place = tmp_path / "some-list" / "0001"
    place.mkdir(parents=True)
    (place / "facts.json").write_text(written)
    with pytest.raises(WrongState, match="some-list are damaged"):
        read_facts(place)
    with pytest.raises(WrongState, match="is damaged"):
        from_line(written)
