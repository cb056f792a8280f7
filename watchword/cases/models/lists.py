# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one person keeps of the list of cases: choices to come back to, and cases chosen for the same act."""

from django.db import models
from django.db.models import Q

from watchword.cases.models.case import Case


class SavedChoice(models.Model):
    """One choice from the list, under a number: a name that somebody types could tell a secret in clear."""

    staff = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=32, blank=True)
    keeper = models.CharField(max_length=32, blank=True)
    clock = models.CharField(max_length=16, blank=True)
    flag = models.CharField(max_length=16, blank=True)
    turn = models.CharField(max_length=16, blank=True)
    unread = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "number"], name="one_choice_of_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=9), name="choice_has_a_key"),
        ]


class Batch(models.Model):
    """What one person does to several cases, each in a transaction of its own; codes alone, no words."""

    uid = models.CharField(primary_key=True, max_length=32)
    by = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, related_name="+")
    act = models.CharField(max_length=16)
    at = models.DateTimeField()
    # Until it is arranged, nothing below says anything.
    arranged = models.BooleanField(default=False)
    # To whom; of a task, empty for the keeper of each case.
    given_to = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    letter = models.CharField(max_length=32, blank=True)
    ready = models.CharField(max_length=32, blank=True)
    task = models.CharField(max_length=32, blank=True)
    due = models.DateField(null=True)
    remind = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(act__in=["hand", "letter", "task"]), name="batch_is_of_an_act")
        ]


class BatchCase(models.Model):
    """One case of several: whether it was looked at and agreed to, and what became of it, once."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    # None until its page was answered.
    agreed = models.BooleanField(null=True)
    reason = models.CharField(max_length=16, blank=True)
    # How the case stood when it was agreed to.
    seen = models.CharField(max_length=32, blank=True)
    outcome = models.CharField(max_length=16, blank=True)
    # The sentence of a refusal, to be said again in any language.
    why = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "case"], name="case_once_in_a_batch"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "done", "refused"]), name="batch_case_ends_in_one_way"
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(agreed=True), name="batch_case_was_agreed_to_first"
            ),
        ]
