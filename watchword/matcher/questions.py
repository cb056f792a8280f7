# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a question names, read with suspicion: a case, and the digests of its keys."""

from watchword.core.linkage import matchkeys
from watchword.core.refusals import WrongState, sentence
from watchword.matcher.keys import KINDS
from watchword.matcher.protocol import Message
from watchword.matcher.table import CASE_SIZE

DIGEST_SIZE = 32


def case_of(question: Message) -> bytes:
    """The uid of the case; WrongState for what is none."""
    try:
        case = bytes.fromhex(str(question.get("case")))
    except ValueError:
        case = b""
    if len(case) != CASE_SIZE:
        raise WrongState(sentence("This is no case."))
    return case


def keys_of(question: Message) -> list[tuple[int, bytes]]:
    """Each key as the number of its kind and the digest of its value; WrongState for anything else."""
    if question.get("version") != matchkeys.VERSION:
        raise WrongState(sentence("These match-keys are of another version."))
    given = question.get("keys")
    if not isinstance(given, list) or len(given) > matchkeys.MOST_KEYS:
        raise WrongState(sentence("These are no match-keys."))
    return [_key(one) for one in given]


def _key(given: object) -> tuple[int, bytes]:
    kind, digest = given if isinstance(given, list) and len(given) == 2 else ("", "")
    try:
        number, raw = KINDS.index(kind), bytes.fromhex(str(digest))
    except ValueError:
        number, raw = 0, b""
    if len(raw) != DIGEST_SIZE:
        raise WrongState(sentence("These are no match-keys."))
    return number, raw
