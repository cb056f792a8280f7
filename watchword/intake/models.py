# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Gate stores: ciphertext, random names, and days.

No column holds an answer, an address, a receipt or a time finer than a day. A key is random, never
counted, because a count tells how many came before.
"""

from django.db import models

from watchword.intake import notebook


class Mailbox(models.Model):
    """One applicant's place at the Gate.

    ``recipient`` is public: letters are sealed to it. ``revisions`` counts everything sealed here, so that no
    two entries of one case ever share a frame and could be taken for each other. ``notebook`` is what the
    mailbox remembers for its owner, of one size for all.
    """

    uid = models.CharField(primary_key=True, max_length=32)
    locator = models.CharField(max_length=8, unique=True)
    login_hash = models.BinaryField(max_length=32)
    recipient = models.TextField()
    case = models.CharField(max_length=32, unique=True)
    opened = models.DateField()
    sent = models.DateField(null=True)
    collected = models.DateField(null=True)
    revisions = models.PositiveIntegerField(default=0)
    withdrawn = models.BooleanField(default=False)
    notebook = models.BinaryField(max_length=notebook.SIZE, default=notebook.blank)


class Parcel(models.Model):
    """One act of sending. ``offered``: the Desk has been told of it, and may hold a copy."""

    uid = models.CharField(primary_key=True, max_length=32)
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="parcels")
    kind = models.CharField(max_length=16)
    ready = models.BooleanField(default=False)
    offered = models.BooleanField(default=False)
    opened = models.DateField()


class SealedEntry(models.Model):
    """One age file. Without a parcel it is a draft; without ``ready`` its upload has not ended.

    What one act puts into custody has one revision, in as many compartments. ``begun`` is the day on which an
    upload began. Without a mailbox it is being deleted, piece by piece.
    """

    uid = models.CharField(primary_key=True, max_length=32)
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, null=True, related_name="entries")
    parcel = models.ForeignKey(Parcel, models.CASCADE, null=True, related_name="entries")
    compartment = models.CharField(max_length=32)
    kind = models.CharField(max_length=64)
    revision = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField(default=0)
    ready = models.BooleanField(default=False)
    begun = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("mailbox", "compartment", "revision"), name="intake_place_once"),
        )


class SealedChunk(models.Model):
    """A piece of an age file. In the database: a file of its own would carry the minute it was made."""

    pk = models.CompositePrimaryKey("entry_id", "seq")
    entry = models.ForeignKey(SealedEntry, models.CASCADE, related_name="chunks")
    seq = models.PositiveIntegerField()
    data = models.BinaryField()


class Delivery(models.Model):
    """A sealed letter from the Desk, waiting for its mailbox to be opened."""

    uid = models.CharField(primary_key=True, max_length=32)
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=64)
    sealed = models.BinaryField()
    day = models.DateField()


class GateSession(models.Model):
    """A visit. The row's name and its key both come from the cookie, so the row alone opens nothing."""

    id_hash = models.CharField(primary_key=True, max_length=64)
    sealed = models.BinaryField()
    day = models.DateField()


class SpentTicket(models.Model):
    """A form that was sent once already."""

    nonce = models.CharField(primary_key=True, max_length=32)
    day = models.DateField()


class CourierCounter(models.Model):
    """The number of the newest request of one courier key; an older or equal number is a replay."""

    courier = models.CharField(primary_key=True, max_length=64)
    value = models.PositiveBigIntegerField()


class Card(models.Model):
    """An invitation card that is out. Its number alone opens the phrase, which is gone once it was shown."""

    tag = models.CharField(primary_key=True, max_length=32)
    sealed = models.BinaryField()
    shown = models.DateField(null=True)


class Notice(models.Model):
    """A text that the Desk has signed for everybody to read; checked again each time that it is shown."""

    name = models.CharField(primary_key=True, max_length=16)
    text = models.TextField()
