# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls of applicants that a human sees first."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("cases", "0001_first"), ("vault", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                ("uid", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("kind", models.SlugField(max_length=16)),
                ("at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="cases.case"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.sealedrecord"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.staff",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(taken_by=None, taken_at=None, answered_at=None)
                        | models.Q(taken_by__isnull=False, taken_at__isnull=False),
                        name="call_is_answered_by_who_took_it",
                    )
                ]
            },
        )
    ]
