# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword ledger`: verify says in words what is wrong, witnesses remember and refuse forks."""

import argparse
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests.core.ledger.book import ADA, CASE, LOG_KEYS, LOG_SIGNERS, ORIGIN, Book, founded, seed, signer
from watchword.cli import ledger, ledger_signatures, ledger_witness
from watchword.core.ledger.acts import Act
from watchword.core.ledger.checkpoint import Checkpoint, SignedCheckpoint
from watchword.core.ledger.cosignature import sign_checkpoint, verify_checkpoint
from watchword.core.ledger.errors import Damaged, Malformed
from watchword.core.ledger.growth import Growth
from watchword.core.ledger.note import Algorithm
from watchword.core.ledger.proofs import prove_consistency
from watchword.core.ledger.spelling import to_base64url
from watchword.core.ledger.tiles import CHECKPOINT
from watchword.core.ledger.witness import AddCheckpoint
from watchword.journal.disk import Disk
from watchword.journal.keyfile import VERIFYING, make_key_file, read_key_file

LOGS = [f"--log={key}" for key in LOG_KEYS]


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    ledger.add_arguments(parser.add_subparsers())
    args = parser.parse_args(["ledger", *words])
    return int(args.run(args))


def put(directory: Path, files: dict[str, bytes]) -> Path:
    for path, data in files.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_bytes(data)
    return directory


@pytest.fixture
def book() -> Book:
    book = founded()
    for _ in range(20):
        book.write(ADA, Act.PAD)
    return book


@pytest.fixture
def directory(tmp_path: Path, book: Book) -> Path:
    return put(tmp_path / "log", book.files())


def test_a_whole_log_is_verified_with_public_keys_alone(
    directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("verify", str(directory), *LOGS, f"--founder={to_base64url(ADA.key)}") == 0
    said = capsys.readouterr().out
    assert "Nothing is wrong with this log." in said
    assert "35 entries" in said
    assert "whether the end was cut off" in said


def test_what_is_wrong_is_said_in_words(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle = next((directory / "tile/entries/000.p").iterdir())
    bundle.write_bytes(bundle.read_bytes().replace(b'"act":"pad"', b'"act":"tie"'))
    assert command("verify", str(directory), *LOGS) == 1
    said = capsys.readouterr().out
    assert "[entry.edited] entry 15: 20 changed after being logged" in said
    assert "[entry.malformed] entry 15: act is not an act that this log knows" in said
    assert "THIS LOG IS NOT AS IT MUST BE." in said


def test_more_findings_than_a_screen_holds_are_counted(
    tmp_path: Path, book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(30):
        book.write(ADA, Act.PAD, spoil=True)
    assert command("verify", str(put(tmp_path / "spoilt", book.files())), *LOGS) == 1
    assert "... and 10 more" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["--log=nonsense"],
        [*LOGS, "--quorum=1"],
        [*LOGS, "--founder=short"],
        [*LOGS, "--checkpoint=/nowhere/at/all"],
        ["--policy=/nowhere/at/all"],
    ],
)
def test_what_cannot_be_checked_at_all_exits_with_two(
    directory: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("verify", str(directory), *words) == 2
    assert "could not be checked" in capsys.readouterr().err


def test_a_missing_log_is_a_finding(tmp_path: Path) -> None:
    assert command("verify", str(tmp_path), *LOGS) == 1


def test_kept_checkpoints_and_a_policy_file_are_used(
    tmp_path: Path, directory: Path, book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    witness = signer("witness.example/one", Algorithm.ED25519_COSIGNATURE)
    kept = tmp_path / "kept"
    kept.write_bytes(book.checkpoint(12, [witness]))
    policy = tmp_path / "policy"
    policy.write_text(
        "\n".join([*(f"log {key}" for key in LOG_KEYS), f"witness w {witness.key}", "quorum w"])
    )
    assert command("verify", str(directory), f"--policy={policy}", f"--checkpoint={kept}") == 0
    assert "Witnesses vouch for the first 12 entries; 23 came after." in capsys.readouterr().out
    assert command("verify", str(directory), f"--policy={policy}") == 1


def test_the_vault_is_compared_with_the_log(tmp_path: Path, directory: Path) -> None:
    (tmp_path / "vault/aa").mkdir(parents=True)
    (tmp_path / "vault/aa/stranger").write_bytes(b"put there by night")
    assert command("verify", str(directory), *LOGS, f"--vault={tmp_path / 'vault'}") == 1


def test_any_tile_log_can_be_verified(tmp_path: Path) -> None:
    growth = Growth()
    files = {each.path: each.data for each in growth.append([b"one", b"two", b"three"])}
    note = sign_checkpoint(Checkpoint(ORIGIN, growth.head), LOG_SIGNERS[:1], 0)
    directory = put(tmp_path, {**files, CHECKPOINT: str(note).encode()})
    assert command("verify", str(directory), LOGS[0], "--foreign") == 0
    assert command("verify", str(directory), LOGS[0]) == 1


def test_signatures_are_judged_the_same_side_by_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ledger_signatures, "SMALL", 0)
    wrong = book.write(ADA, Act.PAD, spoil=True)
    assert command("verify", str(put(tmp_path / "spoilt", book.files())), *LOGS) == 1
    said = capsys.readouterr().out
    assert f"[signature.wrong] entry {wrong}:" in said
    assert said.count("signature.wrong") == 1


def test_inspecting_shows_the_newest_entries(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("inspect", str(directory), "--last", "24") == 0
    said = capsys.readouterr().out
    assert f"{ADA.id}  pad" in said
    assert "role.grant  role=board  staff=" in said
    assert command("inspect", str(directory / "nowhere")) == 2


# The witness.


@pytest.fixture
def witness(tmp_path: Path) -> ledger_witness.Witness:
    return woken(tmp_path)


def woken(home: Path) -> ledger_witness.Witness:
    """A witness with the memory and the key in ``home``."""
    if not (home / "witness.key").exists():
        make_key_file(home / "witness.key", "witness.example/w")
    key = read_key_file(home / "witness.key", witness=True)
    return ledger_witness.Witness(key, LOG_KEYS, ledger_witness.Memory(Disk(home / "state")))


@contextmanager
def serving(witness: ledger_witness.Witness) -> Iterator[str]:
    server: ThreadingHTTPServer = ledger_witness.server(witness, ("127.0.0.1", 0))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def asked(book: Book, old: int, new: int) -> bytes:
    proof = prove_consistency(book.tree.node, old, new) if old else []
    return AddCheckpoint.compose(old, proof, book.checkpoint(new))


def test_a_witness_cosigns_what_only_grows_and_remembers_it(
    tmp_path: Path, book: Book, witness: ledger_witness.Witness
) -> None:
    verdict, lines = witness.add_checkpoint(asked(book, 0, 5), now=1_800_000_000)
    assert verdict.status == 200
    keys = [each.key for each in read_key_file(tmp_path / "witness.key", witness=True).signers]
    signed = SignedCheckpoint.parse(book.checkpoint(5) + lines.encode())
    assert set(verify_checkpoint(signed, keys, VERIFYING).values()) == {1_800_000_000}
    later = woken(tmp_path)
    assert later.add_checkpoint(asked(book, 0, 9), now=1)[0].size_to_tell == 5
    assert later.add_checkpoint(asked(book, 5, 9), now=1)[0].status == 200
    assert later.add_checkpoint(asked(book, 9, 9), now=1)[0].status == 200
    assert later.add_checkpoint(asked(book, 5, 9), now=1)[0].status == 409


def test_a_witness_refuses_forks_and_says_nothing_signed(book: Book, witness: ledger_witness.Witness) -> None:
    fork = Book()
    for raw in book.entries[:4]:
        fork.add(raw, ADA.id)
    for number in range(10):
        fork.add(seed(f"another {number}"), ADA.id)
    assert witness.add_checkpoint(asked(book, 0, 6), now=1)[0].status == 200
    same_size, lines = witness.add_checkpoint(asked(fork, 6, 6), now=1)
    assert (same_size.status, same_size.size_to_tell, lines) == (409, None, "")
    larger, lines = witness.add_checkpoint(asked(fork, 6, 9), now=1)
    assert (larger.status, lines) == (422, "")
    assert witness.add_checkpoint(asked(book, 6, 9), now=1)[0].status == 200


def test_a_witness_that_cannot_remember_does_not_sign(
    tmp_path: Path, book: Book, witness: ledger_witness.Witness
) -> None:
    witness.add_checkpoint(asked(book, 0, 6), now=1)
    (remembered,) = [path for path in (tmp_path / "state").iterdir() if len(path.name) == 64]
    remembered.write_bytes(b"")
    with pytest.raises(Damaged, match="remembers"):
        witness.add_checkpoint(asked(book, 0, 9), now=1)
    with serving(witness) as url:
        assert httpx.post(f"{url}/add-checkpoint", content=asked(book, 0, 9)).status_code == 500


def test_over_http_the_answers_are_those_of_the_specification(
    book: Book, witness: ledger_witness.Witness
) -> None:
    with serving(witness) as url, httpx.Client(base_url=url) as client:
        ask = asked(book, 0, 6)
        assert client.post("/add-checkpoint", content=b"old 1\n").status_code == 400
        unknown = ask.replace(b"quiet-river\n6", b"other-river\n6")
        assert client.post("/add-checkpoint", content=unknown).status_code == 404
        assert client.post("/add-checkpoint", content=ask.replace(b"\n6\n", b"\n7\n")).status_code == 403
        good = client.post("/add-checkpoint", content=ask)
        assert good.status_code == 200
        assert good.text.startswith("— witness.example/w ")
        conflict = client.post("/add-checkpoint", content=asked(book, 0, 9))
        assert (conflict.status_code, conflict.text) == (409, "6\n")
        assert conflict.headers["Content-Type"] == "text/x.tlog.size"
        assert client.post("/elsewhere", content=ask).status_code == 404
        assert client.get("/add-checkpoint").status_code == 501
    with serving(witness) as url:
        assert httpx.post(f"{url}/add-checkpoint", content=bytes(300_000)).status_code == 413


def test_the_log_collects_cosignatures_and_the_verifier_counts_them(
    tmp_path: Path, directory: Path, witness: ledger_witness.Witness, book: Book
) -> None:
    keys = [f"--witness={vkey}" for vkey in read_key_file(tmp_path / "witness.key", witness=True).vkeys]
    kept = tmp_path / "kept"
    with serving(witness) as url:
        words = [str(directory), f"--url={url}", *keys, f"--keep={kept}"]
        assert witness.add_checkpoint(asked(book, 0, 6), now=1)[0].status == 200
        assert command("cosign", *words) == 0
        assert command("cosign", *words) == 0, "the same checkpoint again is no fork"
    assert command("verify", str(directory), *LOGS, f"--checkpoint={kept}", *keys, "--quorum=2") == 0
    assert command("cosign", *words) == 2, "nobody listens any more"


def test_a_witness_does_not_start_without_a_good_key(tmp_path: Path) -> None:
    words = [f"--state={tmp_path / 'state'}", f"--key={tmp_path / 'key'}", *LOGS]
    assert command("witness", *words) == 2
    make_key_file(tmp_path / "key", "witness.example/w")
    assert command("witness", *words, "--listen=127.0.0.1:no-port") == 2


# Key files.


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    make_key_file(tmp_path / "key", ORIGIN)
    assert read_key_file(tmp_path / "key").origin == ORIGIN
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(Malformed, match="0600"):
        read_key_file(tmp_path / "key")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"name":"a","ed25519":"00","mldsa44":"00"}',
        '{"name":"a","ed25519":"xx","mldsa44":"00"}',
        '{"name":"a","ed25519":1,"mldsa44":"00"}',
    ],
)
def test_a_file_that_is_no_key_is_refused_without_being_shown(tmp_path: Path, text: str) -> None:
    (tmp_path / "key").write_text(text)
    (tmp_path / "key").chmod(0o600)
    with pytest.raises(Malformed):
        read_key_file(tmp_path / "key")


def test_an_existing_key_is_never_overwritten(tmp_path: Path) -> None:
    make_key_file(tmp_path / "key", ORIGIN)
    with pytest.raises(FileExistsError):
        make_key_file(tmp_path / "key", ORIGIN)
    assert CASE not in (tmp_path / "key").read_bytes()
