# SPDX-License-Identifier: AGPL-3.0-or-later
"""Write the vectors of the ledger's formats anew: `python -m tests.vectors.ledger.make`.

Each reject vector is a valid text with one thing wrong, and a part of the sentence that must name it.
Bytes are given as UTF-8 text, or as hex where they are not text.
"""

import base64
import json
from pathlib import Path
from typing import Any, TypeAlias

from tests.core.ledger.book import ACTION, ADA, CASE, EVA, LOG_SIGNERS, MORNING, founded
from tests.core.ledger.test_fresh import key_of, passkey, with_passkeys
from watchword.core.ledger.acts import Act
from watchword.core.ledger.assertion import Assertion
from watchword.core.ledger.canonical import JSON
from watchword.core.ledger.entry import parse_entry
from watchword.core.ledger.proofs import prove_consistency, prove_inclusion
from watchword.core.ledger.spelling import to_base64, to_base64url
from watchword.core.ledger.tree import MemoryTree, leaf_hash

HERE = Path(__file__).parent
Rejects: TypeAlias = dict[str, tuple[str, str]]


def good_entry(act: Act, public: dict[str, JSON] | None = None) -> str:
    """An entry that nothing is wrong with."""
    book = founded()
    return book.entries[book.write(ADA, act, public)].decode()


GRANT = good_entry(Act.ROLE_GRANT, {"staff": "ab" * 16, "role": "board"})
FIELDS = json.loads(GRANT)


def swap(name: str, value: object, good: str = GRANT) -> str:
    """A good entry with another value in one field, and canonical again."""
    return json.dumps({**json.loads(good), name: value}, sort_keys=True, separators=(",", ":"))


def entries() -> Rejects:
    """One change to a good entry each: {name: (text, refusal)}."""
    return {
        **entries_as_a_whole(GRANT),
        **entries_by_field(FIELDS),
        **entries_by_public_fact(FIELDS["pub"]),
        **entries_by_confirmation(json.loads(confirmed())),
    }


def entries_as_a_whole(good: str) -> Rejects:
    """Faults of the JSON, of the set of fields, and of version and act."""
    return {
        "too long": (swap("actor", "a" * 70_000), "at most 65535 bytes"),
        "not ascii": (good.replace(ADA.id, "Дов"), "printable ASCII"),
        "an escape": (good.replace('"v":1', '"v":"\\u0031"'), "without escapes"),
        "a control character": (good.replace('{"act"', '{\n"act"'), "without escapes"),
        "no json": (good[:-1], "not JSON"),
        "nested without end": ("[" * 60_000, "not JSON"),
        "a list": (f"[{good}]", "is a JSON object"),
        "a space": (good.replace('"v":1', '"v": 1'), "not in canonical form"),
        "names in another order": (
            good.replace(',"v":1}', "}").replace("{", '{"v":1,', 1),
            "not in canonical form",
        ),
        "a name twice": (good.replace('"v":1', '"v":1,"v":1'), "not in canonical form"),
        "another spelling of one": (good.replace('"v":1', '"v":1e0'), "not in canonical form"),
        "a field missing": (good.replace('"v":1', '"w":1'), "exactly the fields"),
        "a field too many": (good.replace('"v":1', '"v":1,"w":1'), "exactly the fields"),
        "another version": (swap("v", 2), "v must be 1"),
        "true for a version": (swap("v", True), "v must be 1"),
        "an unknown act": (swap("act", "case.sell"), "act is not an act"),
        "an act that is a number": (swap("act", 3), "act is not an act"),
    }


def entries_by_field(fields: dict[str, Any]) -> Rejects:
    """Faults of single fields."""
    sig = fields["sig"]
    return {
        "a base of one": (swap("base", fields["base"][:1]), "base is a size and a root"),
        "a base that is a text": (swap("base", "root"), "base is a size and a root"),
        "a base beyond JCS": (swap("base", [2**53, fields["base"][1]]), "base has a size from 0"),
        "a base of minus one": (swap("base", [-1, fields["base"][1]]), "base has a size from 0"),
        "an empty base with another root": (swap("base", [0, fields["base"][1]]), "root of the empty tree"),
        "a nonce that is a number": (swap("n", 5), "n is a text"),
        "a short nonce": (swap("n", fields["n"][:-2]), "n is not 16 bytes"),
        "a nonce with loose bits": (swap("n", "A" * 21 + "B"), "n is not 16 bytes of base64url in canonical"),
        "a padded nonce": (swap("n", fields["n"] + "=="), "n is not base64url"),
        "a nonce in the other alphabet": (swap("n", "+" * 21 + "A"), "n is not base64url"),
        "a long case": (swap("obj", fields["c"] + "AAAA"), "obj is not 32 bytes"),
        "a time in seconds": (swap("t", 2**40), "minutes since 1970"),
        "a time before time": (swap("t", -1), "minutes since 1970"),
        "a time with a fraction": (swap("t", 1.5), "minutes since 1970"),
        "a person's name": (swap("actor", "ada-lovelace-keeps"), "actor is a pseudonym"),
        "an actor that is a number": (swap("actor", 7), "actor is a pseudonym"),
        "a signature too short": (swap("sig", sig[:-2]), "sig is not 64 bytes"),
        "a signature that is a number": (swap("sig", 1), "sig is a text"),
    }


def confirmed() -> str:
    """A second signature that a passkey confirmed."""
    book = with_passkeys(EVA)
    return book.entries[
        book.write(EVA, Act.DECISION_SECOND, {"action": ACTION}, case=CASE, fresh=passkey())
    ].decode()


def entries_by_confirmation(good: dict[str, Any]) -> Rejects:
    """Faults of how an act was confirmed."""
    text, fresh = json.dumps(good, sort_keys=True, separators=(",", ":")), good["fresh"]

    def changed(**parts: object) -> str:
        return swap("fresh", {**fresh, **parts}, text)

    return {
        "a confirmation of an act that needs none": (
            swap("fresh", "code", good_entry(Act.PAD)),
            "fresh is left out",
        ),
        "a session opened by a code": (
            swap("fresh", "code", opened_by_passkey()),
            "fresh of session.open is an assertion",
        ),
        "a confirmation of another kind": (swap("fresh", "nod", text), "fresh is code, or has exactly"),
        "a confirmation with a field too many": (changed(name="x"), "fresh is code, or has exactly"),
        "an assertion of a number": (changed(proof=7), "proof of an assertion is a text"),
        "authenticator data cut off": (
            changed(authenticator=fresh["authenticator"][:40]),
            "authenticator of an assertion has the wrong length",
        ),
        "a proof without end": (changed(proof="A" * 400), "proof of an assertion has the wrong length"),
        "a credential in the other alphabet": (changed(credential="+" * 42 + "A"), "is not base64url"),
    }


def opened_by_passkey() -> str:
    """An entry in which Eva opens a session with her passkey."""
    book = with_passkeys(EVA)
    public: dict[str, JSON] = {"key": to_base64url(EVA.session), "until": MORNING + 480}
    index = book.write(EVA, Act.SESSION_OPEN, public, key=EVA.key, fresh=passkey())
    return book.entries[index].decode()


def example_of_confirmation(written: str) -> dict[str, object]:
    """An entry that a passkey confirmed, with what it signed and under which point that verifies."""
    entry = parse_entry(written.encode())
    assertion, point = entry.statement.fresh, key_of(EVA).public_key().public_numbers()
    assert isinstance(assertion, Assertion)
    return {
        "entry": written,
        "challenge": entry.statement.challenge().hex(),
        "point": (point.x.to_bytes(32) + point.y.to_bytes(32)).hex(),
        "message": assertion.message.hex(),
        "proof": assertion.proof.hex(),
    }


def entries_by_public_fact(pub: dict[str, Any]) -> Rejects:
    """Faults of what an entry makes public."""
    pad = good_entry(Act.PAD)
    return {
        "an empty pub": (swap("pub", {}, pad), "pub is left out"),
        "a pub that is a list": (swap("pub", [], pad), "pub is an object"),
        "a pub where none belongs": (swap("pub", {"note": "x"}, pad), "makes public nothing"),
        "a pub with a field too many": (swap("pub", {**pub, "name": "x"}), "no more and no less"),
        "a role with spaces": (
            swap("pub", {**pub, "role": "head of all"}),
            "role of role.grant must be",
        ),
        "a role that is a number": (swap("pub", {**pub, "role": 3}), "role of role.grant must be"),
        "a role as long as a name": (swap("pub", {**pub, "role": "r" * 41}), "role of role.grant"),
        "staff by name": (swap("pub", {**pub, "staff": "eva"}), "staff of role.grant must be"),
    }


def notes() -> Rejects:
    """One change to a good signed note each."""
    good = founded().checkpoint().decode()
    text, _, lines = good.partition("\n\n")
    line = lines.splitlines()[0]
    name = line.split()[1]
    return {
        "a control character": (good.replace("\n", "\r\n"), "no control characters"),
        "no empty line": (good.replace("\n\n", "\n"), "a text, an empty line and signature lines"),
        "no text": ("\n\n" + lines, "a text, an empty line and signature lines"),
        "no newline at the end": (good[:-1], "every signature line ends in a newline"),
        "no signature": (text + "\n\n", "every signature line ends in a newline"),
        "a hyphen for a dash": (good.replace("— ", "- "), "a signature line reads"),
        "no base64": (f"{text}\n\n— {name}\n", "a signature line reads"),
        "no name": (f"{text}\n\n—  {line.split()[2]}\n", "a key name is not empty"),
        "a plus in the name": (good.replace(f"— {name}", "— a+b"), "a key name is not empty"),
        "a wide space in the name": (good.replace(f"— {name}", "— a\u3000b"), "a key name is not empty"),
        "bytes that are no base64": (f"{text}\n\n— {name} ****\n", "a signature line is not base64"),
        "base64 with loose bits": (f"{text}\n\n— {name} AAAAAAB=\n", "not the canonical one"),
        "base64 without padding": (f"{text}\n\n— {name} AAAAAAA\n", "a signature line is not base64"),
        "a key id alone": (f"{text}\n\n— {name} AAAAAA==\n", "a key id and a signature"),
        "too many signatures": (f"{text}\n\n" + f"{line}\n" * 65, "at most 64 signatures"),
    }


def checkpoints() -> Rejects:
    """One change to the text of a good checkpoint each."""
    origin, size, root = founded().checkpoint().decode().split("\n")[:3]
    empty = to_base64(bytes(32))
    return {
        "no newline at the end": (f"{origin}\n{size}\n{root}", "three lines or more"),
        "two lines": (f"{origin}\n{size}\n", "three lines or more"),
        "an empty origin": (f"\n{size}\n{root}\n", "none of them empty"),
        "an empty extension": (f"{origin}\n{size}\n{root}\n\n", "none of them empty"),
        "a leading zero": (f"{origin}\n0{size}\n{root}\n", "not a plain decimal"),
        "a sign": (f"{origin}\n+{size}\n{root}\n", "not a plain decimal"),
        "arabic digits": (f"{origin}\n٣\n{root}\n", "not a plain decimal"),
        "a size beyond counting": (f"{origin}\n{2**63}\n{root}\n", "not a plain decimal"),
        "a root that is no base64": (f"{origin}\n{size}\n!{root}\n", "root of a checkpoint is not base64"),
        "a root of 31 bytes": (f"{origin}\n{size}\n{to_base64(bytes(31))}\n", "has 32 bytes"),
        "an empty tree with another root": (f"{origin}\n0\n{empty}\n", "the root of the empty tree"),
    }


def keys() -> Rejects:
    """One change to a good verifier key each."""
    good = str(LOG_SIGNERS[0].key)
    name, key_id, encoded = good.split("+", 2)
    raw = base64.b64decode(encoded)
    return {
        "no plus": (good.replace("+", "-"), "reads name+keyid+base64"),
        "an upper-case key id": (f"{name}+ABCDEF01+{encoded}", "reads name+keyid+base64"),
        "a space in the name": (f"a b+{key_id}+{encoded}", "a key name is not empty"),
        "loose bits": (f"{name}+{key_id}+AZ==", "not the canonical one"),
        "an unknown type": (
            f"{name}+{key_id}+{to_base64(bytes([9]) + raw[1:])}",
            "no signatures of type 0x09",
        ),
        "a short key": (f"{name}+{key_id}+{to_base64(raw[:-1])}", "a key of type 0x01 has 32 bytes"),
        "another name": (f"x{name}+{key_id}+{encoded}", "the key id does not belong"),
        "another key": (f"{name}+{key_id}+{to_base64(raw[:-1] + b'x')}", "the key id does not belong"),
    }


def policies() -> Rejects:
    """Policy files with one fault each."""
    key, other = (str(each.key) for each in LOG_SIGNERS)
    two = f"witness a {key}\nwitness b {other}\n"
    return {
        "no quorum": (f"log {key}\n", "no quorum line"),
        "two quorums": ("quorum none\nquorum none\n", "line 2 of the policy: there is one quorum line"),
        "a quorum of nobody": ("quorum\n", "one quorum line, with one name"),
        "a quorum not defined": ("quorum a\n", "a is not defined above"),
        "an unknown word": ("lodge x\nquorum none\n", "line 1 of the policy: a line defines"),
        "a bad key": ("log x\nquorum none\n", "reads name+keyid+base64"),
        "a control character": ("quorum none\r\n", "a control character"),
        "a log twice": (f"log {key}\nlog {key}\nquorum none\n", "one key stands in the policy twice"),
        "a witness twice": (
            f"witness a {key}\nwitness b {key}\nquorum a\n",
            "one key stands in the policy twice",
        ),
        "a name twice": (f"witness a {key}\nwitness a {other}\nquorum a\n", "a is taken"),
        "a witness called none": (f"witness none {key}\nquorum none\n", "none is taken"),
        "a group called as a witness": (two + "group a any b\nquorum a\n", "a is taken"),
        "a group of nobody": (two + "group g any\nquorum a\n", "a line defines"),
        "a group of strangers": (two + "group g any c\nquorum g\n", "c is not defined above"),
        "a member twice": (two + "group g 1 a a\nquorum g\n", "a already counts in a group"),
        "a member of two groups": (two + "group g any a\ngroup h any a\nquorum g\n", "already counts"),
        "a group of none of them": (two + "group g 0 a b\nquorum g\n", "a number from 1 to its size"),
        "a group of more than all": (two + "group g 3 a b\nquorum g\n", "a number from 1 to its size"),
        "a threshold in words": (two + "group g most a b\nquorum g\n", "a number from 1 to its size"),
        "a leading zero": (two + "group g 01 a b\nquorum g\n", "a number from 1 to its size"),
    }


def requests() -> Rejects:
    """Bodies for a witness with one fault each."""
    note = founded().checkpoint().decode()
    line = to_base64(bytes(32))
    sixty_four = f"{line}\n" * 64
    return {
        "no empty line": ("old 3\n", "an old size, proof lines, an empty line"),
        "no old size": (f"{line}\n\n{note}", "begins with the old size"),
        "a leading zero": (f"old 03\n\n{note}", "the old size is not a plain decimal"),
        "a line that is no base64": (f"old 3\n*\n\n{note}", "a line of the proof is not base64"),
        "a line of 31 bytes": (
            f"old 3\n{to_base64(bytes(31))}\n\n{note}",
            "a line of the proof has 32 bytes",
        ),
        "64 lines": (f"old 3\n{sixty_four}\n{note}", "at most 63 lines"),
        "not ascii": (f"old 3\né\n\n{note}", "are ASCII"),
        "no checkpoint": ("old 3\n\nhello\n", "a text, an empty line and signature lines"),
    }


def trees() -> list[dict[str, object]]:
    """Roots, inclusion proofs of the last leaf, consistency proofs from the half; leaves "0", "1", ..."""
    tree = MemoryTree()
    made: list[dict[str, object]] = []
    for size in range(1, 20):
        tree.append(leaf_hash(str(size - 1).encode()))
        old = (size + 1) // 2
        made.append(
            {
                "size": size,
                "root": tree.root(size).hex(),
                "inclusion_of_last": [each.hex() for each in prove_inclusion(tree.node, size - 1, size)],
                "old_size": old,
                "old_root": tree.root(old).hex(),
                "consistency": [each.hex() for each in prove_consistency(tree.node, old, size)],
            }
        )
    return made


def example() -> dict[str, object]:
    """A founded log: its keys, entries and checkpoint, for another implementation to verify."""
    book = founded()
    return {
        "vkeys": [str(signer.key) for signer in LOG_SIGNERS],
        "entries": [raw.decode() for raw in book.entries],
        "checkpoint": book.checkpoint().decode(),
    }


REJECTS = {
    "entry": entries,
    "note": notes,
    "checkpoint": checkpoints,
    "vkey": keys,
    "policy": policies,
    "add-checkpoint": requests,
}


def main() -> None:
    for name, make in REJECTS.items():
        vectors = [{"name": each, "text": text, "refusal": why} for each, (text, why) in make().items()]
        write(f"reject-{name}.json", vectors)
    write("trees.json", trees())
    write("log.json", example())
    write("confirmed.json", example_of_confirmation(confirmed()))
    write("session.json", example_of_confirmation(opened_by_passkey()))


def write(name: str, content: object) -> None:
    (HERE / name).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
