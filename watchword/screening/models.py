# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk keeps of screening in clear: which lists, in which version, judged by whom. No name, no key.

The key of a listed record says who the applicant is if the two are the same person, and so would a hash of
it, or one whose key is on this machine. The tags of a hit are hashes under a key that custodians hold.
"""

from django.db import models
from django.db.models import F, Q

from watchword.cases.rules.judged import Judging, LikenessFacts, Verdict

REASONS = ("new", "delta")
_OPEN, _SECOND, _JUDGED = (state.value for state in (Judging.OPEN, Judging.SECOND, Judging.JUDGED))
_VERDICTS = [verdict.value for verdict in Verdict]


class ScreeningRun(models.Model):
    """The ``number``-th comparison of one applicant. ``identity``: which answers; ``lists``: which versions.

    ``batch``: what custodians released for it.
    ``reason``: "new" against everything, "delta" against what changed since the run before.
    """

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    batch = models.CharField(max_length=32)
    number = models.PositiveIntegerField()
    identity = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=5)
    lists = models.JSONField()
    table_version = models.PositiveIntegerField()
    # Whether more records resembled the applicant than a comparison lays before people.
    cut_off = models.BooleanField(default=False)
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(reason__in=REASONS), name="screening_reason_is_known"),
            models.UniqueConstraint(fields=("case", "number"), name="one_comparison_at_a_time"),
        )

    def __str__(self) -> str:
        return self.uid


class Hit(models.Model):
    """A listed record that resembles the applicant. ``record``: what agrees and differs, sealed.

    ``tag`` and ``words``: by what the next comparison knows the listed person, and what stood on both sides.
    """

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    list_id = models.SlugField(max_length=64)
    list_version = models.PositiveIntegerField()
    tag = models.CharField(max_length=64)
    words = models.CharField(max_length=64)
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    first_run = models.ForeignKey(ScreeningRun, on_delete=models.CASCADE, related_name="+")
    last_run = models.ForeignKey(ScreeningRun, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=6, default=_OPEN)
    outcome = models.CharField(max_length=9, blank=True)
    judged_by = models.ForeignKey(
        "accounts.Staff", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seconded_by = models.ForeignKey(
        "accounts.Staff", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state=_OPEN, outcome="", judged_by=None, seconded_by=None)
                | Q(state=_SECOND, outcome="", judged_by__isnull=False, seconded_by=None)
                | Q(state=_JUDGED, outcome__in=_VERDICTS, judged_by__isnull=False),
                name="hit_state_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Verdict.SAME.value) | Q(seconded_by__isnull=False),
                name="the_same_person_takes_two_to_say",
            ),
            models.CheckConstraint(
                condition=Q(seconded_by=None) | ~Q(seconded_by=F("judged_by")),
                name="nobody_seconds_his_own_judgement",
            ),
            models.UniqueConstraint(fields=("case", "list_id", "tag"), name="a_listed_person_is_one_hit"),
        )

    def __str__(self) -> str:
        return f"{self.uid} ({self.state})"

    def facts(self) -> LikenessFacts:
        """What the rules ask."""
        outcome = Verdict(self.outcome) if self.outcome else None
        return LikenessFacts(Judging(self.state), outcome, self.judged_by_id)


class Stayed(models.Model):
    """A case that a run could not compare. ``batch``: in which; ``reason``: why, as a sentence."""

    case = models.OneToOneField("cases.Case", primary_key=True, on_delete=models.CASCADE, related_name="+")
    batch = models.CharField(max_length=32)
    reason = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} ({self.batch})"


class HitJudgement(models.Model):
    """What one person made of a hit; never changed, only followed by another.

    ``record``: the reason, sealed, whose SHA-256 is ``action_hash``. ``about``: what the hit was at the time.
    ``confirms``: the judgement that this one answers as the second person's.
    """

    uid = models.CharField(primary_key=True, max_length=32)
    hit = models.ForeignKey(Hit, on_delete=models.CASCADE, related_name="judgements")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=9)
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    action_hash = models.CharField(max_length=64)
    confirms = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="answer"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(verdict__in=_VERDICTS), name="hit_verdict_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.uid} ({self.verdict})"


class HandOver(models.Model):
    """That vetting was told. ``told``: a hash of which hits stood how, so that news shows as news."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    evidence = models.ForeignKey("vetting.Evidence", on_delete=models.PROTECT, related_name="+")
    told = models.CharField(max_length=64)
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.told
