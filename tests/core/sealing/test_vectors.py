# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our own formats against the vectors that other implementations use: each refusal by class and words."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.core.sealing.other_programs import as_bytes, run_node
from tests.vectors.sealing.generate import BUILDERS, FOLDER, text_of
from watchword.core.sealing import errors
from watchword.core.sealing.envelope import parse_header
from watchword.core.sealing.errors import Malformed, SealingError
from watchword.core.sealing.frame import Frame, pack, unpack, unpack_stream
from watchword.core.sealing.padding import padded_length
from watchword.core.sealing.passphrase import Cost, passphrase_identity
from watchword.core.sealing.receipt import Receipt
from watchword.core.sealing.recipients import Identity, Recipient
from watchword.core.sealing.shares import Share, combine
from watchword.core.sealing.unseal import rewrap, unseal, unseal_parts


def load(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def error_named(name: str) -> type[SealingError]:
    found: type[SealingError] = getattr(errors, name)
    return found


def frame_of(row: dict[str, Any]) -> Frame:
    return Frame(bytes.fromhex(row["case"]), row["compartment"], row["revision"])


def why(row: dict[str, Any]) -> str:
    return str(row["why"])


@pytest.mark.parametrize(("name", "build"), BUILDERS.items(), ids=list(BUILDERS))
def test_the_committed_vectors_are_what_the_generator_writes(name: str, build: Callable[[], Any]) -> None:
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == text_of(build())


@pytest.mark.parametrize("row", load("frames")["accept"])
def test_a_frame_is_written_and_read_as_specified(row: dict[str, Any]) -> None:
    payload, framed = bytes.fromhex(row["payload"]), bytes.fromhex(row["frame"])
    assert pack(frame_of(row), payload) == framed
    assert unpack(framed, frame_of(row)) == payload


@pytest.mark.parametrize("row", load("frames")["reject"], ids=why)
@pytest.mark.parametrize("step", [1, 1000])
def test_a_frame_is_refused(row: dict[str, Any], step: int) -> None:
    framed = bytes.fromhex(row["frame"])
    pieces = (framed[at : at + step] for at in range(0, len(framed), step))
    with pytest.raises(error_named(row["error"])):
        list(unpack_stream(pieces, frame_of(row["expected"])))


def test_lengths_are_padded_as_specified() -> None:
    for length, padded in load("padding")["padded"]:
        assert padded_length(length) == padded


@pytest.mark.parametrize(
    "row", load("shares")["accept"], ids=lambda row: f"{row['k']} of {len(row['shares'])}"
)
def test_shares_are_combined_as_specified(row: dict[str, Any]) -> None:
    commitments = [bytes.fromhex(text) for text in row["commitments"]]
    shares = [Share(number, bytes.fromhex(text)) for number, text in enumerate(row["shares"], start=1)]
    assert combine(shares[-row["k"] :], commitments, row["k"]).hex() == row["secret"]
    assert combine(shares, commitments, row["k"]).hex() == row["secret"]


@pytest.mark.parametrize("row", load("shares")["reject"], ids=why)
def test_shares_are_refused(row: dict[str, Any]) -> None:
    shares = [Share(number, bytes.fromhex(text)) for number, text in row["shares"]]
    with pytest.raises(error_named(row["error"]), match=row["says"]):
        combine(shares, [bytes.fromhex(text) for text in row["commitments"]], row["k"])


@pytest.mark.parametrize("row", load("receipts")["worked"], ids=lambda row: row["digits"])
def test_a_worked_receipt_gives_its_keys(row: dict[str, Any]) -> None:
    keys = Receipt.parse(row["digits"]).keys(row["organisation"])
    assert keys.login.hex() == row["login"]
    assert keys.login_hash.hex() == row["login_hash"]
    assert keys.mailbox == Identity.from_seed(bytes.fromhex(row["mailbox_seed"]))
    assert str(keys.mailbox.recipient) == row["mailbox"]


def test_javascript_derives_the_same_keys_from_the_worked_receipts() -> None:
    rows = load("receipts")["worked"]
    for row, answer in zip(rows, run_node("receipt.mjs", rows), strict=True):
        assert answer == {"remainder": 1} | {name: row[name] for name in ("login", "mailbox_seed", "mailbox")}


@pytest.mark.parametrize("row", load("receipts")["accept"], ids=lambda row: ascii(row["text"])[:40])
def test_a_receipt_is_read_however_it_was_written_down(row: dict[str, Any]) -> None:
    assert Receipt.parse(row["text"]).digits == row["digits"]


@pytest.mark.parametrize("row", load("receipts")["reject"], ids=why)
def test_a_receipt_is_refused_with_a_sentence_that_does_not_repeat_it(row: dict[str, Any]) -> None:
    with pytest.raises(Malformed, match=row["says"]) as refusal:
        Receipt.parse(row["text"])
    assert not row["text"] or row["text"][:10] not in str(refusal.value)


@pytest.mark.parametrize("row", load("passphrases")["worked"])
def test_a_passphrase_gives_its_identity_however_its_letters_are_composed(row: dict[str, Any]) -> None:
    identity = passphrase_identity(row["passphrase"], bytes.fromhex(row["salt"]), Cost.parse(row["cost"]))
    assert identity == Identity.from_seed(bytes.fromhex(row["seed"]))


@pytest.mark.parametrize("text", load("passphrases")["reject_costs"])
def test_the_cost_of_a_passphrase_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        Cost.parse(text)


@pytest.mark.parametrize("text", load("headers")["accept"])
def test_a_header_is_read_and_written_the_same(text: str) -> None:
    assert parse_header(text.encode()).encode() == text.encode()


@pytest.mark.parametrize("row", load("headers")["reject"], ids=why)
def test_a_header_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        parse_header(row["header"].encode())


@pytest.mark.parametrize("row", load("keys")["reject_recipients"], ids=why)
def test_a_recipient_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        Recipient.parse(row["text"])


@pytest.mark.parametrize("row", load("keys")["reject_identities"], ids=why)
def test_an_identity_is_refused_without_being_repeated(row: dict[str, Any]) -> None:
    with pytest.raises(Malformed) as refusal:
        Identity.parse(row["text"])
    assert row["text"][20:40] not in str(refusal.value)


@pytest.mark.parametrize("sample", load("samples")["samples"], ids=lambda sample: sample["name"])
def test_a_record_sealed_long_ago_still_opens_by_both_its_headers(sample: dict[str, str]) -> None:
    first, second = Identity.parse(sample["identity"]), Identity.parse(sample["new_identity"])
    body, frame = as_bytes(sample["body"]), frame_of(load("samples"))
    old_header, new_header = sample["header"].encode(), sample["new_header"].encode()
    assert Recipient.parse(sample["recipient"]) == first.recipient
    assert unpack(unseal_parts(old_header, body, [first]), frame).decode() == sample["payload"]
    assert unpack(unseal(new_header + body, [second]), frame).decode() == sample["payload"]
    assert unseal_parts(rewrap(new_header, [second], [first.recipient]), body, [first])
