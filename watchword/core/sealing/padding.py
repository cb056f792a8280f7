# SPDX-License-Identifier: AGPL-3.0-or-later
"""Padmé: how far to pad so that a size tells little about what was written, at a cost of at most 12 %."""

from watchword.core.sealing.errors import Malformed


def padded_length(length: int) -> int:
    """The smallest Padmé size that holds ``length`` bytes.

    A size of about 2^E keeps only its first log2(E) + 1 binary digits, so that among all lengths up to M only
    O(log log M) bits are told instead of O(log M). From Nikitin, Barman, Lueks, Underwood, Hubaux and Ford,
    "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs" (PETS 2019), section 4.
    """
    if length < 0:
        raise Malformed("a length is not negative")
    exponent = max(length.bit_length() - 1, 0)
    low_bits = exponent - exponent.bit_length()
    mask = (1 << max(low_bits, 0)) - 1
    return (length + mask) & ~mask
