# SPDX-License-Identifier: AGPL-3.0-or-later
"""A seat is distrusted, and what is in custody is split anew: who agreed to it, and what is done of it."""

import hashlib

from django.db import models
from django.db.models import F, Q

from watchword.core.ledger import canonical
from watchword.core.procedure.custody import SEATS
from watchword.custody.rules import Stage


class Resplit(models.Model):
    """One ceremony. ``seats``: those that are distrusted; ``epochs``: of their keys that no longer count."""

    uid = models.CharField(primary_key=True, max_length=32)
    seats = models.JSONField()
    epochs = models.JSONField()
    reason = models.CharField(max_length=300)
    stage = models.CharField(max_length=12, choices=[(one.value, one.name) for one in Stage])
    proposed_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    proposed = models.DateTimeField()
    settled_by = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    settled = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("stage",),
                condition=Q(stage__in=[Stage.PROPOSED.value, Stage.CONFIRMED.value]),
                name="one_splitting_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.CONFIRMED.value, Stage.ENDED.value])
                | Q(settled_by__isnull=False) & ~Q(settled_by=F("proposed_by")),
                name="another_administrator_confirms_a_splitting",
            ),
        )

    def __str__(self) -> str:
        return self.uid

    @property
    def action(self) -> bytes:
        """The hash of what is agreed to, 32 bytes."""
        said = {"resplit": self.uid, "seats": list(self.seats), "reason": self.reason}
        return hashlib.sha256(canonical.encode(said)).digest()

    @property
    def public(self) -> dict[str, bytes | int]:
        """What the ledger says of it in the open; bit 0 is the first seat."""
        mask = sum(1 << SEATS.index(seat) for seat in self.seats)
        return {"action": self.action, "distrusted": mask}


class Anew(models.Model):
    """A record that was split anew. ``sha256``: of the body that it has since then."""

    resplit = models.ForeignKey(Resplit, on_delete=models.CASCADE, related_name="anew")
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("resplit", "record"), name="one_note_per_splitting_and_record"),
        )


class AsItWas(models.Model):
    """A case of which something could not be split anew, with the reason; it goes when it can.

    ``batch``: in which it was tried last.
    """

    resplit = models.ForeignKey(Resplit, on_delete=models.CASCADE, related_name="as_it_was")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    reason = models.JSONField()
    batch = models.ForeignKey("custody.Batch", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("resplit", "case"), name="one_reason_per_splitting_and_case"),
        )
