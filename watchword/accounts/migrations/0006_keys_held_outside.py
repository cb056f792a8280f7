# SPDX-License-Identifier: AGPL-3.0-or-later
"""A seat's key may be born on its holder's own machine: then there is no copy of it here."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_mandates"),
    ]

    operations = [
        migrations.AddField(
            model_name="rolekey",
            name="held_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.staff"
            ),
        ),
        migrations.AddField(
            model_name="rolekey",
            name="answers_key",
            field=models.CharField(blank=True, max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="rolekey",
            constraint=models.CheckConstraint(
                condition=Q(held_by=None, answers_key="") | Q(held_by__isnull=False) & ~Q(answers_key=""),
                name="a_key_held_outside_has_a_holder_who_signs",
            ),
        ),
    ]
