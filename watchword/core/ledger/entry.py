# SPDX-License-Identifier: AGPL-3.0-or-later
"""One entry of the log: who did what to which case and when, signed, with no personal data in it.

As bytes an entry is a canonical JSON object (see ``canonical``) with these names:

    v     1                                          act   what was done (acts.Act)
    t     minutes since 1970-01-01T00:00Z            obj   pseudonym of the case, or "" when none
    n     16 random bytes                            actor pseudonym of who did it
    c     commitment to the payload                  pub   public facts, only where the act has any
    base  [size, root] the signer had verified       pa    leaf hash of the actor's previous entry, or ""
    sess  public key that signed                     sig   Ed25519 over label ‖ the entry without ``sig``
    fresh how a decisive act was confirmed just then: "code", or a passkey's assertion over the act
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from watchword.core.ledger.acts import PERSON, RULES, Act, check_public
from watchword.core.ledger.assertion import BY_CODE, CHALLENGE_LABEL, Assertion, Fresh, session_challenge
from watchword.core.ledger.canonical import JSON, decode_plain, encode_plain
from watchword.core.ledger.errors import Malformed
from watchword.core.ledger.spelling import from_base64url, to_base64url
from watchword.core.ledger.tiles import LARGEST_ENTRY
from watchword.core.ledger.tree import EMPTY_ROOT, TreeHead

VERSION = 1
SIGNING_LABEL = b"watchword/entry/v1\0"
NONCE_LENGTH = 16
_OPTIONAL = frozenset({"pub", "fresh"})
_HASH = 32
_SIGNATURE = 64
_NAMES = frozenset({"v", "t", "n", "act", "obj", "actor", "c", "base", "pa", "sess", "sig"})
_LAST_MINUTE = 2**32
_LARGEST_SIZE = 2**53 - 1  # the largest whole number that JCS can write


@dataclass(frozen=True, slots=True)
class Statement:
    """What the actor signs: an entry before its signature. Hashes and keys are raw bytes."""

    at: int
    nonce: bytes
    act: Act
    case: bytes
    actor: str
    commitment: bytes
    base: TreeHead
    previous: bytes
    session: bytes
    public: Mapping[str, JSON] = field(default_factory=dict)
    fresh: Fresh = None

    def challenge(self) -> bytes:
        """What a passkey signs to confirm this act: the hash of what is done, by whom, to what, and when.

        To open a session it signs the hash of the key that it endorses.
        """
        if self.act is Act.SESSION_OPEN:
            key = from_base64url(cast("str", self.public["key"]), _HASH, what="key")
            return session_challenge(key, cast("int", self.public["until"]), self.base)
        fields = self._object()
        named = {name: fields[name] for name in ("act", "actor", "base", "n", "obj", "sess")}
        action = {**named, "pub": self.public}
        return hashlib.sha256(CHALLENGE_LABEL + encode_plain(action)).digest()

    def message(self) -> bytes:
        """The bytes to sign; Malformed when the statement breaks a rule of the format."""
        _check(self)
        return SIGNING_LABEL + encode_plain(self._object())

    def signed(self, signature: bytes) -> bytes:
        """The entry as it goes into the log; ``signature`` is Ed25519 over ``message()``."""
        if len(signature) != _SIGNATURE:
            raise Malformed(f"a signature has {_SIGNATURE} bytes")
        _check(self)
        return encode_plain({**self._object(), "sig": to_base64url(signature)})

    def _object(self) -> dict[str, JSON]:
        fields: dict[str, JSON] = {
            "v": VERSION,
            "t": self.at,
            "n": to_base64url(self.nonce),
            "act": str(self.act),
            "obj": to_base64url(self.case),
            "actor": self.actor,
            "c": to_base64url(self.commitment),
            "base": [self.base.size, to_base64url(self.base.root)],
            "pa": to_base64url(self.previous),
            "sess": to_base64url(self.session),
        }
        if self.public:
            fields["pub"] = self.public
        if self.fresh is not None:
            fields["fresh"] = BY_CODE if self.fresh == BY_CODE else self.fresh.fields()
        return fields


@dataclass(frozen=True, slots=True)
class Entry:
    """A parsed entry: the statement, its signature, and the exact bytes that were signed."""

    statement: Statement
    signature: bytes
    message: bytes


def parse_entry(raw: bytes) -> Entry:
    """The entry whose bytes are exactly ``raw``; Malformed, naming the field, for anything else.

    The signature is not checked here: ``sess`` must first be known to belong to the actor.
    """
    if len(raw) > LARGEST_ENTRY:
        raise Malformed(f"an entry has at most {LARGEST_ENTRY} bytes")
    fields = decode_plain(raw)
    if fields.keys() - _OPTIONAL != _NAMES:
        raise Malformed(
            "an entry has exactly the fields v t n act obj actor c base pa sess sig, and pub and fresh or not"
        )
    if type(fields["v"]) is not int or fields["v"] != VERSION:
        raise Malformed("v must be 1")
    statement = _statement(fields)
    _check(statement)
    if "pub" in fields and not statement.public:
        raise Malformed("pub is left out when there is nothing to make public")
    signature = _bytes(fields, "sig", _SIGNATURE)
    # The canonical bytes hold no quotation mark inside a string, so this can only be the field itself.
    unsigned = raw.replace(b'"sig":"' + cast("str", fields["sig"]).encode() + b'",', b"", 1)
    return Entry(statement, signature, SIGNING_LABEL + unsigned)


def _statement(fields: Mapping[str, JSON]) -> Statement:
    try:
        act = Act(cast("str", fields["act"]))
    except ValueError:
        raise Malformed("act is not an act that this log knows") from None
    base = fields["base"]
    if not isinstance(base, list) or len(base) != 2:
        raise Malformed("base is a size and a root")
    return Statement(
        at=cast("int", fields["t"]),
        nonce=_bytes(fields, "n", NONCE_LENGTH),
        act=act,
        case=_bytes_or_nothing(fields, "obj"),
        actor=cast("str", fields["actor"]),
        commitment=_bytes(fields, "c", _HASH),
        base=TreeHead(base[0], _bytes({"base": base[1]}, "base", _HASH)),
        previous=_bytes_or_nothing(fields, "pa"),
        session=_bytes(fields, "sess", _HASH),
        public=cast("Mapping[str, JSON]", fields.get("pub", {})),
        fresh=_fresh(fields),
    )


def _fresh(fields: Mapping[str, JSON]) -> Fresh:
    if "fresh" not in fields:
        return None
    return BY_CODE if fields["fresh"] == BY_CODE else Assertion.read(fields["fresh"])


def _bytes(fields: Mapping[str, JSON], name: str, length: int) -> bytes:
    text = fields[name]
    if not isinstance(text, str):
        raise Malformed(f"{name} is a text")
    return from_base64url(text, length, what=name)


def _bytes_or_nothing(fields: Mapping[str, JSON], name: str) -> bytes:
    return b"" if fields[name] == "" else _bytes(fields, name, _HASH)


def _check(statement: Statement) -> None:
    """The rules that hold for an entry being written as well as for one being read."""
    if type(statement.at) is not int or not 0 <= statement.at <= _LAST_MINUTE:
        raise Malformed("t is a whole number of minutes since 1970")
    if not isinstance(statement.actor, str) or not PERSON.fullmatch(statement.actor):
        raise Malformed("actor is a pseudonym of 16 to 36 hexadecimal digits and hyphens")
    size = statement.base.size
    if type(size) is not int or not 0 <= size <= _LARGEST_SIZE:
        raise Malformed("base has a size from 0")
    if size == 0 and statement.base.root != EMPTY_ROOT:
        raise Malformed("base of size 0 has the root of the empty tree")
    lengths = (
        ("n", statement.nonce, {NONCE_LENGTH}),
        ("obj", statement.case, {0, _HASH}),
        ("c", statement.commitment, {_HASH}),
        ("base", statement.base.root, {_HASH}),
        ("pa", statement.previous, {0, _HASH}),
        ("sess", statement.session, {_HASH}),
    )
    for name, value, allowed in lengths:
        if len(value) not in allowed:
            raise Malformed(f"{name} has the wrong length")
    if not isinstance(statement.public, Mapping):
        raise Malformed("pub is an object")
    check_public(statement.act, statement.public)
    _check_fresh(statement)


def _check_fresh(statement: Statement) -> None:
    rule = RULES[statement.act]
    if statement.fresh is None or rule.fresh:
        return
    if not rule.by_passkey:
        raise Malformed(f"fresh is left out, because {statement.act} is not confirmed")
    if statement.fresh == BY_CODE:
        raise Malformed(f"fresh of {statement.act} is an assertion, or left out")
