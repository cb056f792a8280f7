# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole small log in memory, written by an invented organisation, for tests to read, twist and audit."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from watchword.core.ledger.acts import ADMINISTRATOR, RULES, Act
from watchword.core.ledger.assertion import BY_CODE, Fresh
from watchword.core.ledger.audit import Given, audit, one_by_one
from watchword.core.ledger.canonical import JSON
from watchword.core.ledger.checkpoint import Checkpoint
from watchword.core.ledger.cosignature import Verifying, cosign, sign_checkpoint
from watchword.core.ledger.entry import Statement
from watchword.core.ledger.findings import Fault, Report
from watchword.core.ledger.growth import Growth
from watchword.core.ledger.note import Algorithm, Note, NoteSigner, VerifierKey
from watchword.core.ledger.policy import Policy
from watchword.core.ledger.spelling import to_base64url
from watchword.core.ledger.tiles import CHECKPOINT
from watchword.core.ledger.tree import MemoryTree, TreeHead, leaf_hash
from watchword.core.sealing import primitives

ORIGIN = "ledger.example/quiet-river"
VERIFYING = Verifying(primitives.ed25519_verify, primitives.mldsa44_verify)
MORNING = 29_900_000
CASE = hashlib.sha256(b"the case of Dov").digest()
ACTION = to_base64url(hashlib.sha256(b"accept Dov").digest())


def seed(name: str) -> bytes:
    """Thirty-two bytes that are the same in every run."""
    return hashlib.sha256(name.encode()).digest()


def signer(name: str, algorithm: Algorithm) -> NoteSigner:
    """A note key that anyone can rebuild, of the given type."""
    secret = seed(f"{name}/{algorithm}")
    if algorithm is Algorithm.MLDSA44_COSIGNATURE:
        key = VerifierKey(name, algorithm, primitives.mldsa44_public(secret))
        return NoteSigner(key, lambda message: primitives.mldsa44_sign(secret, message))
    key = VerifierKey(name, algorithm, primitives.ed25519_public(secret))
    return NoteSigner(key, lambda message: primitives.ed25519_sign(secret, message))


LOG_SIGNERS = (signer(ORIGIN, Algorithm.ED25519), signer(ORIGIN, Algorithm.MLDSA44_COSIGNATURE))
LOG_KEYS = tuple(each.key for each in LOG_SIGNERS)


@dataclass(frozen=True)
class Person:
    """Somebody invented, with a long-term key and a session key."""

    name: str

    @property
    def id(self) -> str:
        return seed(self.name).hex()[:32]

    @property
    def key(self) -> bytes:
        return primitives.ed25519_public(seed(self.name))

    @property
    def session(self) -> bytes:
        return primitives.ed25519_public(seed(self.name + "'s session"))

    def sign(self, key: bytes, message: bytes) -> bytes:
        """Sign with whichever of the two keys is named."""
        name = self.name if key == self.key else self.name + "'s session"
        return primitives.ed25519_sign(seed(name), message)


ADA, BEN, CLEO, DORA, EVA = (Person(name) for name in ("Ada", "Ben", "Cleo", "Dora", "Eva"))


@dataclass
class Book:
    """Entries in order, and the tree over them."""

    entries: list[bytes] = field(default_factory=list)
    tree: MemoryTree = field(default_factory=MemoryTree)
    newest: dict[str, bytes] = field(default_factory=dict)

    def write(
        self,
        person: Person,
        act: Act,
        public: Mapping[str, JSON] | None = None,
        *,
        case: bytes = b"",
        at: int = MORNING,
        key: bytes | None = None,
        base: TreeHead | None = None,
        previous: bytes | None = None,
        nonce: bytes | None = None,
        fresh: Callable[[Statement], Fresh] | None = None,
        spoil: bool = False,
    ) -> int:
        """Append one entry and return its index; every argument after ``case`` is there to do wrong with."""
        index = len(self.entries)
        statement = Statement(
            at=at,
            nonce=nonce or seed(f"nonce {index}")[:16],
            act=act,
            case=case,
            actor=person.id,
            commitment=seed(f"payload {index}"),
            base=base or self.head(index),
            previous=self.newest.get(person.id, b"") if previous is None else previous,
            session=key or person.session,
            public=public or {},
        )
        confirmed = fresh(statement) if fresh else BY_CODE if RULES[act].fresh else None
        statement = replace(statement, fresh=confirmed)
        signature = person.sign(statement.session, statement.message())
        self.add(statement.signed(bytes([signature[0] ^ spoil]) + signature[1:]), person.id)
        return index

    def add(self, raw: bytes, actor: str) -> None:
        """Append bytes as they are."""
        self.entries.append(raw)
        self.tree.append(leaf_hash(raw))
        self.newest[actor] = leaf_hash(raw)

    def head(self, size: int) -> TreeHead:
        """What the tree was at ``size``."""
        return TreeHead(size, self.tree.root(size))

    def checkpoint(self, size: int | None = None, witnesses: Iterable[NoteSigner] = ()) -> bytes:
        """A signed checkpoint of any size the log ever had, cosigned by ``witnesses``."""
        checkpoint = Checkpoint(ORIGIN, self.head(len(self.entries) if size is None else size))
        note = sign_checkpoint(checkpoint, LOG_SIGNERS, MORNING * 60)
        cosignatures = tuple(cosign(checkpoint, witness, MORNING * 60) for witness in witnesses)
        return str(Note(note.text, note.signatures + cosignatures)).encode()

    def files(self) -> dict[str, bytes]:
        """The log as a directory would hold it."""
        resources = Growth().append(self.entries)
        return {**{each.path: each.data for each in resources}, CHECKPOINT: self.checkpoint()}


def founded() -> Book:
    """Ada founds the log with Dora, and enrols three others: Ben and Eva sit on the board, Cleo does not."""
    book = Book()
    origin_hash = to_base64url(hashlib.sha256(ORIGIN.encode()).digest())
    book.write(ADA, Act.LOG_OPEN, {"origin_hash": origin_hash, "key": to_base64url(ADA.key)}, key=ADA.key)
    open_session(book, ADA)
    for person in (DORA, BEN, CLEO, EVA):
        book.write(ADA, Act.STAFF_ENROL, {"staff": person.id, "key": to_base64url(person.key)})
        open_session(book, person)
    book.write(ADA, Act.ROLE_GRANT, role(DORA, ADMINISTRATOR))
    for person in (BEN, EVA):
        grant(book, person, "board")
    return book


def role(person: Person, name: str) -> dict[str, JSON]:
    """What every act about a role makes public."""
    return {"staff": person.id, "role": name}


def grant(book: Book, person: Person, name: str) -> None:
    """Ada proposes, Dora confirms."""
    book.write(ADA, Act.ROLE_PROPOSE, role(person, name))
    book.write(DORA, Act.ROLE_GRANT, role(person, name))


def decided() -> Book:
    """The same, with a case that Cleo opened and a decision that two people made."""
    book = founded()
    book.write(CLEO, Act.COMPARTMENT_OPEN, case=CASE)
    book.write(BEN, Act.DECISION_PROPOSE, {"action": ACTION}, case=CASE)
    book.write(EVA, Act.DECISION_SECOND, {"action": ACTION}, case=CASE)
    return book


def open_session(book: Book, person: Person, *, until: int = MORNING + 480) -> int:
    """The person's session key, endorsed by the long-term key."""
    public: dict[str, JSON] = {"key": to_base64url(person.session), "until": until}
    return book.write(person, Act.SESSION_OPEN, public, key=person.key)


def examined(
    files: Mapping[str, bytes],
    *,
    kept: Mapping[str, bytes] | None = None,
    witnesses: Sequence[VerifierKey] = (),
    needed: int = 0,
    founders: Iterable[bytes] = (),
    blobs: Iterable[tuple[str, bytes]] | None = None,
) -> Report:
    """The report of an audit with this log's keys."""
    policy = Policy.threshold(LOG_KEYS, witnesses, needed)
    given = Given(policy, frozenset(founders), kept or {}, blobs)
    judge = one_by_one(primitives.entry_verify)
    return audit(files.get, given, VERIFYING, judge, lambda done, total: None)


def faults(report: Report) -> list[tuple[Fault, int | None]]:
    """What was found and where, without the sentences."""
    return [(finding.fault, finding.index) for finding in report.findings]
