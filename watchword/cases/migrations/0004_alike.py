# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which applications are alike, and where their sketches lie."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_work"),
    ]

    operations = [
        migrations.CreateModel(
            name="SketchSheet",
            fields=[
                ("compartment", models.SlugField(max_length=32, primary_key=True, serialize=False)),
                ("uid", models.CharField(max_length=32, unique=True)),
                ("record", models.CharField(blank=True, max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Likeness",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="likeness",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("agree", models.PositiveSmallIntegerField()),
                ("short", models.BooleanField()),
                ("apart", models.BooleanField(default=False)),
                ("current", models.BooleanField(default=True)),
                (
                    "first",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("agree__lte", 100)), name="agree_is_of_a_hundred"
                    )
                ],
            },
        ),
    ]
