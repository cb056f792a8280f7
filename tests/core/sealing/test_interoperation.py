# SPDX-License-Identifier: AGPL-3.0-or-later
"""Other people's implementations of age open what is sealed here, and the other way round."""

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pyrage
import pytest

from tests.core.sealing.cast import ADA, BEN, OLD_ADA, OLD_CLEO
from tests.core.sealing.other_programs import as_bytes, as_text, run_node
from watchword.core.sealing.armor import armor, dearmor
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.scrypt import Passphrase
from watchword.core.sealing.seal import seal, seal_stream
from watchword.core.sealing.stream import CHUNK_SIZE
from watchword.core.sealing.unseal import unseal

TEXTS = [b"", "Їжак".encode(), bytes(CHUNK_SIZE), bytes(range(256)) * 600]


@cache
def stock_age() -> tuple[str, tuple[int, ...]]:
    """The ``age`` program of this machine and its version; a test that needs it is skipped without one."""
    program = shutil.which("age")
    if program is None:
        pytest.skip("the stock age program is not installed")
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    numbers = re.findall(r"\d+", said)
    return program, tuple(map(int, numbers[:2]))


def run_age(*arguments: str | Path, given: bytes) -> bytes:
    program, _ = stock_age()
    return subprocess.run(
        [program, *arguments], input=given, capture_output=True, check=True, timeout=300
    ).stdout


@pytest.mark.parametrize("text", TEXTS, ids=len)
def test_pyrage_opens_ours_and_we_open_its(text: bytes) -> None:
    theirs = pyrage.x25519.Identity.from_str(str(OLD_ADA))
    assert pyrage.decrypt(seal(text, [OLD_CLEO.recipient, OLD_ADA.recipient]), [theirs]) == text
    streamed = b"".join(seal_stream([text[:100], text[100:]], [OLD_ADA.recipient]))
    assert pyrage.decrypt(streamed, [theirs]) == text
    assert str(theirs.to_public()) == str(OLD_ADA.recipient)
    assert unseal(pyrage.encrypt(text, [theirs.to_public()]), [OLD_ADA]) == text


def test_pyrage_opens_our_armor_and_our_passphrase_files() -> None:
    theirs = pyrage.x25519.Identity.from_str(str(OLD_ADA))
    assert pyrage.decrypt(armor(seal(TEXTS[1], [OLD_ADA.recipient])), [theirs]) == TEXTS[1]
    assert pyrage.passphrase.decrypt(seal(TEXTS[1], [Passphrase("їжак", 4)]), "їжак") == TEXTS[1]
    armored = pyrage.encrypt(TEXTS[1], [theirs.to_public()], armored=True)
    assert unseal(dearmor(armored), [OLD_ADA]) == TEXTS[1]


def test_the_browsers_package_opens_ours_and_we_open_its() -> None:
    pairs = [(identity, text) for identity in (ADA, OLD_ADA) for text in TEXTS]
    opening = [
        {"act": "open", "sealed": as_text(seal(text, [identity.recipient])), "identity": str(identity)}
        for identity, text in pairs
    ]
    sealing = [
        {
            "act": "seal",
            "plaintext": as_text(text),
            "recipients": [str(BEN.recipient), str(identity.recipient)][-1:],
        }
        for identity, text in pairs
    ]
    naming = [{"act": "recipient", "identity": str(identity)} for identity, _ in pairs]
    answers = run_node("age.mjs", opening + sealing + naming)
    opened, sealed, named = (answers[at : at + len(pairs)] for at in range(0, len(answers), len(pairs)))
    for (identity, text), their_text, their_file, their_name in zip(
        pairs, opened, sealed, named, strict=True
    ):
        assert as_bytes(their_text) == text
        assert unseal(as_bytes(their_file), [identity]) == text
        assert their_name == str(identity.recipient)


def test_the_browsers_package_seals_to_several_of_us() -> None:
    request = {
        "act": "seal",
        "plaintext": as_text(TEXTS[1]),
        "recipients": [str(ADA.recipient), str(BEN.recipient)],
    }
    sealed = as_bytes(run_node("age.mjs", [request])[0])
    assert unseal(sealed, [ADA]) == unseal(sealed, [BEN]) == TEXTS[1]


@pytest.mark.parametrize("identity", [OLD_ADA, ADA], ids=["x25519", "hybrid"])
def test_the_stock_program_opens_ours_and_we_open_its(identity: Identity, tmp_path: Path) -> None:
    if stock_age()[1] < (1, 3) and identity is ADA:
        pytest.skip("the stock age program here is older than 1.3, the first with post-quantum keys")
    key_file = tmp_path / "key.txt"
    key_file.write_text(f"{identity}\n")
    for text in TEXTS:
        assert run_age("-d", "-i", key_file, given=seal(text, [identity.recipient])) == text
        assert unseal(run_age("-r", str(identity.recipient), given=text), [identity]) == text
        assert unseal(dearmor(run_age("-a", "-r", str(identity.recipient), given=text)), [identity]) == text
