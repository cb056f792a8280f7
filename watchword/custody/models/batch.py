# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many cases, asked for at once for a program that opens them in memory and shows them to nobody."""

from django.db import models
from django.db.models import Q

from watchword.custody.action import BatchRequest
from watchword.custody.models.asked import Answered, Asked
from watchword.custody.models.resplit import Resplit
from watchword.custody.rules import ReleaseFacts


class Batch(Asked):
    """One request for a run. ``run``: the code of the program; ``elements``: what of each case it opens.

    ``ceremony``: that by which it splits anew, and none of all others.
    """

    run = models.SlugField(max_length=32)
    elements = models.JSONField()
    ceremony = models.ForeignKey(Resplit, null=True, on_delete=models.PROTECT, related_name="batches")

    class Meta(Asked.Meta):
        constraints = (
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                fields=("asked_by", "run"), condition=Q(ended_at=None), name="one_batch_at_a_time"
            ),
        )

    def request(self) -> BatchRequest:
        """What was asked for, as it is signed."""
        bodies = self.bodies.all()
        return BatchRequest(
            run=self.run,
            asked_by=self.asked_by_id,
            elements=tuple(self.elements),
            records=tuple(sorted(f"{body.case_id}/{body.sha256}" for body in bodies)),
            cases=len({body.case_id for body in bodies}),
            until=self.until,
            needed=self.needed,
            seats=self.seats,
            recipient=self.recipient,
            ceremony=self.ceremony.action.hex() if self.ceremony else "",
        )

    def facts(self) -> ReleaseFacts:
        """What the rules ask."""
        answers = self.answers.all()
        return ReleaseFacts(
            asked_by=self.asked_by_id,
            glass=False,
            needed=self.needed,
            seats=self.seats,
            given=frozenset(answer.seat for answer in answers if answer.gave),
            refused=frozenset(answer.seat for answer in answers if not answer.gave),
            answered_by=frozenset(answer.staff_id for answer in answers),
            broke=frozenset(),
            until=self.until,
            over=self.ended_at is not None,
            reviewed=False,
            asker_gives=self.ceremony is not None,
            distrusted=frozenset(self.ceremony.seats) if self.ceremony else frozenset(),
        )


class BatchBody(models.Model):
    """One sealed record that a batch opens. ``sha256`` of its body, as it was when it was asked for."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="bodies")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("batch", "record"), name="batch_names_a_body_once"),)


class BatchAnswer(Answered):
    """A share of everything, or a refusal. ``words``: why, sealed to the seats and to who may start the run.

    They are about no case, so they are no record of the vault.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="answers")
    words = models.BinaryField(default=b"")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("batch", "seat"), name="a_seat_answers_a_batch_once"),
            models.UniqueConstraint(fields=("batch", "staff"), name="a_custodian_answers_a_batch_once"),
            models.UniqueConstraint(fields=("batch", "number"), name="answers_to_a_batch_come_one_by_one"),
            models.CheckConstraint(
                condition=Q(gave=True, words_hash="") | Q(gave=False) & ~Q(words_hash=""),
                name="who_refuses_a_batch_says_why",
            ),
        )


class BatchPart(models.Model):
    """A seat's part of one body's key, sealed to the one-time key; it goes when the batch is over."""

    answer = models.ForeignKey(BatchAnswer, on_delete=models.CASCADE, related_name="parts")
    body = models.ForeignKey(BatchBody, on_delete=models.CASCADE, related_name="parts")
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("answer", "body"), name="a_part_of_a_batch_is_given_once"),
        )
