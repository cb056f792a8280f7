# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one person did on one day is found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_key_in_the_store"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entrydetail", name="actor", field=models.CharField(max_length=36)
        ),
        migrations.AddIndex(
            model_name="entrydetail",
            index=models.Index(fields=["actor", "at"], name="detail_by_actor_and_time"),
        ),
    ]
