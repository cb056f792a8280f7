# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens to a case only when two people want it: it changes hands, is joined or erased."""

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
    # Why, where the keeper hands over several at once.
    reason = models.CharField(max_length=16, blank=True)
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


class Joining(models.Model):
    """That somebody wants ``case`` to go on in ``leading``, or to be parted from it again."""

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="joinings")
    leading = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="joinings_here")
    parting = models.BooleanField(default=False)
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    action_hash = models.CharField(max_length=64)
    # Empty while it waits for a second person.
    outcome = models.SlugField(max_length=16, blank=True)
    ended_by = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(outcome=""), name="one_open_joining_per_case"
            ),
            models.CheckConstraint(condition=~Q(case=F("leading")), name="joining_is_of_two_cases"),
            models.CheckConstraint(
                condition=Q(outcome="", ended_by=None, ended_at=None)
                | Q(outcome="dropped", ended_by__isnull=False, ended_at__isnull=False)
                | Q(outcome="confirmed", ended_by__isnull=False, ended_at__isnull=False)
                & ~Q(ended_by=F("by")),
                name="joining_is_confirmed_by_another",
            ),
        ]


class Erasure(models.Model):
    """That somebody wants what is sealed in ``case`` destroyed."""

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="erasures")
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Empty while it waits for a second person.
    outcome = models.SlugField(max_length=16, blank=True)
    ended_by = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(outcome=""), name="one_open_erasure_per_case"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", ended_by=None, ended_at=None)
                | Q(outcome="dropped", ended_by__isnull=False, ended_at__isnull=False)
                | Q(outcome="confirmed", ended_by__isnull=False, ended_at__isnull=False)
                & ~Q(ended_by=F("by")),
                name="erasure_is_confirmed_by_another",
            ),
        ]
