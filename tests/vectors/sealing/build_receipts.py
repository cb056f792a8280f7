# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds the worked examples of receipts and passphrases, and what must not be read as one."""

import hashlib
from typing import Any

from tests.vectors.sealing.reference import argon, check_digits, expand, receipt_root
from watchword.core.sealing.recipients import Identity

BODIES = [
    ("legion", "1234567890123456789012345678"),
    ("legion", "00000000" + "0" * 20),
    ("спостерігачі", "9" * 28),
]
SALT = bytes(range(16))


def receipts() -> dict[str, Any]:
    return {"worked": [_worked(*row) for row in BODIES], "accept": _accepted(), "reject": _rejected()}


def _worked(organisation: str, body: str) -> dict[str, Any]:
    digits = body + check_digits(body)
    root = receipt_root(organisation, digits)
    login, seed = expand(root, "watchword/receipt/v1/login"), expand(root, "watchword/receipt/v1/mailbox")
    return {
        "organisation": organisation,
        "digits": digits,
        "root": root.hex(),
        "login": login.hex(),
        "login_hash": hashlib.sha256(login).hexdigest(),
        "mailbox_seed": seed.hex(),
        "mailbox": str(Identity.from_seed(seed).recipient),
    }


def _accepted() -> list[dict[str, str]]:
    body = BODIES[0][1]
    digits = body + check_digits(body)
    groups = [digits[at : at + 5] for at in range(0, 30, 5)]
    # Full-width and Arabic-Indic digits, as some keyboards and phones write them.
    wide = "".join(chr(0xFF10 + int(digit)) for digit in digits)
    arabic = "".join(chr(0x0660 + int(digit)) for digit in digits)
    texts = [
        digits,
        " ".join(groups),
        "-".join(groups),
        "\t".join(groups) + "\r\n",
        " – ".join(groups),
        wide,
        arabic,
    ]
    texts += ["\u00a0".join(groups), "\u200e" + ". ".join(groups) + ".", "\u200b".join(digits)]
    return [{"text": text, "digits": digits} for text in texts]


def _rejected() -> list[dict[str, str]]:
    body = BODIES[0][1]
    digits = body + check_digits(body)
    # 97 may be added to some check digits, and taken from others, without changing the remainder.
    doubled = next(f"{number:028d}" for number in range(200) if check_digits(f"{number:028d}") == "02")
    lowered = next(f"{number:028d}" for number in range(200) if check_digits(f"{number:028d}") == "98")
    rows = [
        ("nothing", "has 30 digits; these are 0", ""),
        ("one digit too few", "has 30 digits; these are 29", digits[:-1]),
        ("one digit too many", "has 30 digits; these are 31", digits + "0"),
        ("a letter for a digit", "digits only", digits.replace("0", "O")),
        ("a sentence", "digits only", "My receipt is lost"),
        ("a fraction", "digits only", "½" + digits[1:]),
        ("too long", "too long", digits + " " * 200),
        ("a digit changed", "do not fit together", str((int(digits[0]) + 1) % 10) + digits[1:]),
        ("two digits swapped", "do not fit together", digits[1] + digits[0] + digits[2:]),
        ("check digits 99 for 02", "do not fit together", doubled + "99"),
        ("check digits 01 for 98", "do not fit together", lowered + "01"),
    ]
    return [{"why": why, "says": says, "text": text} for why, says, text in rows]


def passphrases() -> dict[str, Any]:
    # й typed as one character and as two must be the same passphrase.
    composed, decomposed = "Мій п’ятий їжак", "Мі\u0438\u0306 п’ятий\u0020\u0456\u0308жак"
    seed = expand(argon(composed.encode(), SALT, 1, 64), "watchword/passphrase/v1/identity")
    worked = [
        {"passphrase": text, "salt": SALT.hex(), "cost": "argon2id$t=1,m=64,p=1", "seed": seed.hex()}
        for text in (composed, decomposed)
    ]
    costs = [
        "",
        "argon2i$t=3,m=262144,p=1",
        "argon2id$t=0,m=64,p=1",
        "argon2id$t=03,m=64,p=1",
        "argon2id$t=1,m=64,p=0",
        "argon2id$t=1,m=7,p=1",
        "argon2id$t=1,m=64,p=9",
        "argon2id$t=1,m=4194305,p=1",
        "argon2id$t=1,m=64,p=1\n",
        "argon2id$m=64,t=1,p=1",
    ]
    return {"worked": worked, "reject_costs": costs}
