# SPDX-License-Identifier: AGPL-3.0-or-later
"""Custodians change: one share passes on, or enough of them name others. Nobody else can, nothing is lost."""

import pytest

from tests.matcher.desk import CUSTODIANS, DOV, TWIN, Bench
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.shares import Share
from watchword.matcher import diary, sealed_key
from watchword.matcher.protocol import Message

NINA, OLHA = (Identity.from_seed(bytes([number]) * 32) for number in (8, 9))
OTHERS = [str(who.recipient) for who in (NINA, OLHA)]
FORGED = sealed_key.share_text(Share(1, b"x" * 32 + b"\1"))


def name(bench: Bench, number: int, to: list[str] = OTHERS, needed: int = 2) -> Message:
    share = bench.share(number, CUSTODIANS[number - 1])
    return bench.ask("replace", share=share, needed=needed, to=to)


def test_the_desk_cannot_hand_itself_the_key(open_bench: Bench) -> None:
    """It may write to the socket, and has no share."""
    for act, to in (("replace", OTHERS), ("pass-on", OTHERS[0])):
        for share in (FORGED, "", None):
            assert "refused" in open_bench.ask(act, share=share, needed=1, to=to)
    assert open_bench.ask("state")["agreed"] == 0


def test_one_custodian_replaces_nobody_nor_do_two_who_name_different_people(
    open_bench: Bench,
) -> None:
    assert name(open_bench, 1)["agreed"] == name(open_bench, 1)["agreed"] == 1
    assert name(open_bench, 2, OTHERS[:1], needed=1)["agreed"] == 1
    assert name(open_bench, 3, OTHERS, needed=1)["agreed"] == 1
    assert sealed_key.read(open_bench.folder).generation == 1


@pytest.mark.parametrize(
    ("to", "needed"), [([], 0), (OTHERS, 3), (OTHERS, 0), (OTHERS[:1] * 2, 2), (["age1pq1"], 1), (None, 1)]
)
def test_who_cannot_hold_a_key_is_not_named(open_bench: Bench, to: list[str], needed: int) -> None:
    assert "refused" in name(open_bench, 1, to, needed)


def test_those_who_are_named_alike_by_enough_hold_the_key_alone(open_bench: Bench) -> None:
    linked = open_bench.ask("ask", case=DOV)
    old = [open_bench.share(number, CUSTODIANS[number - 1]) for number in (1, 2, 3)]
    name(open_bench, 3)
    assert name(open_bench, 1)["generation"] == 2
    assert open_bench.ask("ask", case=DOV) == linked
    kept = {path.name for path in open_bench.folder.iterdir()}
    assert kept == {"asked.log", "key.json", "table-2.db", "share-2-1.age", "share-2-2.age"}
    open_bench.restart()
    assert all("refused" in open_bench.ask("unlock", share=share) for share in old)
    for number, who in enumerate((NINA, OLHA), 1):
        open_bench.ask("unlock", share=open_bench.share(number, who))
    assert open_bench.ask("ask", case=DOV) == linked
    assert [one["act"] for one in diary.read(open_bench.folder)].count("replace") == 2


def test_a_locked_matcher_replaces_nobody_and_forgets_who_was_named(open_bench: Bench) -> None:
    name(open_bench, 1)
    open_bench.ask("lock")
    assert "locked" in name(open_bench, 2)["refused"]
    open_bench.unlock(1, 2)
    assert name(open_bench, 2)["agreed"] == 1


def test_a_share_passes_on_while_it_is_locked_and_whoever_had_it_opens_nothing_more(bench: Bench) -> None:
    before = sealed_key.read(bench.folder)
    share = bench.share(2, CUSTODIANS[1])
    assert "refused" in bench.ask("pass-on", share=share, to=str(CUSTODIANS[0].recipient))
    assert bench.ask("pass-on", share=share, to=OTHERS[0])["key"] == before.fingerprint
    with pytest.raises(SealingError):
        bench.share(2, CUSTODIANS[1])
    bench.restart()
    bench.unlock(1)
    assert not bench.ask("unlock", share=bench.share(2, NINA))["locked"]
    # A rotation seals to the successor.
    bench.ask("rotate")
    assert bench.share(2, NINA)


def test_what_broke_off_is_said_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of custodians is written first: the share is still its holder's, who passes it on again."""
    share = bench.share(2, CUSTODIANS[1])

    def broken(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(sealed_key, "_seal", broken)
        assert "disk" in bench.ask("pass-on", share=share, to=OTHERS[0])["refused"]
    bench.restart()
    again = bench.share(2, CUSTODIANS[1])
    bench.ask("pass-on", share=again, to=OTHERS[0])
    assert bench.share(2, NINA) == share


def test_what_a_broken_rotation_left_is_cleared_when_it_is_opened(open_bench: Bench) -> None:
    for stray in ("share-2-4.age", "table-2.db", "table-2.db-journal"):
        (open_bench.folder / stray).write_bytes(b"x")
    open_bench.restart()
    open_bench.unlock(1, 2)
    kept = {path.name for path in open_bench.folder.iterdir()}
    assert kept == {"asked.log", "key.json", "table-1.db", *(f"share-1-{number}.age" for number in (1, 2, 3))}
    assert [one["case"] for one in open_bench.ask("ask", case=DOV)["cases"]] == [TWIN]
