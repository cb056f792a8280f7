# SPDX-License-Identifier: AGPL-3.0-or-later
"""The vectors in tests/vectors/ledger: the contract for any other implementation of these formats."""

import ast
import inspect
import json
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.core.ledger.book import VERIFYING
from watchword.core.ledger import (
    acts,
    assertion,
    canonical,
    checkpoint,
    entry,
    note,
    policy,
    spelling,
    witness,
)
from watchword.core.ledger.assertion import Assertion
from watchword.core.ledger.checkpoint import Checkpoint, SignedCheckpoint
from watchword.core.ledger.cosignature import verify_checkpoint
from watchword.core.ledger.entry import parse_entry
from watchword.core.ledger.errors import Malformed
from watchword.core.ledger.note import Note, VerifierKey
from watchword.core.ledger.policy import parse_policy
from watchword.core.ledger.proofs import verify_consistency, verify_inclusion
from watchword.core.ledger.tree import MemoryTree, TreeHead, leaf_hash
from watchword.core.ledger.witness import AddCheckpoint
from watchword.core.sealing.primitives import p256_verify

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "ledger"
PARSERS: dict[str, Callable[[str], object]] = {
    "entry": lambda text: parse_entry(text.encode()),
    "note": lambda text: Note.parse(text.encode()),
    "checkpoint": Checkpoint.parse,
    "vkey": VerifierKey.parse,
    "policy": parse_policy,
    "add-checkpoint": lambda text: AddCheckpoint.parse(text.encode()),
}
MODULES = (acts, assertion, canonical, checkpoint, entry, note, policy, spelling, witness)
# What only a writer can get wrong, or bytes that are no text; each has a test beside the format's own.
ELSEWHERE = {
    "this value has no canonical JSON form",
    "an entry holds only printable ASCII: ids",
    "a signature has",
    "{} has the wrong length",
    "a signed note is UTF-8",
    "a quorum cannot ask for more",
}


def load(name: str) -> Any:
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


REJECTS = [
    pytest.param(form, vector, id=f"{form}: {vector['name']}")
    for form in PARSERS
    for vector in load(f"reject-{form}.json")
]


@pytest.mark.parametrize(("form", "vector"), REJECTS)
def test_each_fault_is_refused_by_name(form: str, vector: dict[str, str]) -> None:
    with pytest.raises(Malformed) as refused:
        PARSERS[form](vector["text"])
    assert vector["refusal"] in str(refused.value)


def refusals(module: ModuleType) -> set[int]:
    """The lines of a module on which it refuses bytes."""
    return {
        node.lineno
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Raise) and node.exc is not None and "Malformed" in ast.unparse(node.exc)
    }


def test_every_refusal_of_the_formats_has_a_vector() -> None:
    reached: set[tuple[str, int]] = set()
    for param in REJECTS:
        form, vector = param.values
        with pytest.raises(Malformed) as refused:
            PARSERS[str(form)](vector["text"])  # type: ignore[index]  # JSON
        error: BaseException | None = refused.value
        while error is not None:
            walked = traceback.walk_tb(error.__traceback__)
            reached.update((frame.f_code.co_filename, line) for frame, line in walked)
            error = error.__context__
    missing = {
        f"{module.__name__}:{line}: {text}"
        for module in MODULES
        for line in refusals(module)
        if (str(Path(inspect.getfile(module))), line) not in reached
        if not any(known in (text := sentence_at(module, line)) for known in ELSEWHERE)
    }
    assert missing == set()


def sentence_at(module: ModuleType, line: int) -> str:
    """The refusal on a line, with {} for its gaps."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Raise) and node.lineno == line and isinstance(node.exc, ast.Call):
            said = node.exc.args[0]
            parts = said.values if isinstance(said, ast.JoinedStr) else [said]
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
    return ""


def test_trees_have_the_roots_and_proofs_of_the_vectors() -> None:
    tree = MemoryTree()
    for vector in load("trees.json"):
        size, old = vector["size"], vector["old_size"]
        leaf = leaf_hash(str(size - 1).encode())
        tree.append(leaf)
        head = TreeHead(size, bytes.fromhex(vector["root"]))
        assert tree.root(size) == head.root
        assert tree.root(old).hex() == vector["old_root"]
        verify_inclusion(leaf, size - 1, head, [bytes.fromhex(each) for each in vector["inclusion_of_last"]])
        older = TreeHead(old, tree.root(old))
        verify_consistency(older, head, [bytes.fromhex(each) for each in vector["consistency"]])


def test_the_example_log_verifies() -> None:
    example = load("log.json")
    signed = SignedCheckpoint.parse(example["checkpoint"].encode())
    keys = [VerifierKey.parse(text) for text in example["vkeys"]]
    assert set(verify_checkpoint(signed, keys, VERIFYING)) == set(keys)
    tree = MemoryTree()
    for text in example["entries"]:
        parsed = parse_entry(text.encode())
        assert VERIFYING.ed25519(parsed.statement.session, parsed.message, parsed.signature)
        tree.append(leaf_hash(text.encode()))
    assert tree.root(tree.size) == signed.head.root


@pytest.mark.parametrize("name", ["confirmed.json", "session.json"])
def test_the_examples_of_what_a_passkey_confirmed_verify(name: str) -> None:
    example = load(name)
    statement = parse_entry(example["entry"].encode()).statement
    assert isinstance(statement.fresh, Assertion)
    assert statement.challenge().hex() == example["challenge"]
    assert statement.fresh.answers(statement.challenge())
    assert statement.fresh.message.hex() == example["message"]
    assert p256_verify(*(bytes.fromhex(example[part]) for part in ("point", "message", "proof")))
