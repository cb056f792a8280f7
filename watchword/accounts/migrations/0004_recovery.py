# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recoveries: asked for by the person, approved by two administrators."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


def _staff(**more: object) -> models.ForeignKey:
    return models.ForeignKey(to="accounts.staff", **more)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0003_two_administrators"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("uid", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("claim", models.CharField(max_length=64)),
                ("number", models.CharField(max_length=8)),
                ("asked", models.DateTimeField()),
                ("seconded", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    _staff(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+"),
                ),
                (
                    "seconded_by",
                    _staff(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+"),
                ),
                ("staff", _staff(on_delete=django.db.models.deletion.CASCADE, related_name="recoveries")),
            ],
            options={
                "constraints": [
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
                ],
            },
        ),
    ]
