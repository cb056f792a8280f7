# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sealed records: the header in the database, the body in a file named by its hash."""

from django.db import models


class SealedRecord(models.Model):
    """One age file in two parts; recipients change with the header, and the body is never touched again.

    The header is stored under ``key``, of which the key store has the secret: once that is destroyed nobody
    opens the body, whoever holds which other key. An erased record has no header either.
    """

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.CharField(max_length=32, db_index=True)
    compartment = models.SlugField(max_length=32)
    kind = models.CharField(max_length=64)
    revision = models.PositiveIntegerField()
    # Role ids: a part of the compartment's readers, or all of them.
    readers = models.JSONField()
    header = models.BinaryField()
    key = models.CharField(max_length=32)
    # The manifest under which the header was last sealed here; 0 as it came from outside.
    manifest_version = models.PositiveIntegerField(default=0)
    body_sha256 = models.CharField(max_length=64)
    body_size = models.PositiveBigIntegerField()
    created = models.DateTimeField()
    written_by = models.CharField(max_length=32)
    # While held, only its writer may open it: a vote before the count.
    held = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "compartment", "kind", "revision"), name="one_record_per_revision"
            ),
        )
        # What is left to seal to a new key is asked among a hundred thousand.
        indexes = (models.Index(fields=("compartment", "manifest_version"), name="record_by_age_of_header"),)

    def __str__(self) -> str:
        return self.uid


class Unopenable(models.Model):
    """A record that none of a role's keys opened when its header was to be made anew; it stays as it is.

    Its sender may have sealed it to others, and then the role's old key is not needed for it; or the header
    is ``damaged``, and a copy from a backup will need the key.
    """

    record = models.ForeignKey(SealedRecord, on_delete=models.CASCADE, related_name="+")
    role = models.SlugField(max_length=32)
    manifest_version = models.PositiveIntegerField()
    damaged = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("record", "role"), name="one_note_per_record_and_role"),
        )
