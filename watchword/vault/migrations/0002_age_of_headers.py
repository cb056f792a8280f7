# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is left to seal to a new key is found quickly, and what no key opens is noted."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("vault", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unopenable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.SlugField(max_length=32)),
                ("manifest_version", models.PositiveIntegerField()),
                ("damaged", models.BooleanField()),
            ],
        ),
        migrations.AddIndex(
            model_name="sealedrecord",
            index=models.Index(fields=["compartment", "manifest_version"], name="record_by_age_of_header"),
        ),
        migrations.AddField(
            model_name="unopenable",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="vault.sealedrecord"
            ),
        ),
        migrations.AddConstraint(
            model_name="unopenable",
            constraint=models.UniqueConstraint(
                fields=("record", "role"), name="one_note_per_record_and_role"
            ),
        ),
    ]
