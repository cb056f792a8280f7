# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Doomed",
            fields=[("name", models.CharField(max_length=32, primary_key=True, serialize=False))],
        ),
    ]
