# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an applicant's own machine has sealed comes in pieces, over broken lines and from hostile hands."""

from datetime import timedelta

import pytest

from tests.clock import TODAY
from tests.gate.applicant import Dov
from tests.gate.desk import collect, write
from tests.gate.sealing import Script, cut
from tests.intake.harbour import Harbour
from watchword.core.sealing.receipt import Receipt
from watchword.core.sealing.recipients import Identity
from watchword.intake import rules, services
from watchword.intake.models import SealedChunk, SealedEntry

NOISE = bytes(range(256)) * 13_500  # 3.5 MB, and so four pieces


@pytest.fixture
def script(dov: Dov) -> Script:
    dov.begins()
    dov.browser.open("/files/")
    return Script(dov)


def ready() -> list[str]:
    return sorted(SealedEntry.objects.filter(ready=True).values_list("kind", flat=True))


def test_a_section_that_the_browser_sealed_opens_at_the_desk(script: Script, gate: Harbour) -> None:
    script.dov.answers_everything()
    assert script.begins("section:prescreen", "routing").status_code == 201
    script.sends(b"what the Gate never saw")
    script.dov.sends()
    [(_, entries)] = collect(gate)
    assert [x.payload for x in entries if x.kind == "section:prescreen"] == [b"what the Gate never saw"]


def test_pieces_in_any_order_and_twice_make_the_same_whole(script: Script, gate: Harbour) -> None:
    script.begins()
    sealed = script.seals(NOISE)
    parts = cut(sealed)
    for seq in (2, 0, 2, 3, 0):
        assert script.puts(seq, parts[seq]) == 204
    told = script.ask("GET", script.address).fields
    assert told == {"pieces": 1, "size": len(sealed) - len(parts[1])}
    assert script.finishes(4, len(sealed)) == 409
    assert script.puts(1, parts[1]) == 204
    assert script.ask("GET", script.address).fields["pieces"] == 4
    assert script.finishes(4, len(sealed)) == 204
    stored = b"".join(
        bytes(chunk.data) for chunk in SealedChunk.objects.filter(entry__kind="file:1").order_by("seq")
    )
    told = script.told
    assert gate.open(stored, "vetting", told["case"], told["compartment"], told["revision"]) == NOISE


def test_other_bytes_in_a_place_that_is_taken_are_refused_and_change_nothing(script: Script) -> None:
    script.begins()
    parts = cut(script.seals(NOISE))
    assert script.puts(1, parts[1]) == 204
    assert script.puts(1, parts[2]) == 409
    assert bytes(SealedChunk.objects.get(seq=1).data) == parts[1]


def test_what_was_finished_takes_no_piece_and_no_second_end(script: Script) -> None:
    script.begins()
    script.sends(b"one")
    assert script.puts(1, b"more") == 404
    assert script.finishes(1, 1) == 404
    assert script.ask("DELETE", script.address).status_code == 204
    assert ready().count("file:1") == 1


def test_a_piece_or_a_place_beyond_the_limit_is_refused(script: Script) -> None:
    script.begins()
    assert script.puts(1, bytes((1 << 20) + 1)) == 409
    assert script.puts(1, b"") == 409
    assert script.puts(10_000, b"far beyond the largest file") == 409
    assert script.puts(2**70, b"and beyond any column") == 409
    assert not SealedChunk.objects.filter(entry__kind="file:1").exists()


@pytest.mark.parametrize(
    "how", ["for a stranger only", "not sealed at all", "cut in the header", "not padded"]
)
def test_what_the_readers_could_not_open_is_refused(script: Script, how: str) -> None:
    script.begins()
    sound = script.seals(b"words")
    stranger = [str(Identity.generate().recipient)]
    sealed = {
        "for a stranger only": script.seals(b"words", recipients=stranger),
        "not sealed at all": b"My name is Dov.",
        "cut in the header": sound[:700],
        "not padded": sound[:-1],
    }[how]
    assert [script.puts(0, sealed), script.finishes(1, len(sealed))][-1] == 409
    assert "file:1" not in ready()


@pytest.mark.parametrize(
    ("kind", "compartment"),
    [
        ("file:1", "routing"),
        ("file:6", "evidence"),
        ("section:identity", "identity"),
        ("section:prescreen", "evidence"),
        ("section:motivation", "story"),
        ("meta", "routing"),
        ("answer", "story"),
        ("vote", "decision"),
    ],
)
def test_nothing_is_begun_that_this_visitor_is_not_asked_for(
    script: Script, kind: str, compartment: str
) -> None:
    assert script.begins(kind, compartment).status_code == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"kind":1,"compartment":2}', b'"' + b"[" * 900])
def test_a_beginning_that_is_no_question_is_refused_in_words(script: Script, body: bytes) -> None:
    answer = script.ask("POST", "/sealed/", body)
    assert (answer.status_code, list(answer.fields)) == (409, ["reason"])


def test_another_visitor_finds_no_upload_of_dov(script: Script) -> None:
    script.begins()
    other = Script(Dov().begins(), script.told)
    other.dov.browser.open("/files/")
    assert other.ask("GET", other.address).status_code == 404
    assert other.puts(0, other.seals(b"words")) == 404
    assert other.finishes(1, 1) == 404
    other.ask("DELETE", other.address)
    assert script.ask("GET", script.address).status_code == 200


def test_a_stolen_address_is_worth_nothing_without_the_cookie_or_the_token(script: Script) -> None:
    script.begins()
    script.token = "x" * 64
    assert script.puts(0, b"piece") == 403
    script.token = ""
    del script.dov.browser.client.cookies["visit"]
    answer = script.ask("GET", script.address)
    assert (answer.status_code, answer.fields["reason"][:21]) == (403, "Your visit has ended.")


def test_to_begin_again_gives_the_first_attempt_up_and_keeps_what_is_whole(script: Script) -> None:
    script.begins()
    script.sends(b"whole")
    script.begins()
    first = dict(script.told)
    script.puts(0, script.seals(b"half"))
    script.begins()
    assert script.told["revision"] > first["revision"]
    assert SealedEntry.objects.filter(kind="file:1").count() == 2
    assert "file:1" in ready()


def test_a_broken_upload_waits_some_days_and_then_goes(script: Script) -> None:
    script.begins()
    script.puts(0, script.seals(NOISE)[: 1 << 20])
    services.purge(today=TODAY + timedelta(days=rules.UPLOAD_DAYS))
    assert SealedChunk.objects.filter(entry__kind="file:1").count() == 1
    services.purge(today=TODAY + timedelta(days=rules.UPLOAD_DAYS + 1))
    assert not SealedChunk.objects.filter(entry__kind="file:1").exists()


def test_what_was_not_finished_when_everything_was_sent_is_gone(script: Script) -> None:
    script.dov.answers_everything()
    script.begins()
    sealed = script.seals(b"late")
    script.puts(0, sealed)
    script.dov.sends()
    assert script.finishes(1, len(sealed)) == 404


def test_a_mailbox_without_a_genuine_letter_and_a_strangers_look_alike(script: Script, gate: Harbour) -> None:
    dov = script.dov
    dov.answers_everything().sends()
    place = gate.profile.first_stage.replies_to
    empty = script.begins("answer", place)
    write(gate)
    assert script.begins("answer", place).status_code == 201
    dov.comes_back(Receipt.new().digits)
    stranger = script.begins("answer", place)
    assert (empty.status_code, empty.content) == (stranger.status_code, stranger.content)
