# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk keeps of a board's work in clear: codes, hashes and minutes; reasons and votes lie sealed.

The constraints here and the guards in ``triggers.py`` hold laws 1, 3 and 4 where no service can forget them.
Rows can be deleted: erasing a case is the applicant's right, and the ledger keeps the hash of what was done.
"""

from django.db import models
from django.db.models import F, Q

from watchword.core.procedure.decision import Panel
from watchword.decisions.dossier import rules as dossier_rules
from watchword.decisions.dossier.rules import DossierFacts
from watchword.decisions.outcomes import KINDER_OUTCOMES
from watchword.decisions.rules import PENDING, ProposalFacts, State

STATES = [state.value for state in State]


class Proposal(models.Model):
    """One question put to the board.

    ``record``: the sealed action, whose SHA-256 is ``action_hash``. ``answer``: why it was returned, sealed.
    """

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    stage = models.SlugField(max_length=32)
    round = models.PositiveIntegerField()
    outcome = models.SlugField(max_length=32)
    state = models.CharField(
        max_length=16, default=State.OPEN.value, choices=[(s.value, s.value) for s in State]
    )
    proposed_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey("vault.SealedRecord", null=True, on_delete=models.PROTECT, related_name="+")
    action_hash = models.CharField(max_length=64)
    independent_grounds = models.PositiveIntegerField()
    quorum = models.PositiveIntegerField()
    panel = models.CharField(max_length=8, default=Panel.ANY.value)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=[state.value for state in PENDING]),
                name="one_question_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="proposal_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=KINDER_OUTCOMES) | Q(independent_grounds__gte=1),
                name="no_refusal_is_proposed_on_weak_grounds_alone",
            ),
            models.CheckConstraint(condition=Q(quorum__gte=2), name="a_board_is_more_than_one"),
            models.CheckConstraint(
                condition=Q(panel__in=["any", "others"]) | Q(panel="new", quorum__gte=3),
                name="an_appeal_is_decided_by_three",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid} ({self.state})"

    def facts(self) -> ProposalFacts:
        """What the rules ask about this proposal, with the staff who have voted."""
        return ProposalFacts(
            stage=self.stage,
            state=State(self.state),
            proposed_by=self.proposed_by_id,
            quorum=self.quorum,
            voters=frozenset(self.votes.values_list("staff_id", flat=True)),
            action_hash=self.action_hash,
            panel=Panel(self.panel),
        )


class Vote(models.Model):
    """One member's sealed ballot; the vault holds ``record`` back from all others until all votes are in."""

    uid = models.CharField(primary_key=True, max_length=32)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="votes")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "staff"], name="one_vote_each")]

    def __str__(self) -> str:
        return self.uid


class Decision(models.Model):
    """A proposal that a second person countersigned; never changed afterwards, only followed by another."""

    uid = models.CharField(primary_key=True, max_length=32)
    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="decision")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    outcome = models.SlugField(max_length=32)
    proposed_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    countersigned_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    action_hash = models.CharField(max_length=64)
    independent_grounds = models.PositiveIntegerField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(countersigned_by=F("proposed_by")), name="nobody_countersigns_his_own_proposal"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=KINDER_OUTCOMES) | Q(independent_grounds__gte=1),
                name="no_refusal_on_weak_grounds_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid} ({self.outcome})"


class Review(models.Model):
    """Somebody looked at the conditions of a decision again; what they saw lies sealed in ``record``."""

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="reviews")
    # Which review of this decision: two of one minute have an order.
    number = models.PositiveIntegerField()
    finding = models.CharField(max_length=8)
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    record = models.ForeignKey("vault.SealedRecord", on_delete=models.PROTECT, related_name="+")
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finding="kept", until__isnull=False)
                | Q(finding__in=["lifted", "breached"], until=None),
                name="conditions_that_stay_come_up_again",
            ),
            models.UniqueConstraint(fields=["decision", "number"], name="one_review_after_another"),
        ]

    def __str__(self) -> str:
        return f"{self.uid} ({self.finding})"


class Dossier(models.Model):
    """That some compartments of one case may leave on paper; what they say is never kept (law 7)."""

    uid = models.CharField(primary_key=True, max_length=32)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    compartments = models.JSONField()
    purpose = models.SlugField(max_length=16)
    records = models.PositiveIntegerField()
    state = models.CharField(max_length=16, default=dossier_rules.State.ASKED.value)
    asked_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    salt = models.CharField(max_length=32)
    action_hash = models.CharField(max_length=64)
    signed_by = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=[state.value for state in dossier_rules.PENDING]),
                name="one_dossier_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(signed_by=F("asked_by")), name="nobody_lets_his_own_dossier_leave"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "taken"]) | Q(signed_by__isnull=False),
                name="no_dossier_leaves_unsigned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid} ({self.state})"

    def facts(self) -> DossierFacts:
        """What the rules ask about this dossier."""
        return DossierFacts(
            dossier_rules.State(self.state), self.asked_by_id, self.action_hash, self.signed_at
        )
