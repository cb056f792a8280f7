# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changes of roles by two administrators; epochs that are due; who re-wraps."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_passkeys"),
    ]

    operations = [
        migrations.AddField(
            model_name="rolekey",
            name="named_by",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="rolekey",
            name="stale",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="RewrapRun",
            fields=[
                ("role", models.SlugField(max_length=32, primary_key=True, serialize=False)),
                ("token", models.CharField(max_length=32)),
                ("total", models.PositiveIntegerField()),
                ("left", models.PositiveIntegerField()),
                ("beat", models.DateTimeField()),
                ("ended", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.staff"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoleProposal",
            fields=[
                ("uid", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("role", models.SlugField(max_length=32)),
                (
                    "change",
                    models.CharField(
                        choices=[("grant", "GRANT"), ("revoke", "REVOKE"), ("revoked", "REVOKED")],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "OPEN"), ("confirmed", "CONFIRMED"), ("dropped", "DROPPED")],
                        max_length=12,
                    ),
                ),
                ("proposed", models.DateTimeField()),
                ("reason", models.CharField(max_length=300)),
                ("settled", models.DateTimeField(null=True)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.staff"
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.staff",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_proposals",
                        to="accounts.staff",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("staff", "role", "change"),
                        name="one_open_proposal_per_change_of_a_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proposed_by", models.F("staff")), _negated=True),
                        name="nobody_proposes_his_own_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            models.Q(
                                ("settled_by__isnull", False),
                                models.Q(("settled_by", models.F("proposed_by")), _negated=True),
                                models.Q(("settled_by", models.F("staff")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="another_administrator_confirms_a_role",
                    ),
                ],
            },
        ),
    ]
