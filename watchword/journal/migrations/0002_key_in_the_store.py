# SPDX-License-Identifier: AGPL-3.0-or-later
"""The key of a case lies in the key store; the table keeps its name alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0001_initial"),
    ]

    operations = [
        migrations.RemoveField(model_name="casekey", name="key"),
        migrations.AddField(
            model_name="casekey",
            name="key",
            field=models.CharField(default="", max_length=32),
            preserve_default=False,
        ),
    ]
