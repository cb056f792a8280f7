# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every cryptographic primitive of the product, each of one algorithm and size: no other file imports them.

Nothing here lets a caller choose an algorithm, so none can choose wrongly. Sizes are checked here, once: the
libraries below raise a bare ``ValueError``, and a key of the wrong length is always somebody's mistake.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from functools import lru_cache
from typing import NewType

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from watchword.core.sealing.errors import Malformed, Tampered

Buffer = bytes | bytearray | memoryview
FileKey = NewType("FileKey", bytes)
"""The 16 random bytes that encrypt one file and, by the age specification, never a second one."""

KEY_SIZE = 32
FILE_KEY_SIZE = 16
TAG_SIZE = 16
NONCE_SIZE = 12
MLKEM_PUBLIC_SIZE = 1184
HYBRID_PUBLIC_SIZE = MLKEM_PUBLIC_SIZE + KEY_SIZE
HYBRID_SHARE_SIZE = 1088 + KEY_SIZE
"""An X-Wing encapsulation: an ML-KEM-768 ciphertext, then an X25519 share."""

# These seven encodings are every u-coordinate of small order (compared with the unused top bit cleared). With
# any of them the shared secret is zero whatever the secret key: an attacker would know it without being told.
_SMALL_ORDER = frozenset(
    bytes.fromhex(point)
    for point in (
        "00" * 32,
        "01" + "00" * 31,
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)
# A wrap key is derived for one stanza and used once, so its nonce may be constant.
_ONCE = bytes(NONCE_SIZE)
_XWING = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _sized(what: str, value: Buffer, size: int) -> None:
    if len(value) != size:
        raise Malformed(f"{what} is {size} bytes long, not {len(value)}")


def random_bytes(size: int) -> bytes:
    """``size`` bytes from the operating system's generator."""
    return secrets.token_bytes(size)


def random_digits(count: int) -> str:
    """``count`` decimal digits, each string of them equally likely."""
    return f"{secrets.randbelow(10**count):0{count}d}"


def constant_time_equal(left: bytes, right: bytes) -> bool:
    """Compare secrets without telling by the time taken how much of them agrees."""
    return hmac.compare_digest(left, right)


def sha256(data: Buffer) -> bytes:
    """SHA-256, 32 bytes."""
    return hashlib.sha256(data).digest()


def hmac_sha256(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA-256 (RFC 2104), 32 bytes."""
    return hmac.digest(key, data, "sha256")


def hkdf(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256 (RFC 5869), extract then expand, 32 bytes."""
    return HKDF(hashes.SHA256(), KEY_SIZE, salt, info).derive(secret)


def hkdf_expand(key: bytes, info: bytes) -> bytes:
    """HKDF-Expand-SHA-256 alone, 32 bytes: for a ``key`` of 32 bytes that is already uniform."""
    _sized("a key to expand", key, KEY_SIZE)
    return HKDFExpand(hashes.SHA256(), KEY_SIZE, info).derive(key)


def argon2id(secret: bytes, *, salt: bytes, passes: int, memory_kib: int, lanes: int) -> bytes:
    """Argon2id version 1.3 (RFC 9106), 32 bytes; memory in KiB."""
    try:
        return hash_secret_raw(secret, salt, passes, memory_kib, lanes, KEY_SIZE, Type.ID, 0x13)
    except HashingError:
        raise Malformed("these Argon2id parameters are out of range") from None


def scrypt(passphrase: bytes, *, salt: bytes, log_n: int) -> bytes:
    """scrypt (RFC 7914) with N = 2^log_n, r = 8, p = 1, as age fixes them; 32 bytes."""
    # OpenSSL counts 128·r·(N + 2) bytes and a little more; its own default limit would stop at log_n = 14.
    limit = 1024 * ((1 << log_n) + 64)
    return hashlib.scrypt(passphrase, salt=salt, n=1 << log_n, r=8, p=1, maxmem=limit, dklen=KEY_SIZE)


class ChunkCipher:
    """ChaCha20-Poly1305 under one 32-byte key, for callers that count their nonces."""

    __slots__ = ("_aead",)

    def __init__(self, key: bytes) -> None:
        _sized("a cipher key", key, KEY_SIZE)
        self._aead = ChaCha20Poly1305(key)

    def seal(self, nonce: bytes, plaintext: Buffer) -> bytes:
        """Ciphertext followed by its 16-byte tag."""
        return self._aead.encrypt(nonce, plaintext, None)

    def seal_into(self, nonce: bytes, plaintext: Buffer, out: memoryview) -> None:
        """Like ``seal``, written to ``out``, which is exactly 16 bytes longer than ``plaintext``."""
        self._aead.encrypt_into(nonce, plaintext, None, out)

    def open(self, nonce: bytes, ciphertext: Buffer) -> bytes:
        """Plaintext, or Tampered."""
        try:
            return self._aead.decrypt(nonce, ciphertext, None)
        except InvalidTag:
            raise Tampered("an encrypted chunk does not verify") from None

    def open_into(self, nonce: bytes, ciphertext: Buffer, out: memoryview) -> None:
        """Like ``open``, written to ``out``, which is exactly 16 bytes shorter than ``ciphertext``."""
        try:
            self._aead.decrypt_into(nonce, ciphertext, None, out)
        except InvalidTag:
            raise Tampered("an encrypted chunk does not verify") from None


def seal_bound(key: bytes, plaintext: Buffer, bound: bytes) -> bytes:
    """ChaCha20-Poly1305 with a random nonce: nonce, ciphertext, tag. It opens beside the same ``bound`` only.

    For keys under which few things are sealed: after 2^32 of them two nonces may well be the same.
    """
    _sized("a cipher key", key, KEY_SIZE)
    nonce = random_bytes(NONCE_SIZE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plaintext, bound)


def open_bound(key: bytes, sealed: Buffer, bound: bytes) -> bytes:
    """What ``seal_bound`` sealed beside ``bound``, or Tampered."""
    _sized("a cipher key", key, KEY_SIZE)
    if len(sealed) < NONCE_SIZE + TAG_SIZE:
        raise Tampered("what was sealed here is cut short")
    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], bound)
    except InvalidTag:
        raise Tampered("what was sealed here does not verify") from None


def wrap_once(key: bytes, file_key: FileKey) -> bytes:
    """Encrypt a file key under a wrap key that is used for nothing else: 32 bytes."""
    return ChunkCipher(key).seal(_ONCE, file_key)


def unwrap_once(key: bytes, wrapped: bytes) -> FileKey | None:
    """The file key, or None when ``wrapped`` was made under another key."""
    try:
        return FileKey(ChunkCipher(key).open(_ONCE, wrapped))
    except Tampered:
        return None


def check_x25519_share(share: bytes) -> None:
    """Refuse a public value of small order, which would make the shared secret known to everyone."""
    _sized("an X25519 public value", share, KEY_SIZE)
    if share[:31] + bytes([share[31] & 0x7F]) in _SMALL_ORDER:
        raise Malformed("an X25519 public value has small order")


def x25519_public(secret: bytes) -> bytes:
    """The 32-byte public value of a 32-byte X25519 scalar (RFC 7748)."""
    _sized("an X25519 secret", secret, KEY_SIZE)
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def x25519(secret: bytes, peer: bytes) -> bytes:
    """The 32-byte shared secret of a scalar and a public value, which must not be of small order."""
    _sized("an X25519 secret", secret, KEY_SIZE)
    check_x25519_share(peer)
    return X25519PrivateKey.from_private_bytes(secret).exchange(X25519PublicKey.from_public_bytes(peer))


class HybridPublicKey:
    """The public half of MLKEM768-X25519 (X-Wing), 1216 bytes, ready to wrap for."""

    __slots__ = ("_key", "raw")

    def __init__(self, raw: bytes) -> None:
        _sized("a hybrid public key", raw, HYBRID_PUBLIC_SIZE)
        check_x25519_share(raw[MLKEM_PUBLIC_SIZE:])
        try:
            lattice = MLKEM768PublicKey.from_public_bytes(raw[:MLKEM_PUBLIC_SIZE])
        except ValueError:
            raise Malformed("the ML-KEM part of a public key is out of range") from None
        curve = X25519PublicKey.from_public_bytes(raw[MLKEM_PUBLIC_SIZE:])
        self.raw = raw
        self._key = MLKEM768X25519PublicKey(lattice, curve)

    def wrap(self, plaintext: bytes, info: bytes) -> tuple[bytes, bytes]:
        """HPKE SealBase (RFC 9180): the 1120-byte encapsulation, and the ciphertext with its tag."""
        sealed = _XWING.encrypt(plaintext, self._key, info)
        return sealed[:HYBRID_SHARE_SIZE], sealed[HYBRID_SHARE_SIZE:]


class HybridSecretKey:
    """The secret half of MLKEM768-X25519, made from a 32-byte seed."""

    __slots__ = ("_key", "public")

    def __init__(self, seed: bytes) -> None:
        _sized("an identity seed", seed, KEY_SIZE)
        expanded = hashlib.shake_256(seed).digest(96)
        lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        curve = X25519PrivateKey.from_private_bytes(expanded[64:])
        self._key = MLKEM768X25519PrivateKey(lattice, curve)
        self.public = lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()

    def unwrap(self, share: bytes, ciphertext: bytes, info: bytes) -> bytes | None:
        """HPKE OpenBase: the plaintext, or None when it was wrapped for another key."""
        _sized("a hybrid encapsulation", share, HYBRID_SHARE_SIZE)
        check_x25519_share(share[-KEY_SIZE:])
        try:
            return _XWING.decrypt(share + ciphertext, self._key, info)
        except InvalidTag:
            return None


def ed25519_public(seed: bytes) -> bytes:
    """The 32-byte Ed25519 public key (RFC 8032) of a 32-byte seed."""
    _sized("an Ed25519 seed", seed, KEY_SIZE)
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def ed25519_sign(seed: bytes, message: bytes) -> bytes:
    """A 64-byte Ed25519 signature."""
    _sized("an Ed25519 seed", seed, KEY_SIZE)
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def ed25519_signer(seed: bytes) -> Callable[[bytes], bytes]:
    """The same for many messages: reading the seed costs as much as a signature."""
    _sized("an Ed25519 seed", seed, KEY_SIZE)
    return Ed25519PrivateKey.from_private_bytes(seed).sign


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` over ``message`` is by the holder of ``public``; False for any malformed part."""
    try:
        _ed25519_key(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def p256_verify(point: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a DER signature (ECDSA, SHA-256) is by the holder of ``point``, x and y of 32 bytes each."""
    try:
        key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), b"\x04" + point)
        key.verify(signature, message, ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def entry_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """A signature in the ledger: Ed25519 by a key of 32 bytes, P-256 by a point of 64; nobody chooses."""
    verify = p256_verify if len(public) == 2 * KEY_SIZE else ed25519_verify
    return verify(public, message, signature)


def mldsa44_public(seed: bytes) -> bytes:
    """The 1312-byte ML-DSA-44 public key (FIPS 204) of a 32-byte seed."""
    _sized("an ML-DSA-44 seed", seed, KEY_SIZE)
    return MLDSA44PrivateKey.from_seed_bytes(seed).public_key().public_bytes_raw()


def mldsa44_sign(seed: bytes, message: bytes) -> bytes:
    """A 2420-byte ML-DSA-44 signature, with the empty context string."""
    _sized("an ML-DSA-44 seed", seed, KEY_SIZE)
    return MLDSA44PrivateKey.from_seed_bytes(seed).sign(message)


def mldsa44_signer(seed: bytes) -> Callable[[bytes], bytes]:
    """The same for many messages: expanding the seed is a good part of a signature's cost."""
    _sized("an ML-DSA-44 seed", seed, KEY_SIZE)
    return MLDSA44PrivateKey.from_seed_bytes(seed).sign


def mldsa44_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` over ``message`` is by the holder of ``public``; False for any malformed part."""
    try:
        _mldsa44_key(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


# An audit verifies thousands of signatures by a few dozen keys. Only public keys are ever kept.
@lru_cache(maxsize=256)
def _ed25519_key(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)


@lru_cache(maxsize=64)
def _mldsa44_key(public: bytes) -> MLDSA44PublicKey:
    return MLDSA44PublicKey.from_public_bytes(public)
