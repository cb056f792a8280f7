# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first tables."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='RequestCounter',
            fields=[
                ('gate', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('value', models.PositiveBigIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
        ),
    ]
