# SPDX-License-Identifier: AGPL-3.0-or-later
"""One case, asked for by one person who will read it: the request, its answers, and what opens with it."""

from django.db import models
from django.db.models import F, Q

from watchword.custody.action import Request
from watchword.custody.models.asked import Answered, Asked
from watchword.custody.rules import ReleaseFacts


class Release(Asked):
    """One request to custodians. ``serves``: the check; ``words``: the reason, sealed, and its hash.

    ``told``: from when the applicant reads of openings; None is the next day. ``glass``: two custodians
    broke it.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    glass = models.BooleanField(default=False)
    elements = models.JSONField()
    serves = models.SlugField(max_length=32)
    words = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    words_hash = models.CharField(max_length=64)
    told = models.DateField(null=True)
    reviewed_by = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review = models.ForeignKey("vault.SealedRecord", null=True, on_delete=models.PROTECT, related_name="+")
    review_hash = models.CharField(max_length=64, blank=True)

    class Meta(Asked.Meta):
        constraints = (
            *Asked.Meta.constraints,
            models.CheckConstraint(
                condition=Q(reviewed_by=None, review=None)
                | Q(glass=True, review__isnull=False) & ~Q(reviewed_by=F("asked_by")),
                name="nobody_looks_at_the_glass_they_broke",
            ),
        )

    def request(self) -> Request:
        """What was asked for, as it is signed."""
        return Request(
            case=self.case_id,
            asked_by=self.asked_by_id,
            glass=self.glass,
            elements=tuple(self.elements),
            records=tuple(sorted(self.bodies.values_list("record__body_sha256", flat=True))),
            serves=self.serves,
            words=self.words_hash,
            until=self.until,
            told=self.told,
            needed=self.needed,
            seats=self.seats,
            recipient=self.recipient,
        )

    def facts(self) -> ReleaseFacts:
        """What the rules ask."""
        answers = sorted(self.answers.all(), key=lambda answer: answer.number)
        given = [answer for answer in answers if answer.gave]
        return ReleaseFacts(
            asked_by=self.asked_by_id,
            glass=self.glass,
            needed=self.needed,
            seats=self.seats,
            given=frozenset(answer.seat for answer in given),
            refused=frozenset(answer.seat for answer in answers if not answer.gave),
            answered_by=frozenset(answer.staff_id for answer in answers),
            broke=self._broke(given),
            until=self.until,
            over=self.ended_at is not None,
            reviewed=self.reviewed_by_id is not None,
        )

    def _broke(self, given: list["Answer"]) -> frozenset[str]:
        """Whoever asked, and whoever gave the first share besides; a seat held outside gives none at once."""
        others = [answer.staff_id for answer in given if answer.staff_id != self.asked_by_id]
        return frozenset({self.asked_by_id, *others[:1]}) if self.glass else frozenset()


class Body(models.Model):
    """One sealed record that a release opens."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="bodies")
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("release", "record"), name="release_names_a_body_once"),
        )


class Answer(Answered):
    """A share, or a refusal with its ``words``, sealed as a record of the case; a share needs none."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="answers")
    words = models.ForeignKey("vault.SealedRecord", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("release", "seat"), name="a_seat_answers_once"),
            models.UniqueConstraint(fields=("release", "staff"), name="a_custodian_answers_once"),
            models.UniqueConstraint(fields=("release", "number"), name="answers_come_one_by_one"),
            models.CheckConstraint(
                condition=Q(gave=True, words=None) | Q(gave=False, words__isnull=False),
                name="who_refuses_says_why",
            ),
        )


class Resealed(models.Model):
    """A seat's part of one body's key, sealed to the one-time key; it goes when the release is over."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="parts")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="parts")
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("answer", "body"), name="a_part_is_given_once"),)
