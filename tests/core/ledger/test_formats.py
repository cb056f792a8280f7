# SPDX-License-Identifier: AGPL-3.0-or-later
"""Entries, canonical JSON, notes, cosignatures, policies: read back as written, mistaken for nothing else."""

import base64
import contextlib
import dataclasses
import hashlib
import hmac
import json
import math

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.ledger.book import (
    ADA,
    LOG_KEYS,
    LOG_SIGNERS,
    MORNING,
    ORIGIN,
    VERIFYING,
    founded,
    seed,
    signer,
)
from watchword.core.ledger.acts import RULES, Act, Shape, check_public
from watchword.core.ledger.canonical import JSON, decode_plain, encode, encode_plain, is_plain
from watchword.core.ledger.checkpoint import Checkpoint, SignedCheckpoint
from watchword.core.ledger.commitments import case_pseudonym, commit
from watchword.core.ledger.cosignature import cosign, sign_checkpoint, verify_checkpoint
from watchword.core.ledger.entry import SIGNING_LABEL, Statement, parse_entry
from watchword.core.ledger.errors import BadSignature, Malformed
from watchword.core.ledger.note import Algorithm, Note, NoteSignature, NoteSigner, VerifierKey
from watchword.core.ledger.policy import Policy, parse_policy
from watchword.core.ledger.spelling import from_base64url, to_base64url
from watchword.core.ledger.tree import EMPTY_HEAD, TreeHead

HEAD = TreeHead(7, seed("a root"))
GRANTED = founded().entries[-1]
plain_text = st.text("abcXYZ019-_ .:/+=<>&", max_size=20)
plain_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | plain_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain_text, inner, max_size=4),
    max_leaves=10,
)
statements = st.builds(
    Statement,
    at=st.integers(0, 2**32),
    nonce=st.binary(min_size=16, max_size=16),
    act=st.sampled_from([act for act in Act if not RULES[act].public]),
    case=st.sampled_from([b"", seed("case")]),
    actor=st.uuids().map(str) | st.uuids().map(lambda uuid: uuid.hex),
    commitment=st.binary(min_size=32, max_size=32),
    base=st.builds(TreeHead, st.integers(1, 2**53 - 1), st.binary(min_size=32, max_size=32)),
    previous=st.sampled_from([b"", seed("previous")]),
    session=st.binary(min_size=32, max_size=32),
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(plain_text, plain_values, max_size=5))
def test_the_two_encoders_agree_inside_the_entry_subset(value: dict[str, JSON]) -> None:
    raw = encode_plain(value)
    assert raw == rfc8785.dumps(value)
    assert decode_plain(raw) == value


@pytest.mark.parametrize("value", [{"a": 2**53}, {"a": math.nan}, {"a": "\ud800"}, {1: "a"}])
def test_values_without_canonical_bytes_are_refused(value: dict[str, JSON]) -> None:
    with pytest.raises(Malformed):
        encode(value)


@pytest.mark.parametrize("text", ["Дов", 'a"b', "a\\b", "a\nb", "a\x7fb"])
def test_an_entry_holds_no_text_that_needs_care(text: str) -> None:
    with pytest.raises(Malformed):
        encode_plain({"a": text})
    assert not is_plain(json.dumps({"a": text}, ensure_ascii=False).encode())


@settings(max_examples=60, deadline=None)
@given(statements, st.binary(min_size=64, max_size=64))
def test_an_entry_is_read_back_as_it_was_signed(statement: Statement, signature: bytes) -> None:
    raw = statement.signed(signature)
    entry = parse_entry(raw)
    assert (entry.statement, entry.signature, entry.message) == (statement, signature, statement.message())
    assert entry.message.startswith(SIGNING_LABEL)
    assert parse_entry(entry.statement.signed(entry.signature)) == entry


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_changed_byte_leaves_the_same_signed_message(data: st.DataObject) -> None:
    raw = GRANTED
    at = data.draw(st.integers(0, len(raw) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[at]))
    changed = raw[:at] + bytes([byte]) + raw[at + 1 :]
    whole = parse_entry(raw)
    try:
        entry = parse_entry(changed)
    except Malformed:
        return
    assert (entry.message, entry.signature) != (whole.message, whole.signature)


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": b"short"},
        {"case": b"short"},
        {"commitment": b""},
        {"previous": b"short"},
        {"session": b""},
        {"at": -1},
        {"actor": "Ada Lovelace"},
        {"base": TreeHead(1, b"short")},
        {"base": TreeHead(0, seed("not empty"))},
        {"public": {"note": "x"}},
    ],
)
def test_a_statement_that_breaks_the_format_is_neither_signed_nor_written(wrong: dict[str, object]) -> None:
    good = Statement(1, bytes(16), Act.PAD, b"", ADA.id, bytes(32), EMPTY_HEAD, b"", bytes(32))
    statement = dataclasses.replace(good, **wrong)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(Malformed):
        statement.message()
    with pytest.raises(Malformed):
        statement.signed(bytes(64))
    with pytest.raises(Malformed, match="64 bytes"):
        good.signed(bytes(63))


@pytest.mark.parametrize("shape", list(Shape))
@pytest.mark.parametrize(
    "value",
    ["Dov Example", "Дов", "", "+380 44 123 45 67", "dov@example.org", "a" * 80, None, 1.5, True, -1, []],
)
def test_no_shape_of_a_public_fact_takes_what_could_be_personal(shape: Shape, value: JSON) -> None:
    assert not shape.fits(value)


def test_each_shape_takes_what_it_is_for() -> None:
    assert Shape.KEY.fits(to_base64url(seed("key")))
    assert Shape.PERSON.fits(ADA.id)
    assert Shape.CODE.fits("closed-evidence")
    assert Shape.COUNT.fits(0)
    check_public(Act.STAFF_LEAVE, {"staff": ADA.id})


def test_base64url_has_one_spelling() -> None:
    for data in (b"", b"\xfb", b"\xfb\xff", b"\xfb\xff\xbf", seed("x"), bytes(16), bytes(64)):
        text = to_base64url(data)
        assert text == base64.urlsafe_b64encode(data).rstrip(b"=").decode()
        assert from_base64url(text, len(data), what="x") == data
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/="
        for other in {text[:-1] + letter for letter in letters if data} - {text}:
            with contextlib.suppress(Malformed):
                assert from_base64url(other, len(data), what="x") != data


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=40))
def test_the_pseudonym_of_a_case_is_an_hmac(key: bytes, uid: bytes) -> None:
    assert case_pseudonym(key, uid) == hmac.digest(key, uid, hashlib.sha256)


def test_commitments_need_their_salt_and_cases_their_key() -> None:
    assert commit({"b": 1, "a": 2}, bytes(32)) == commit({"a": 2, "b": 1}, bytes(32))
    assert commit({"a": 1}, bytes(32)) != commit({"a": 1}, b"\1" * 32)
    with pytest.raises(Malformed):
        commit({}, b"salt")
    with pytest.raises(Malformed):
        case_pseudonym(b"key", b"case")


# Notes and cosignatures.


def test_a_signed_checkpoint_is_read_back_byte_for_byte() -> None:
    note = sign_checkpoint(Checkpoint(ORIGIN, HEAD), LOG_SIGNERS, MORNING * 60)
    raw = str(note).encode()
    signed = SignedCheckpoint.parse(raw)
    assert (str(signed.note).encode(), signed.head) == (raw, HEAD)
    assert verify_checkpoint(signed, LOG_KEYS, VERIFYING) == dict(
        zip(LOG_KEYS, (0, MORNING * 60), strict=True)
    )


def test_a_note_that_is_no_text_is_refused() -> None:
    with pytest.raises(Malformed, match="UTF-8"):
        Note.parse(b"\xff\n\n" + founded().checkpoint())


def test_unknown_signatures_are_ignored_and_known_wrong_ones_are_not() -> None:
    stranger = signer("stranger.example", Algorithm.ED25519)
    note = sign_checkpoint(Checkpoint(ORIGIN, HEAD), [*LOG_SIGNERS, stranger], 1)
    wrong = dataclasses.replace(note.signatures[2], signature=bytes(64))
    signed = SignedCheckpoint(Checkpoint(ORIGIN, HEAD), Note(note.text, (*note.signatures[:2], wrong)))
    assert set(verify_checkpoint(signed, LOG_KEYS, VERIFYING)) == set(LOG_KEYS)
    with pytest.raises(BadSignature):
        verify_checkpoint(signed, [stranger.key], VERIFYING)


def test_a_key_id_alone_does_not_make_a_signature_known() -> None:
    line = NoteSignature("other.example", LOG_KEYS[0].key_id, bytes(64))
    assert not line.claims(LOG_KEYS[0])


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_a_signature_of_one_type_is_not_one_of_another(algorithm: Algorithm) -> None:
    """One Ed25519 key used both plainly and as a witness: neither message passes for the other."""
    checkpoint = Checkpoint(ORIGIN, HEAD)
    one = signer("w.example", algorithm)
    signed = SignedCheckpoint(checkpoint, Note(checkpoint.text(), (cosign(checkpoint, one, 5),)))
    assert verify_checkpoint(signed, [one.key], VERIFYING)
    if algorithm is not Algorithm.MLDSA44_COSIGNATURE:
        (other,) = {Algorithm.ED25519, Algorithm.ED25519_COSIGNATURE} - {algorithm}
        key = VerifierKey(one.key.name, other, one.key.public)
        line = dataclasses.replace(signed.note.signatures[0], key_id=key.key_id)
        with pytest.raises(BadSignature):
            verify_checkpoint(
                SignedCheckpoint(checkpoint, Note(checkpoint.text(), (line,))), [key], VERIFYING
            )


@pytest.mark.parametrize("algorithm", [Algorithm.ED25519_COSIGNATURE, Algorithm.MLDSA44_COSIGNATURE])
def test_a_cosignature_fixes_its_time(algorithm: Algorithm) -> None:
    checkpoint = Checkpoint(ORIGIN, HEAD)
    one = signer("w.example", algorithm)
    line = cosign(checkpoint, one, 5)
    for timestamp in (6, 2**63):
        moved = dataclasses.replace(line, signature=timestamp.to_bytes(8, "big") + line.signature[8:])
        with pytest.raises(BadSignature):
            verify_checkpoint(
                SignedCheckpoint(checkpoint, Note(checkpoint.text(), (moved,))), [one.key], VERIFYING
            )


def test_a_post_quantum_cosignature_fixes_origin_size_root_and_name() -> None:
    one = signer("w.example", Algorithm.MLDSA44_COSIGNATURE)
    line = cosign(Checkpoint(ORIGIN, HEAD), one, 5)
    renamed = NoteSigner(VerifierKey("v.example", one.key.algorithm, one.key.public), one.sign)
    for checkpoint, key in (
        (Checkpoint("ledger.example/other", HEAD), one.key),
        (Checkpoint(ORIGIN, TreeHead(8, HEAD.root)), one.key),
        (Checkpoint(ORIGIN, TreeHead(7, seed("another root"))), one.key),
        (Checkpoint(ORIGIN, HEAD), renamed.key),
    ):
        claimed = dataclasses.replace(line, name=key.name, key_id=key.key_id)
        note = Note(checkpoint.text(), (claimed,))
        with pytest.raises(BadSignature):
            verify_checkpoint(SignedCheckpoint(checkpoint, note), [key], VERIFYING)


def test_a_name_too_long_for_a_cosignature_is_refused() -> None:
    one = signer("w" * 256, Algorithm.MLDSA44_COSIGNATURE)
    with pytest.raises(Malformed, match="255"):
        cosign(Checkpoint(ORIGIN, HEAD), one, 5)


@pytest.mark.parametrize("key", LOG_KEYS)
def test_a_verifier_key_is_read_back(key: VerifierKey) -> None:
    assert VerifierKey.parse(str(key)) == key


def test_extension_lines_are_kept() -> None:
    checkpoint = Checkpoint(ORIGIN, HEAD, ("one", "two"))
    assert Checkpoint.parse(checkpoint.text()) == checkpoint


# Policies.


def test_a_policy_with_groups_of_groups_decides() -> None:
    keys = [signer(f"w{number}.example", Algorithm.ED25519_COSIGNATURE).key for number in range(5)]
    lines = [f"log {LOG_KEYS[0]} https://log.example", "# a comment", ""]
    lines += [f"witness W{number} {key}" for number, key in enumerate(keys)]
    lines += ["group X 2 W0 W1 W2", "\tgroup  Y any W3 W4", "group both all X Y", "quorum both"]
    policy = parse_policy("\n".join(lines) + "\n")
    assert policy.is_met([keys[0], keys[2], keys[4]])
    assert not policy.is_met([keys[0], keys[1], keys[2]])
    assert not policy.is_met([keys[0], keys[3], keys[4]])
    assert parse_policy(f"witness a {keys[0]}\nquorum a\n").is_met([keys[0]])
    assert parse_policy("quorum none").is_met([])


@pytest.mark.parametrize("needed", [-1, 2])
def test_a_quorum_of_more_than_all_or_less_than_none_is_refused(needed: int) -> None:
    key = signer("w.example", Algorithm.ED25519_COSIGNATURE).key
    with pytest.raises(Malformed):
        Policy.threshold(LOG_KEYS, [key], needed)
    with pytest.raises(Malformed, match="twice"):
        Policy.threshold(LOG_KEYS, [key, key], 1)
