# SPDX-License-Identifier: AGPL-3.0-or-later
"""The matcher: shut without its custodians, slow to those who ask much, and saying cases and nothing else."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.matcher.desk import AN_HOUR, CUSTODIANS, DOV, DOVS, EVA, EVAS, TWIN, Bench
from watchword.core.linkage import Kind
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.shares import Share
from watchword.core.sealing.unseal import unseal
from watchword.matcher import diary, sealed_key, server
from watchword.matcher.client import Client


def test_one_custodian_opens_nothing(bench: Bench) -> None:
    assert bench.unlock(2, 2)["locked"]
    assert "locked" in bench.put(DOV, DOVS)["refused"]
    assert "locked" in bench.ask("ask", case=DOV)["refused"]
    assert not list(bench.folder.glob("table-*"))


def test_a_share_of_another_key_is_not_taken(bench: Bench) -> None:
    assert "refused" in bench.ask("unlock", share=sealed_key.share_text(Share(1, b"x" * 32 + b"\1")))
    assert bench.ask("state")["given"] == 0


def test_a_share_is_sealed_to_its_custodian_alone(bench: Bench) -> None:
    sealed = (bench.folder / sealed_key.read(bench.folder).share_file(1)).read_bytes()
    with pytest.raises(SealingError):
        unseal(sealed, [CUSTODIANS[1], CUSTODIANS[2]])


@pytest.mark.parametrize("junk", [{}, {"act": "dump"}, {"act": "ask", "case": "x"}, {"act": "ask"}])
def test_what_is_no_question_is_refused(open_bench: Bench, junk: dict[str, object]) -> None:
    assert "refused" in open_bench.matcher.answer(junk)


@pytest.mark.parametrize(
    "keys",
    [None, "all", [["name-year"]], [["name", "00" * 32]], [["phone", "00"]], [["phone", "00" * 32]] * 65],
)
def test_what_are_no_keys_are_refused(open_bench: Bench, keys: object) -> None:
    assert "refused" in open_bench.ask("put", case=DOV, keys=keys, version=1)


def test_it_says_which_cases_share_a_key_and_of_which_kinds(open_bench: Bench) -> None:
    twin = {"case": TWIN, "shared": [Kind.NAME_YEAR], "unshared": [Kind.PASSPORT]}
    assert open_bench.ask("ask", case=DOV) == {"cases": [twin]}
    assert open_bench.ask("ask", case=EVA) == {"cases": []}


def test_a_case_that_is_not_held_is_not_answered(open_bench: Bench) -> None:
    assert "no match-keys" in open_bench.ask("ask", case="f" * 32)["refused"]


def test_it_is_not_asked_too_often_also_across_a_restart(open_bench: Bench) -> None:
    for _ in range(AN_HOUR - 3):
        assert "cases" in open_bench.ask("ask", case=EVA)
    assert "too often" in open_bench.ask("ask", case=EVA)["refused"]
    open_bench.restart()
    open_bench.unlock(1, 2)
    assert "too often" in open_bench.ask("ask", case=DOV)["refused"]
    open_bench.wait(timedelta(hours=1))
    open_bench.restart()
    open_bench.unlock(1, 2)
    assert "cases" in open_bench.ask("ask", case=DOV)


def test_every_question_is_on_the_disk_and_a_line_taken_out_shows(open_bench: Bench) -> None:
    open_bench.ask("ask", case=DOV)
    told = diary.read(open_bench.folder)
    assert [one["act"] for one in told] == ["unlock", "unlock", "put", "put", "put", "ask"]
    assert told[-1]["case"] == DOV
    file = open_bench.folder / diary.FILE
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines[:3], *lines[4:]]) + "\n")
    with pytest.raises(WrongState, match="altered"):
        open_bench.restart()


def test_what_is_erased_is_found_no_more(open_bench: Bench) -> None:
    open_bench.ask("forget", case=TWIN)
    assert open_bench.ask("ask", case=DOV) == {"cases": []}
    assert "refused" in open_bench.ask("ask", case=TWIN)


def test_new_answers_replace_the_old(open_bench: Bench) -> None:
    open_bench.put(TWIN, EVAS)
    assert open_bench.ask("ask", case=DOV) == {"cases": []}
    assert [one["case"] for one in open_bench.ask("ask", case=EVA)["cases"]] == [TWIN]


def test_a_rotation_keeps_what_is_linked_and_leaves_nothing_of_the_old_key(open_bench: Bench) -> None:
    before = sealed_key.read(open_bench.folder)
    linked = open_bench.ask("ask", case=DOV)
    assert open_bench.ask("rotate")["generation"] == 2
    assert open_bench.ask("ask", case=DOV) == linked
    kept = {path.name for path in open_bench.folder.iterdir()}
    assert kept == {"asked.log", "key.json", "table-2.db", *(f"share-2-{number}.age" for number in (1, 2, 3))}
    open_bench.restart()
    assert "refused" in open_bench.ask("unlock", share=sealed_key.share_text(Share(1, b"x" * 33)))
    open_bench.unlock(2, 3)
    # Keys that come after it meet those from before it.
    open_bench.put("e" * 32, EVAS)
    assert [one["case"] for one in open_bench.ask("ask", case=EVA)["cases"]] == ["e" * 32]
    assert before.fingerprint != sealed_key.read(open_bench.folder).fingerprint


def test_a_rotation_that_breaks_off_leaves_the_old_key_in_force(
    open_bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise WrongState(sentence("The disk is full."))

    with monkeypatch.context() as patch:
        patch.setattr(sealed_key, "write", broken)
        assert "disk" in open_bench.ask("rotate")["refused"]
    assert len(open_bench.ask("ask", case=DOV)["cases"]) == 1
    open_bench.restart()
    open_bench.unlock(1, 2)
    assert len(open_bench.ask("ask", case=DOV)["cases"]) == 1


def test_the_desk_speaks_with_it_over_its_socket(open_bench: Bench, tmp_path: Path) -> None:
    left = [True] * 5
    with server.listen(open_bench.folder / server.SOCKET) as listening:
        work = threading.Thread(
            target=server.serve, args=(listening, open_bench.matcher, lambda: bool(left and left.pop()))
        )
        work.start()
        client = Client(open_bench.folder / server.SOCKET)
        client.put("e" * 32, DOVS)
        found = client.ask(DOV)
        assert {one.case for one in found} == {TWIN, "e" * 32}
        assert next(one for one in found if one.case != TWIN).shared == {Kind.NAME_YEAR, Kind.PASSPORT}
        assert not client.state().locked
        assert client.lock().locked
        with pytest.raises(WrongState, match="locked"):
            client.ask(DOV)
        work.join(timeout=5)
    with pytest.raises(WrongState, match="does not answer"):
        Client(tmp_path / "nowhere").state()
