# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens to a case only when two people want it: it changes hands when the other accepts."""

from django.db import models
from django.db.models import F, Q

from watchword.cases.models.case import Case


class Offer(models.Model):
    """A keeper's offer to hand the case on. Until it is accepted, everything stays with the keeper."""

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="offers")
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Empty while the offer is open.
    outcome = models.SlugField(max_length=16, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(outcome=""), name="one_open_offer_per_case"),
            models.CheckConstraint(condition=~Q(by=F("to")), name="nobody_offers_a_case_to_themselves"),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None)
                | Q(outcome__in=["accepted", "declined", "withdrawn", "lapsed"], ended_at__isnull=False),
                name="offer_ends_in_one_way",
            ),
        ]
