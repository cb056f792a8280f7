# SPDX-License-Identifier: AGPL-3.0-or-later
"""Entries on their way into the ledger, and the small part of each that only the Desk knows."""

from django.db import models


class PendingEntry(models.Model):
    """A signed entry, committed with the change it speaks of; it changes once, when it gets its index.

    The primary key gives the order in which entries go into the ledger; it does not leave the process.
    """

    nonce = models.CharField(max_length=32, unique=True)
    actor = models.CharField(max_length=36)
    entry = models.BinaryField()
    leaf_index = models.BigIntegerField(null=True, unique=True)

    class Meta:
        ordering = ["pk"]


class EntryDetail(models.Model):
    """What an entry commits to without saying it.

    ``salt`` is empty in the entry of a case: there it follows from the case's key, and is gone when that is.
    """

    entry = models.OneToOneField(PendingEntry, on_delete=models.PROTECT, related_name="detail")
    case = models.CharField(max_length=32, null=True, db_index=True)
    event = models.CharField(max_length=40, db_index=True)
    actor = models.CharField(max_length=36)
    at = models.DateTimeField()
    payload = models.JSONField()
    salt = models.BinaryField()

    class Meta:
        ordering = ["entry"]
        # What one person did on one day is asked at every opening, what was opened of one's cases at home.
        indexes = (
            models.Index(fields=("actor", "at"), name="detail_by_actor_and_time"),
            models.Index(fields=("case", "event"), name="detail_by_case_and_event"),
        )


class CaseKey(models.Model):
    """The name of the key that turns a case's uid into its pseudonym in the ledger; without it they part.

    The key itself lies in the key store alone: a copy of the database does not keep what was erased.
    """

    case = models.CharField(max_length=32, primary_key=True)
    key = models.CharField(max_length=32)


class ActorHead(models.Model):
    """The hash of each actor's newest entry, so that the next one can name it. Locked while one is made."""

    actor = models.CharField(max_length=36, primary_key=True)
    entry_hash = models.BinaryField(default=bytes)
