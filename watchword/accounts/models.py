# SPDX-License-Identifier: AGPL-3.0-or-later
"""Staff, their grants, the sealed copies of role keys and the sealed sessions."""

from django.db import models
from django.db.models import F, Q

from watchword.accounts.rules import MANDATES, Change, State


class Staff(models.Model):
    """A person at the Desk, or a service such as the courier; ``uid`` is the pseudonym in the ledger."""

    uid = models.CharField(primary_key=True, max_length=32)
    login = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8, default="en")
    is_service = models.BooleanField(default=False)
    recipient = models.TextField()
    signing_public = models.CharField(max_length=64)
    recipient_proof = models.BinaryField()
    salt = models.BinaryField()
    cost = models.CharField(max_length=40)
    sealed_keys = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    enrolled = models.DateTimeField()
    left = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """One role of one person from one minute to another; rows are ended, not deleted."""

    uid = models.CharField(primary_key=True, max_length=32)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="grants")
    role = models.SlugField(max_length=32)
    granted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    granted = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300)
    revoked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    revoked = models.DateTimeField(null=True)
    revoke_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("staff", "role"), condition=Q(revoked__isnull=True), name="one_live_grant_per_role"
            ),
            # Law 10 where no service can forget it.
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("staff")),
                name="nobody_grants_to_himself",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=MANDATES) | Q(until__isnull=False), name="a_mandate_has_an_end"
            ),
        )


class RoleProposal(models.Model):
    """A change of one person's role that one administrator asks for and another settles; rows stay.

    A role that was taken away at once waits here too, until another administrator has looked at it.
    """

    uid = models.CharField(primary_key=True, max_length=32)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="role_proposals")
    role = models.SlugField(max_length=32)
    change = models.CharField(max_length=12, choices=[(one.value, one.name) for one in Change])
    state = models.CharField(max_length=12, choices=[(one.value, one.name) for one in State])
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    proposed = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300)
    settled_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    settled = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("staff", "role", "change"),
                condition=Q(state=State.OPEN.value),
                name="one_open_proposal_per_change_of_a_role",
            ),
            # The law of two administrators where no service can forget it.
            models.CheckConstraint(condition=~Q(proposed_by=F("staff")), name="nobody_proposes_his_own_role"),
            models.CheckConstraint(
                condition=~Q(state=State.CONFIRMED.value)
                | (Q(settled_by__isnull=False) & ~Q(settled_by=F("proposed_by")) & ~Q(settled_by=F("staff"))),
                name="another_administrator_confirms_a_role",
            ),
        )


class RoleKey(models.Model):
    """The public half of one role's key in one epoch; ``retired`` once a newer epoch has taken over.

    ``stale`` is when a holder of its private half left: a new epoch is due. ``named_by`` is the version of
    the first signed list of keys that is known to name it: a header sealed under it or a later one is new.

    ``held_by``: whose own machine has the private half, of which there is then no copy here; ``answers_key``
    is what that machine signs with (docs/spec/requests.md).
    """

    uid = models.CharField(primary_key=True, max_length=32)
    role = models.SlugField(max_length=32)
    epoch = models.PositiveIntegerField()
    recipient = models.TextField()
    created = models.DateTimeField()
    retired = models.DateTimeField(null=True)
    stale = models.DateTimeField(null=True)
    named_by = models.PositiveIntegerField(default=0)
    held_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    answers_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("role", "epoch"), name="one_key_per_role_and_epoch"),
            models.CheckConstraint(
                condition=Q(held_by=None, answers_key="") | Q(held_by__isnull=False) & ~Q(answers_key=""),
                name="a_key_held_outside_has_a_holder_who_signs",
            ),
        )


class RoleKeyCopy(models.Model):
    """The private half of a role key, sealed to one holder."""

    role_key = models.ForeignKey(RoleKey, on_delete=models.CASCADE, related_name="copies")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="role_key_copies")
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("role_key", "staff"), name="one_copy_per_holder"),)


class RewrapRun(models.Model):
    """Whose session seals a role's records to its new key at this time; what is done stands in the vault.

    Who starts anew writes another ``token``, and the run before stops at its next chunk.
    """

    role = models.SlugField(primary_key=True, max_length=32)
    token = models.CharField(max_length=32)
    by = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    total = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    # Of the last chunk: a run that was killed says nothing more.
    beat = models.DateTimeField()
    ended = models.BooleanField(default=False)


class StaffSession(models.Model):
    """One log-in. The row is useless without the cookie, which gives its name and the key of its payload.

    ``sealed`` holds the keys, and nothing while the session is locked; ``stub`` says whose, and until when.
    """

    uid = models.CharField(primary_key=True, max_length=64)
    handle = models.CharField(max_length=32, unique=True)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="sessions")
    sealed = models.BinaryField()
    stub = models.BinaryField()
    public = models.CharField(max_length=64)
    opened = models.DateTimeField()
    seen = models.DateTimeField()
    until = models.DateTimeField()


class Passkey(models.Model):
    """One credential of one person; ``sealed_keys`` only where the authenticator's secret opens them."""

    uid = models.CharField(primary_key=True, max_length=32)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="passkeys")
    credential = models.CharField(max_length=1400, unique=True)
    public_key = models.BinaryField()
    site = models.CharField(max_length=255)
    claim_proof = models.BinaryField()
    sealed_keys = models.BinaryField(null=True)
    name = models.CharField(max_length=60)
    sign_count = models.BigIntegerField(default=0)
    added = models.DateTimeField()
    used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)


class Recovery(models.Model):
    """Somebody says that they lost their keys. ``claim``: the key of the phrase that they were shown."""

    uid = models.CharField(primary_key=True, max_length=32)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="recoveries")
    claim = models.CharField(max_length=64)
    number = models.CharField(max_length=8)
    asked = models.DateTimeField()
    approved_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    seconded_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    seconded = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            # Never by one, where no service can forget it.
            models.CheckConstraint(
                condition=Q(seconded_by__isnull=True)
                | (Q(approved_by__isnull=False) & ~Q(approved_by=F("seconded_by"))),
                name="two_administrators_approve_a_recovery",
            ),
            models.CheckConstraint(
                condition=(Q(approved_by__isnull=True) | ~Q(approved_by=F("staff")))
                & (Q(seconded_by__isnull=True) | ~Q(seconded_by=F("staff"))),
                name="nobody_approves_his_own_recovery",
            ),
        )


class SpentTicket(models.Model):
    """A challenge that was answered once; kept until it would have ended anyway."""

    uid = models.CharField(primary_key=True, max_length=64)
    until = models.DateTimeField()


class FailedLogIns(models.Model):
    """Failures under one typed log-in, known or not, so that slowing down tells nobody which exist."""

    # A keyed hash: people type passphrases into the wrong field.
    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField(default=0)
    held_until = models.DateTimeField(null=True)
    last = models.DateTimeField()
