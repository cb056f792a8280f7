# SPDX-License-Identifier: AGPL-3.0-or-later
"""The case itself, what came in and went out, and who takes part in it."""

from dataclasses import replace

from django.db import models
from django.db.models import Q

from watchword import profiles
from watchword.cases import rules

LISTED = [
    *("-danger_declared", "received", "code"),
    *("stage", "keeper", "uid", "profile", "profile_version", "continued_in", "closed_at", "stage_since"),
]


class Case(models.Model):
    """One applicant's matter, known by its code; everything the applicant wrote lies sealed in the vault."""

    uid = models.CharField(primary_key=True, max_length=32)
    code = models.CharField(max_length=10, unique=True)
    profile = models.SlugField(max_length=32)
    profile_version = models.PositiveIntegerField()
    # Neither stage nor keeper is indexed by itself: a database would begin with that, and sort what the index
    # of the list has in order.
    stage = models.SlugField(max_length=32, db_index=False)
    stage_since = models.DateTimeField()
    # How many letters had come in when the stage began: a reply is one more, also within the same minute.
    heard_before = models.PositiveIntegerField(default=0)
    keeper = models.ForeignKey(
        "accounts.Staff", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # Both stay empty until intake has opened the routing compartment, and that opening is in the ledger.
    language = models.CharField(max_length=8, blank=True)
    mailbox_recipient = models.TextField(blank=True)
    danger_declared = models.BooleanField(default=False)
    received = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    # The case in which this one goes on, as one of the same person; parted, it is as it was.
    continued_in = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="continued", db_index=False
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(stage=""), name="case_stage_is_named"),
            models.CheckConstraint(condition=Q(version__gte=1), name="case_version_counts_from_one"),
        ]
        # The list in its order, with all that narrows it to what somebody may know of, and all that it shows
        # of a case: nothing else is read of the many rows between those that are shown.
        indexes = [
            models.Index(
                fields=LISTED,
                condition=Q(closed_at=None, continued_in=None),
                name="case_open_in_order",
            ),
            models.Index(
                fields=LISTED,
                condition=Q(closed_at__isnull=False, continued_in=None),
                name="case_closed_in_order",
            ),
            models.Index(fields=["profile", "profile_version"], name="case_by_procedure"),
            # What one person keeps. Without those that nobody keeps, which a list would begin with.
            models.Index(
                fields=["keeper"],
                condition=Q(closed_at=None, keeper__isnull=False),
                name="case_kept_by",
            ),
            # What one person kept to its end: whoever opens that now is told to them, too.
            models.Index(
                fields=["keeper", "received"],
                condition=Q(closed_at__isnull=False, keeper__isnull=False),
                name="case_kept_to_its_end",
            ),
            # Only of the few that go on elsewhere: a database would begin the list with one of all.
            models.Index(
                fields=["continued_in"], condition=Q(continued_in__isnull=False), name="case_that_goes_on"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def standing(self) -> rules.Standing:
        """The few facts that the rules ask about; for a case that goes on in another, those of that one."""
        if self.continued_in is not None:
            leading = self.continued_in.standing()
            closed = leading.closed or self.closed_at is not None
            return replace(
                leading,
                code=self.code,
                closed=closed,
                reachable=bool(self.mailbox_recipient),
                continued_in=leading.code,
            )
        joined = (self, *self.continued.all())
        return rules.Standing(
            code=self.code,
            seen_by=profiles.load(self.profile, self.profile_version).stage(self.stage).seen_by,
            keeper=self.keeper_id,
            # A tie in one of two cases of the same person is a tie in both.
            ties=frozenset(tie.staff_id for one in joined for tie in one.ties.all()),
            colleagues=frozenset(row.staff_id for row in self.colleagues.all()),
            closed=self.closed_at is not None,
            reachable=bool(self.mailbox_recipient),
        )


class Arrival(models.Model):
    """A parcel that was taken in; the courier may bring it twice, and the second time nothing happens."""

    parcel = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="arrivals")
    kind = models.SlugField(max_length=16)
    at = models.DateTimeField()


class Letter(models.Model):
    """One letter between Desk and applicant; its text lies sealed in ``record``."""

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    direction = models.CharField(
        max_length=3, choices=[("in", "from the applicant"), ("out", "to the applicant")]
    )
    number = models.PositiveIntegerField()
    kind = models.SlugField(max_length=32)
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    parcel = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    needs_answer = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "direction", "number"], name="letter_number_once"),
            models.CheckConstraint(condition=Q(direction__in=["in", "out"]), name="letter_goes_in_or_out"),
        ]
        indexes = [
            models.Index(
                fields=["case"], condition=Q(direction="in", read_at=None), name="letter_to_be_read"
            ),
            models.Index(
                fields=["case"],
                condition=Q(needs_answer=True, answered_at=None),
                name="letter_to_be_answered",
            ),
        ]


class Outgoing(models.Model):
    """A letter sealed to the applicant's mailbox that waits for the courier; emptied once it is delivered."""

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="outgoing")
    number = models.PositiveIntegerField()
    kind = models.SlugField(max_length=32)
    sealed = models.BinaryField()
    created = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="outgoing_number_once")]


class Call(models.Model):
    """Something an applicant called out for a human to see first; what it is about lies sealed in ``record``.

    Nothing happens by itself: somebody takes it, reads it, and answers with a signed letter.
    """

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="calls")
    kind = models.SlugField(max_length=16)
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_by = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None, answered_at=None)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="call_is_answered_by_who_took_it",
            )
        ]


class Tie(models.Model):
    """A member of staff who knows the applicant, or may: recused from this case for good (law 4)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ties")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    kind = models.SlugField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="tie_once_per_person")]


class Colleague(models.Model):
    """Somebody of vetting whom the keeper asked into this one case: a second interviewer or reader."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="colleagues")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="colleague_once_per_case")]


class EvidenceMark(models.Model):
    """That somebody recorded evidence of a kind: what the rules count, without the evidence."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="marks")
    kind = models.SlugField(max_length=32)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
