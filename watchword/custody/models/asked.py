# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every request to custodians has, and every answer, whatever it is that they are asked for."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Asked(models.Model):
    """Something that custodians are asked for by one person, until an end.

    ``recipient`` is a key made for this request alone. Its private half, ``sealed_key``, is sealed to whoever
    asked; with the shares it is destroyed when the request is over.
    """

    uid = models.CharField(primary_key=True, max_length=32)
    asked_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    needed = models.PositiveIntegerField()
    seats = models.PositiveIntegerField()
    recipient = models.TextField()
    sealed_key = models.BinaryField()
    action_hash = models.CharField(max_length=64, unique=True)
    ended_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(needed__gte=1) & Q(seats__gte=F("needed")),
                name="%(class)s_takes_some_of_its_seats",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="%(class)s_has_an_end"),
        )

    def __str__(self) -> str:
        return self.uid


class Answered(models.Model):
    """What a custodian answered, once and for good; ``number`` counts the answers. Rows never change."""

    number = models.PositiveIntegerField()
    seat = models.SlugField(max_length=32)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    gave = models.BooleanField()
    words_hash = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        abstract = True
