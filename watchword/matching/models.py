# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk keeps of second applications in clear: which two cases, and what kinds of things agree.

No key and no token lies here: those are the matcher's. Two uids say nothing without their cases.
"""

from django.db import models
from django.db.models import F, Q

from watchword.cases.rules.judged import Judging, LikenessFacts, Verdict
from watchword.core.linkage import Kind, Likeness

_OPEN, _SECOND, _JUDGED = (state.value for state in (Judging.OPEN, Judging.SECOND, Judging.JUDGED))
_VERDICTS = [verdict.value for verdict in Verdict]
_DECIDED = [Verdict.SAME.value, Verdict.DIFFERENT.value]


class Asking(models.Model):
    """That the matcher holds the keys of a case and was asked about it. ``identity``: of which answers."""

    case = models.OneToOneField("cases.Case", primary_key=True, on_delete=models.CASCADE, related_name="+")
    identity = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.case_id)


class Link(models.Model):
    """Two cases that share match-keys; ``one`` has the smaller uid. ``shared``, ``unshared``: kinds."""

    uid = models.CharField(primary_key=True, max_length=32)
    one = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    shared = models.JSONField()
    unshared = models.JSONField()
    likeness = models.CharField(max_length=8)
    found = models.DateTimeField()
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
            models.UniqueConstraint(fields=("one", "other"), name="one_link_between_two"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_link_has_one_direction"),
            models.CheckConstraint(
                condition=Q(state=_OPEN, outcome="", judged_by=None, seconded_by=None)
                | Q(state=_SECOND, outcome="", judged_by__isnull=False, seconded_by=None)
                | Q(state=_JUDGED, outcome__in=_VERDICTS, judged_by__isnull=False),
                name="link_state_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=_DECIDED)
                | Q(seconded_by__isnull=False) & ~Q(seconded_by=F("judged_by")),
                name="who_two_cases_are_takes_two_to_say",
            ),
        )

    def __str__(self) -> str:
        return f"{self.uid} ({self.state})"

    def facts(self) -> LikenessFacts:
        """What the rules ask."""
        outcome = Verdict(self.outcome) if self.outcome else None
        return LikenessFacts(Judging(self.state), outcome, self.judged_by_id)

    def beside(self, case_uid: str) -> str:
        """The uid of the other case."""
        return str(self.other_id if self.one_id == case_uid else self.one_id)

    @property
    def kinds(self) -> tuple[list[Kind], list[Kind]]:
        """What agrees, and what differs, in the order of kinds."""
        return [one for one in Kind if one in self.shared], [one for one in Kind if one in self.unshared]

    @property
    def like(self) -> Likeness:
        """How much speaks for one person."""
        return Likeness(self.likeness)


class LinkJudgement(models.Model):
    """What one person made of a link; never changed, only followed by another.

    ``record``: the reason, sealed, whose SHA-256 is ``action_hash``. ``confirms``: the judgement that this
    one answers as the second person's.
    """

    uid = models.CharField(primary_key=True, max_length=32)
    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="judgements")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=9)
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    action_hash = models.CharField(max_length=64)
    confirms = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="answer"
    )
    number = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(verdict__in=_VERDICTS), name="link_verdict_is_known"),
            models.UniqueConstraint(fields=("link", "number"), name="one_judgement_at_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.uid} ({self.verdict})"
