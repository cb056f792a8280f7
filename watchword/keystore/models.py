# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keys that are to be destroyed: promised in the transaction that needs it, until the store has done it."""

from django.db import models


class Doomed(models.Model):
    """A key that nothing may use any more; the row goes when the key is gone from the store."""

    name = models.CharField(primary_key=True, max_length=32)

    def __str__(self) -> str:
        return self.name
