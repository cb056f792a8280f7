# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk keeps of call signs and enquiries in clear: minutes and codes; every word lies sealed."""

from django.db import models
from django.db.models import F, Q

from watchword.protection.rules import CompromiseFacts, EnquiryFacts, State


class TakenMarks(models.Model):
    """The pool: one row, changed as a whole, so that no order tells whose call sign is whose.

    ``key`` names the secret of the key store under which the marks were made.
    """

    key = models.CharField(max_length=32)
    marks = models.BinaryField(default=b"")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="there_is_one_pool"),)


class CallSign(models.Model):
    """That a case was given a call sign; which one lies sealed in ``record``."""

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    issued_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(ended_at=None), name="a_case_has_one_call_sign"
            ),
        )

    def __str__(self) -> str:
        return self.uid


class Enquiry(models.Model):
    """A question from outside. ``uid`` names it in the vault and in the ledger, as the uid of a case would.

    ``record``: who is asked for and what was said; ``result``: what two custodians found, sealed alike
    whether or not there was anything. ``action_hash``: what the second of them agrees to.
    """

    uid = models.CharField(primary_key=True, max_length=32)
    number = models.CharField(max_length=16, unique=True)
    way = models.SlugField(max_length=16)
    asker = models.SlugField(max_length=16)
    taken_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)
    action_hash = models.CharField(max_length=64, blank=True)
    looked_by = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField(null=True)
    result = models.ForeignKey("vault.SealedRecord", null=True, on_delete=models.PROTECT, related_name="+")
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(looked_by=None) | Q(asked_by__isnull=False) & ~Q(asked_by=F("looked_by")),
                name="whether_we_know_somebody_takes_two_to_see",
            ),
        )

    def __str__(self) -> str:
        return self.number

    def facts(self) -> EnquiryFacts:
        """What the rules ask."""
        return EnquiryFacts(self._stands(), self.asked_by_id or "")

    def _stands(self) -> State:
        if self.destroyed_at is not None:
            return State.DESTROYED
        if self.result_id is not None:
            return State.LOOKED
        if self.looked_by_id is not None:
            return State.FAILED
        return State.ASKED if self.asked_by_id is not None else State.TAKEN


class Notice(models.Model):
    """That somebody asked for the person of a case: for its keeper. No entry of the ledger tells it."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="notices")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    likely = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("enquiry", "case"), name="an_enquiry_warns_of_a_case_once"),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Compromise(models.Model):
    """That what protects the person of a case has become known outside; ``rule``: a code, for the keeper.

    The ledger has no act for it: whoever publishes a name and reads the ledger would see that it was one.
    """

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    rule = models.SlugField(max_length=16)
    reported_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(ended_at=None), name="a_case_has_one_open_compromise"
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None)
                | Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(ended_by=F("reported_by")),
                name="who_began_it_does_not_close_it",
            ),
        )

    def __str__(self) -> str:
        return self.uid

    def facts(self) -> CompromiseFacts:
        """What the rules ask."""
        given = CallSign.objects.filter(case=self.case_id, at__gte=self.at, ended_at=None)
        return CompromiseFacts(self.reported_by_id, self.at, self.ended_at is not None, given.exists())


class Said(models.Model):
    """One thing that was said or done about a compromise; what, lies sealed in ``record``."""

    compromise = models.ForeignKey(Compromise, on_delete=models.CASCADE, related_name="said")
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.pk)
