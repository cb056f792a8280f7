# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ended cases are found by who kept them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False), ("keeper__isnull", False)),
                fields=["keeper", "received"],
                name="case_kept_to_its_end",
            ),
        ),
    ]
