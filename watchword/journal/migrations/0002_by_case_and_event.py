# SPDX-License-Identifier: AGPL-3.0-or-later
"""Entries are found by their case and what was done in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="entrydetail",
            index=models.Index(fields=["case", "event"], name="detail_by_case_and_event"),
        ),
    ]
