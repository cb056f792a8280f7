# SPDX-License-Identifier: AGPL-3.0-or-later
"""What others may ask of the key store's table."""

from watchword.keystore.models import Doomed


def unfinished() -> int:
    """How many keys are promised to be destroyed and are still there; more than 0 for a moment only."""
    return Doomed.objects.count()
