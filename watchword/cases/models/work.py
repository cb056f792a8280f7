# SPDX-License-Identifier: AGPL-3.0-or-later
"""How officers work on a case: how far each has read, what they noted, and what is to be done by when."""

from django.db import models
from django.db.models import F, Q

from watchword.cases.models.case import Case


class Look(models.Model):
    """How far one person has read a case, in numbers of ledger entries: now, and by the visit before."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="looks")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    read_to = models.PositiveBigIntegerField()
    # On the first visit what was there then, and no time.
    before = models.PositiveBigIntegerField()
    before_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="look_once_per_person")]


class Note(models.Model):
    """What somebody noted for those who read one compartment; the words lie sealed in ``record``."""

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Task(models.Model):
    """Something that one person is to do in a case by a day. What it is about, beyond its kind, is a note."""

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    kind = models.SlugField(max_length=32)
    note = models.ForeignKey(Note, null=True, on_delete=models.PROTECT, related_name="+")
    given_to = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    remind = models.DateField()
    due = models.DateField()
    ended_by = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    outcome = models.SlugField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(remind__lte=F("due")), name="task_reminds_before_it_is_due"),
            models.CheckConstraint(
                condition=Q(outcome="", ended_by=None, ended_at=None)
                | Q(outcome__in=["done", "dropped"], ended_by__isnull=False, ended_at__isnull=False),
                name="task_is_ended_by_somebody",
            ),
        ]
