# SPDX-License-Identifier: AGPL-3.0-or-later
"""Passkeys, and sessions that lock without ending."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="staffsession",
            name="stub",
            # A session of before has none: it ends when it would have locked.
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="staffsession",
            name="public",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                ("uid", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("credential", models.CharField(max_length=1400, unique=True)),
                ("public_key", models.BinaryField()),
                ("site", models.CharField(max_length=255)),
                ("claim_proof", models.BinaryField()),
                ("sealed_keys", models.BinaryField(null=True)),
                ("name", models.CharField(max_length=60)),
                ("sign_count", models.BigIntegerField(default=0)),
                ("added", models.DateTimeField()),
                ("used", models.DateTimeField(null=True)),
                ("revoked", models.DateTimeField(null=True)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passkeys",
                        to="accounts.staff",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SpentTicket",
            fields=[
                ("uid", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("until", models.DateTimeField()),
            ],
        ),
    ]
