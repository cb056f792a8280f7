# SPDX-License-Identifier: AGPL-3.0-or-later
"""The primitives against published vectors, and their refusal of sizes that are somebody's mistake."""

import json
from collections.abc import Callable, Iterator

import cryptography_vectors
import pytest

from watchword.core.sealing import primitives
from watchword.core.sealing.errors import Malformed, Tampered
from watchword.core.sealing.primitives import ChunkCipher, FileKey, HybridPublicKey, HybridSecretKey

SEED = bytes(range(32))
SMALL_ORDER = sorted(primitives._SMALL_ORDER)


def lines_of(path: str) -> list[str]:
    with cryptography_vectors.open_vector_file(path, "r") as file:
        return [line.strip() for line in file]


def records(path: str, first_key: str) -> Iterator[dict[str, str]]:
    """The ``key = value`` blocks of a file, each beginning with ``first_key``, with keys in lower case."""
    record: dict[str, str] = {}
    for line in [*lines_of(path), f"{first_key} = "]:
        key, separator, value = line.partition("=")
        if not separator or line.startswith("#"):
            continue
        if key.strip().lower() == first_key and record:
            yield record
            record = {}
        record[key.strip().lower()] = value.strip()


def unquoted(text: str) -> bytes:
    """Hexadecimal, or letters between quotation marks."""
    return text.strip('"').encode() if text.startswith('"') else bytes.fromhex(text)


def test_argon2id_is_the_published_one() -> None:
    fitting = [
        row for row in records("KDF/argon2id.txt", "count") if row["length"] == "32" and "ad" not in row
    ]
    assert len(fitting) == 2
    for row in fitting:
        secret, salt = bytes.fromhex(row["pass"]), bytes.fromhex(row["salt"])
        passes, memory, lanes = int(row["iter"]), int(row["memcost"]), int(row["lanes"])
        found = primitives.argon2id(secret, salt=salt, passes=passes, memory_kib=memory, lanes=lanes)
        assert found.hex() == row["output"]


@pytest.mark.parametrize("path", ["KDF/rfc-5869-HKDF-SHA256.txt", "KDF/hkdf-generated.txt"])
def test_hkdf_is_the_published_one(path: str) -> None:
    rows = list(records(path, "count"))
    assert rows
    for row in rows:
        secret, salt, info = (bytes.fromhex(row[name]) for name in ("ikm", "salt", "info"))
        assert primitives.hkdf(secret, salt=salt, info=info) == bytes.fromhex(row["okm"])[:32]
        if "prk" in row:
            assert primitives.hkdf_expand(bytes.fromhex(row["prk"]), info) == bytes.fromhex(row["okm"])[:32]


def test_scrypt_is_the_published_one() -> None:
    row = next(row for row in records("KDF/scrypt.txt", "count") if row["n"] == "16384")
    found = primitives.scrypt(row["password"].encode(), salt=row["salt"].encode(), log_n=14)
    assert found == bytes.fromhex(row["derived_key"])[:32]


def test_chacha20_poly1305_is_the_published_one() -> None:
    fitting = [
        row
        for row in records("ciphers/ChaCha20Poly1305/boringssl.txt", "count")
        if row["ad"] in {"", '""'} and len(row["nonce"]) == 24 and len(row["tag"]) == 32
    ]
    assert fitting
    for row in fitting:
        cipher, nonce = ChunkCipher(bytes.fromhex(row["key"])), bytes.fromhex(row["nonce"])
        plaintext, sealed = unquoted(row["in"]), unquoted(row["ct"]) + unquoted(row["tag"])
        assert cipher.seal(nonce, plaintext) == sealed
        assert cipher.open(nonce, sealed) == plaintext


def test_x25519_is_the_published_one() -> None:
    rows = list(records("asymmetric/X25519/rfc7748.txt", "count"))
    assert rows
    for row in rows:
        shared = primitives.x25519(bytes.fromhex(row["input_scalar"]), bytes.fromhex(row["input_u"]))
        assert shared.hex() == row["output_u"]
    assert primitives.x25519_public(SEED) == primitives.x25519(SEED, bytes([9]) + bytes(31))


def test_the_hybrid_key_encapsulation_is_the_published_one() -> None:
    with cryptography_vectors.open_vector_file("HPKE/hpke-pq-test-vectors.json", "r") as file:
        rows = [
            row for row in json.load(file) if (row["kem_id"], row["kdf_id"], row["aead_id"]) == (0x647A, 1, 3)
        ]
    assert rows
    for row in rows:
        secret = HybridSecretKey(bytes.fromhex(row["skRm"]))
        assert secret.public.hex() == row["pkRm"]
        # The published ciphertexts authenticate more than age does; one is made here from the published key.
        sealed = ChunkCipher(bytes.fromhex(row["key"])).seal(bytes.fromhex(row["base_nonce"]), b"a file key")
        assert secret.unwrap(bytes.fromhex(row["enc"]), sealed, bytes.fromhex(row["info"])) == b"a file key"


def test_ed25519_is_the_published_one() -> None:
    for line in lines_of("asymmetric/Ed25519/sign.input")[::8]:
        secret, public, message, signed = (bytes.fromhex(part) for part in line.split(":")[:4])
        seed, signature = secret[:32], signed[:64]
        assert primitives.ed25519_public(seed) == public
        assert primitives.ed25519_sign(seed, message) == signature
        assert primitives.ed25519_verify(public, message, signature)
        assert not primitives.ed25519_verify(public, message + b"!", signature)


def test_ml_dsa_44_is_the_published_one() -> None:
    rows = list(records("asymmetric/MLDSA/kat_MLDSA_44_det_pure.rsp", "count"))[::4]
    assert rows
    for row in rows:
        public, message = bytes.fromhex(row["pk"]), bytes.fromhex(row["msg"])
        assert primitives.mldsa44_public(bytes.fromhex(row["xi"])) == public
        signature = bytes.fromhex(row["sm"])[:2420]
        assert primitives.mldsa44_verify(public, message, signature) == (row["ctx"] == "")


@pytest.mark.parametrize("name", ["ed25519", "mldsa44"])
def test_a_signature_fails_for_another_message_key_or_length(name: str) -> None:
    public: Callable[[bytes], bytes] = getattr(primitives, f"{name}_public")
    sign: Callable[[bytes, bytes], bytes] = getattr(primitives, f"{name}_sign")
    verify: Callable[[bytes, bytes, bytes], bool] = getattr(primitives, f"{name}_verify")
    signature = sign(SEED, b"accepted")
    assert verify(public(SEED), b"accepted", signature)
    assert not verify(public(SEED), b"rejected", signature)
    assert not verify(public(bytes(32)), b"accepted", signature)
    assert not verify(public(SEED), b"accepted", signature[:-1])
    assert not verify(public(SEED)[:-1], b"accepted", signature)
    assert not verify(b"", b"accepted", b"")


def test_an_altered_chunk_does_not_open() -> None:
    cipher = ChunkCipher(SEED)
    sealed = cipher.seal(bytes(12), b"plaintext")
    with pytest.raises(Tampered):
        cipher.open(bytes(12), sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(Tampered):
        cipher.open(bytes(11) + b"\1", sealed)
    with pytest.raises(Tampered):
        cipher.open_into(bytes(11) + b"\1", sealed, memoryview(bytearray(9)))


def test_a_file_key_is_unwrapped_by_its_own_key_only() -> None:
    wrapped = primitives.wrap_once(SEED, FileKey(bytes(16)))
    assert primitives.unwrap_once(SEED, wrapped) == bytes(16)
    assert primitives.unwrap_once(bytes(32), wrapped) is None


@pytest.mark.parametrize("point", SMALL_ORDER, ids=lambda point: point.hex()[:8])
def test_points_of_small_order_are_refused_everywhere(point: bytes) -> None:
    topped = point[:31] + bytes([point[31] | 0x80])
    for share in (point, topped):
        with pytest.raises(Malformed, match="small order"):
            primitives.x25519(SEED, share)
        with pytest.raises(Malformed, match="small order"):
            HybridSecretKey(SEED).unwrap(bytes(1088) + share, bytes(32), b"")
        with pytest.raises(Malformed, match="small order"):
            HybridPublicKey(bytes(1184) + share)


@pytest.mark.parametrize(
    "call",
    [
        lambda: primitives.hkdf_expand(bytes(31), b""),
        lambda: primitives.x25519(bytes(31), SEED),
        lambda: primitives.x25519(SEED, bytes(33)),
        lambda: primitives.x25519_public(b""),
        lambda: primitives.ed25519_public(bytes(33)),
        lambda: primitives.ed25519_sign(bytes(31), b""),
        lambda: primitives.mldsa44_public(bytes(64)),
        lambda: primitives.mldsa44_sign(b"", b""),
        lambda: ChunkCipher(bytes(16)),
        lambda: HybridSecretKey(bytes(64)),
        lambda: HybridPublicKey(bytes(1184)),
        lambda: HybridSecretKey(SEED).unwrap(bytes(1119), bytes(32), b""),
        lambda: primitives.argon2id(b"", salt=b"short", passes=1, memory_kib=8, lanes=1),
    ],
)
def test_a_wrong_size_is_refused_in_words(call: Callable[[], object]) -> None:
    with pytest.raises(Malformed):
        call()


def test_random_digits_are_digits_with_their_leading_zeros() -> None:
    drawn = [primitives.random_digits(3) for _ in range(600)]
    assert all(len(digits) == 3 and digits.isdecimal() for digits in drawn)
    assert {digits[0] for digits in drawn} == set("0123456789")


def test_equal_secrets_are_equal_and_others_are_not() -> None:
    assert primitives.constant_time_equal(b"abc", b"abc")
    assert not primitives.constant_time_equal(b"abc", b"abd")
    assert not primitives.constant_time_equal(b"abc", b"abcd")
