# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may stand in an entry's payload: codes, ids and numbers, never text written by or about a person."""

import re
from collections.abc import Mapping

from watchword.core.ledger.canonical import JSON
from watchword.core.ledger.errors import Malformed

LONGEST_CODE = 128
_CODE = re.compile(r"[A-Za-z0-9_:./=+-]*")


def check_payload(payload: Mapping[str, JSON]) -> None:
    """Malformed when anything in ``payload`` could be a sentence or a name with a space in it."""
    for name, value in payload.items():
        _check(name, name)
        _check(name, value)


def _check(name: str, value: JSON) -> None:
    if isinstance(value, str):
        if len(value) > LONGEST_CODE or not _CODE.fullmatch(value):
            raise Malformed(f"{name} in the payload of an entry must be a code without spaces")
    elif isinstance(value, Mapping):
        check_payload(value)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(name, item)
    elif isinstance(value, float) or not (value is None or isinstance(value, int)):
        raise Malformed(
            f"{name} in the payload of an entry must be a code, a whole number, or a list of them"
        )
