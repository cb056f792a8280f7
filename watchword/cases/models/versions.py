# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk keeps of a change of version that waits for a second person."""

from django.db import models
from django.db.models import Q

from watchword.cases.models.case import Case


class VersionProposal(models.Model):
    """That somebody wants a case to go over to a newer version, although something would be lost by it."""

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="version_proposals")
    to_version = models.PositiveIntegerField()
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # When it was confirmed or dropped, whichever it was: the ledger knows.
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended=None), name="one_version_at_a_time")
        ]
