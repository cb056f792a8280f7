# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk keeps of screening in clear: which lists, in which version, judged by whom. No name, no key.

The key of a listed record says who the applicant is if the two are the same person. A hash of it, keyed or
not, would say so to whoever holds this machine and the lists, so the key lies in the seal alone; to recognise
a hit in the next version of a list, the officer's own key opens the hits that are there.
"""

from django.db import models
from django.db.models import F, Q

from watchword.cases.rules.judged import Judging, LikenessFacts, Verdict

REASONS = ("new", "delta")
_OPEN, _SECOND, _JUDGED = (state.value for state in (Judging.OPEN, Judging.SECOND, Judging.JUDGED))
_VERDICTS = [verdict.value for verdict in Verdict]


class ScreeningRun(models.Model):
    """The ``number``-th comparison of one applicant. ``identity``: which answers; ``lists``: which versions.

    ``reason``: "new" against everything, "delta" against what changed since the run before.
    """

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
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
    """A listed record that resembles the applicant. ``record``: both sides and the comparison, sealed."""

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    list_id = models.SlugField(max_length=64)
    list_version = models.PositiveIntegerField()
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
        )

    def __str__(self) -> str:
        return f"{self.uid} ({self.state})"

    def facts(self) -> LikenessFacts:
        """What the rules ask."""
        outcome = Verdict(self.outcome) if self.outcome else None
        return LikenessFacts(Judging(self.state), outcome, self.judged_by_id)


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
