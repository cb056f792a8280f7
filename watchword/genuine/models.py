# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk keeps of cards and clones: of a card neither the number nor who got it."""

from django.db import models
from django.db.models import Q

from watchword.genuine.rules import ProposalFacts, State


class IssuedCard(models.Model):
    """A card that was printed. ``for_gate`` is emptied once the Gate has it; both phrases need the number."""

    tag = models.CharField(primary_key=True, max_length=32)
    countersign = models.BinaryField()
    for_gate = models.BinaryField()
    delivered_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)


class CloneProposal(models.Model):
    """One change of the register of clones: an address to add, or one to take out."""

    uid = models.CharField(primary_key=True, max_length=32)
    address = models.CharField(max_length=200)
    removes = models.BooleanField(default=False)
    state = models.CharField(max_length=9)
    proposed_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    settled_by = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    # The version of the register that this change made, counted from 1.
    number = models.PositiveIntegerField(null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address"], condition=Q(state="proposed"), name="clone_waits_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | ~Q(proposed_by=models.F("settled_by")),
                name="clone_has_two_people",
            ),
        ]

    def facts(self) -> ProposalFacts:
        """What the rules ask about."""
        return ProposalFacts(State(self.state), self.proposed_by_id)


class RegisterDelivery(models.Model):
    """What the Gate was given last: a version, and the day on which it was signed. One row."""

    version = models.PositiveIntegerField()
    signed = models.DateField()
