# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the auditors' book lies: sealed, of one size, under a key that the database does not have."""

from django.db import models
from django.db.models import Q


class WatchBook(models.Model):
    """The one row. Whoever has the database alone learns when it was last written, and not what."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    # In the place of a case in the vault: what auditors note about alarms is sealed under it.
    uid = models.CharField(max_length=32)
    # The name of its key in the key store.
    key = models.CharField(max_length=32)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=1), name="one_book")]
