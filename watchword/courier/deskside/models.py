# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk's courier must remember between rounds."""

from django.db import models


class RequestCounter(models.Model):
    """The number of the newest request to one Gate; saved before the request is sent, so never used twice."""

    gate = models.CharField(primary_key=True, max_length=200)
    value = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    """When a round with this Gate last came to its end."""
