# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds headers and keys that must be refused: one for each line of the reader that refuses."""

from typing import Any

from watchword.core.sealing import bech32

VERSION = "age-encryption.org/v1\n"
STANZA = "-> kind of stanza\nAAAA\n"
MAC = "--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
FULL = "A" * 64


def headers() -> dict[str, Any]:
    accepted = [
        VERSION + STANZA + MAC,
        VERSION + STANZA + "-> empty\n\n" + MAC,
        VERSION + f"-> full\n{FULL}\n\n" + MAC,
        VERSION + f"-> ! ~\n{FULL}\n{FULL}\nAA\n" + MAC,
    ]
    rows = [
        ("nothing", ""),
        ("another program's file", "-----BEGIN PGP MESSAGE-----\n"),
        ("another version", VERSION.replace("v1", "v2") + STANZA + MAC),
        ("a version line of CRLF", VERSION.replace("\n", "\r\n") + STANZA + MAC),
        ("a byte that is not ASCII", VERSION + STANZA.replace("kind", "вид") + MAC),
        ("no recipient", VERSION + MAC),
        ("no MAC", VERSION + STANZA),
        ("a MAC line without its mark", VERSION + STANZA + MAC.replace("---", "-->")),
        ("a MAC that does not start a line", VERSION + STANZA[:-1] + MAC),
        ("a MAC line without its end", VERSION + STANZA + MAC[:-1]),
        ("a MAC too short", VERSION + STANZA + MAC.replace("A\n", "\n")),
        ("a MAC with a space more", VERSION + STANZA + MAC.replace("--- A", "---  ")),
        ("a MAC not canonical", VERSION + STANZA + MAC.replace("A\n", "B\n")),
        ("something after the MAC", VERSION + STANZA + MAC + "\n"),
        ("a second MAC", VERSION + STANZA + MAC + MAC),
        ("an empty line", VERSION + "\n" + STANZA + MAC),
        ("no arrow", VERSION + STANZA[3:] + MAC),
        ("no argument", VERSION + "-> \n\n" + MAC),
        ("two spaces", VERSION + STANZA.replace("kind ", "kind  ") + MAC),
        ("a space at the end", VERSION + STANZA.replace("stanza", "stanza ") + MAC),
        ("a control character", VERSION + STANZA.replace("kind", "ki\x7fd") + MAC),
        ("a line of 65 characters", VERSION + f"-> long\n{FULL}A\n\n" + MAC),
        ("no short line", VERSION + f"-> full\n{FULL}\n" + MAC),
        ("no body", VERSION + "-> bare\n" + MAC),
        ("a body of CRLF", VERSION + STANZA.replace("AAAA\n", "AAAA\r\n") + MAC),
        ("a body with padding", VERSION + STANZA.replace("AAAA", "AAA=") + MAC),
        ("a body not canonical", VERSION + STANZA.replace("AAAA", "AAB") + MAC),
        ("a body of impossible length", VERSION + STANZA.replace("AAAA", "AAAAA") + MAC),
        ("lines after a short line", VERSION + STANZA + "AAAA\n" + MAC),
    ]
    return {"accept": accepted, "reject": [{"why": why, "header": text} for why, text in rows]}


def keys() -> dict[str, Any]:
    curve, seed = bytes([9]) + bytes(31), bytes(range(32))
    good = bech32.encode("age", curve)
    secret = bech32.encode("age-secret-key-pq-", seed).upper()
    lattice_out_of_range = b"\xff" * 1184 + curve
    small = bytes(31) + b"\x80"
    recipients = [
        ("nothing", ""),
        ("no prefix", "1" + good[4:]),
        ("no digit 1", "agezzzzzzzz"),
        ("a space in the prefix", bech32.encode("a e", curve)),
        ("upper case", good.upper()),
        ("mixed case", good[:-1] + good[-1].swapcase() + "q"),
        ("a letter outside the alphabet", good[:-1] + "b"),
        ("too short for a checksum", "age1qqqq"),
        ("a typing error", good[:-1] + ("q" if good[-1] != "q" else "p")),
        ("bits left over", _with_checksum("age", "q" * 51 + "l")),
        ("an impossible length", _with_checksum("age", "q" * 51)),
        ("another prefix", bech32.encode("age1tag", curve)),
        ("an identity", secret.lower()),
        ("too few bytes", bech32.encode("age", curve[:31])),
        ("a hybrid key too short", bech32.encode("age1pq", curve)),
        ("a hybrid key out of range", bech32.encode("age1pq", lattice_out_of_range)),
        ("small order", bech32.encode("age", small)),
        ("small order in a hybrid key", bech32.encode("age1pq", bytes(1184) + small)),
    ]
    identities = [
        ("lower case", secret.lower()),
        ("another prefix", bech32.encode("age-plugin-", seed).upper()),
        ("a recipient", good.upper()),
        ("too few bytes", bech32.encode("age-secret-key-pq-", seed[:31]).upper()),
        ("too many bytes", bech32.encode("age-secret-key-", seed + b"\0").upper()),
    ]
    return {
        "reject_recipients": [{"why": why, "text": text} for why, text in recipients],
        "reject_identities": [{"why": why, "text": text} for why, text in identities],
    }


def _with_checksum(prefix: str, letters: str) -> str:
    """A Bech32 text with any letters and a true checksum, found by the encoder's own inner function."""
    alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    values = [*bech32._expanded(prefix), *(alphabet.index(letter) for letter in letters)]
    check = bech32._polymod([*values, 0, 0, 0, 0, 0, 0]) ^ 1
    return f"{prefix}1{letters}{''.join(alphabet[check >> 5 * (5 - at) & 31] for at in range(6))}"
