# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each header lies under a key of its case; the table has the key's name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("vault", "0002_age_of_headers"),
    ]

    operations = [
        migrations.AddField(
            model_name="sealedrecord",
            name="key",
            field=models.CharField(default="", max_length=32),
            preserve_default=False,
        ),
    ]
