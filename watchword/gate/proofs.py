# SPDX-License-Identifier: AGPL-3.0-or-later
"""The other way past a busy Gate: the visitor's own device works for a moment, and this pays for one form.

The task is an ALTCHA challenge, signed with a key of this Gate alone; the browser's own PBKDF2 works on it,
which is as quick where scripts are not compiled. The challenge carries a ticket, so that a proof is spent
as a form is: once, in the database, whichever process it comes to. What it costs whom: docs/decisions/0007.
"""

import json
import time
from collections.abc import Mapping

from altcha import Payload, create_challenge, verify_solution
from django.utils import timezone
from django.utils.crypto import salted_hmac

from watchword.gate import budget
from watchword.intake import services

PROOF = "proof"
NO_THANKS = "no"
"""What stands in place of a proof when the visitor would rather wait."""
GOOD_FOR = 600
"""Seconds in which a challenge must be solved and brought back."""

_ALGORITHM = "PBKDF2/SHA-256"
# One try in 256 succeeds: on average two million rounds, half a second of one core of a server, one or two of
# a telephone. A try must also be cheap enough to be checked here for everybody who claims one: 2 ms.
_ROUNDS, _PREFIX = 8_000, "00"
_LONGEST = 2_048


def challenge() -> str:
    """A new task, as JSON for the script of the waiting page. Nothing of it is remembered."""
    made = create_challenge(
        _ALGORITHM,
        _ROUNDS,
        key_prefix=_PREFIX,
        # The clock that the library looks at when it checks.
        expires_at=int(time.time()) + GOOD_FOR,
        data={"ticket": services.issue(services.WAY_IN, timezone.now().date())},
        hmac_secret=_key(),
    )
    return json.dumps(made.to_dict())


def wanted(asked: Mapping[str, str]) -> bool:
    """Whether to offer a task: not to one who just brought a proof that did not count, or wants none."""
    return PROOF not in asked


def enters(asked: Mapping[str, str]) -> bool:
    """Whether a proof was brought that is good, was not used, and for which there is room now."""
    proof = asked.get(PROOF, "")
    if not 0 < len(proof) <= _LONGEST or not verify_solution(proof, _key()).verified:
        return False
    # What is read here stands under the signature that was just checked.
    ticket = (Payload.from_base64(proof).challenge.parameters.data or {})["ticket"]
    return services.redeem(ticket, services.WAY_IN, timezone.now().date(), budget.proofs.take)


def _key() -> bytes:
    return salted_hmac("watchword.gate.proof", b"challenge", algorithm="sha256").digest()
