# SPDX-License-Identifier: AGPL-3.0-or-later
"""Items of evidence in codes: kind, guideline, grades. What was found lies sealed."""

from django.db import models
from django.db.models import Q

from watchword.vetting import rules


class Evidence(models.Model):
    """One item. ``bearing``: what it speaks for; ``disclosure``: may the applicant read it on request."""

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.SlugField(max_length=32)
    guideline = models.CharField(max_length=8)
    source_grade = models.CharField(max_length=1)
    information_grade = models.CharField(max_length=1)
    disclosure = models.CharField(max_length=6)
    bearing = models.CharField(max_length=7)
    result = models.SlugField(max_length=32, blank=True)
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(source_grade__in=list(rules.SOURCE_GRADES)), name="evidence_source_is_graded"
            ),
            models.CheckConstraint(
                condition=Q(information_grade__in=list(rules.INFORMATION_GRADES)),
                name="evidence_information_is_graded",
            ),
            models.CheckConstraint(
                condition=Q(disclosure__in=list(rules.DISCLOSURES)), name="evidence_is_open_or_closed"
            ),
            models.CheckConstraint(
                condition=Q(bearing__in=list(rules.BEARINGS)), name="evidence_bearing_is_said"
            ),
        )
