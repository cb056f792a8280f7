# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which parcels are here already, so that the courier does not fetch them twice."""

from watchword.cases.models import Arrival


def knows_parcel(uid: str) -> bool:
    """Whether this parcel was taken in."""
    return Arrival.objects.filter(pk=uid).exists()
