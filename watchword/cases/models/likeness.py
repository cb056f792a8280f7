# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which applications were found to be nearly the same, and where the sketches lie that told it."""

from django.db import models
from django.db.models import Q

from watchword.cases.models.case import Case


class Likeness(models.Model):
    """Beside which earlier application this one was found to say nearly the same; never a word of either."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="likeness")
    # The case itself where it is like none before it; none at all where there was nothing to compare.
    first = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="+")
    # Of 100 parts of the text, those that agree with the first. It is shown, and orders nothing.
    agree = models.PositiveSmallIntegerField()
    short = models.BooleanField()
    # Somebody looked and said that it is not the same: for good.
    apart = models.BooleanField(default=False)
    # Compared under the sheet of sketches in force; without it, it is compared once more.
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(agree__lte=100), name="agree_is_of_a_hundred")]


class SketchSheet(models.Model):
    """Where the sketches of the first texts lie sealed between two comparisons; one row a compartment."""

    compartment = models.SlugField(primary_key=True, max_length=32)
    # In the place of a case in the vault: a sheet is of many cases.
    uid = models.CharField(max_length=32, unique=True)
    record = models.CharField(max_length=32, blank=True)
