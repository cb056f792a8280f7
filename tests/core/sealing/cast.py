# SPDX-License-Identifier: AGPL-3.0-or-later
"""The invented people of these tests and their keys, the same in every run, to repeat failures."""

from watchword.core.sealing.primitives import sha256
from watchword.core.sealing.recipients import X25519, Identity

ADA = Identity.from_seed(sha256(b"Ada keeps the case"))
BEN = Identity.from_seed(sha256(b"Ben countersigns"))
CLEO = Identity.from_seed(sha256(b"Cleo must see nothing"))
OLD_ADA = Identity(X25519, sha256(b"Ada, before the quantum computers"))
OLD_CLEO = Identity(X25519, sha256(b"Cleo, before the quantum computers"))
