# SPDX-License-Identifier: AGPL-3.0-or-later
"""The auditors' book."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='WatchBook',
            fields=[
                ('only', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('uid', models.CharField(max_length=32)),
                ('key', models.CharField(max_length=32)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('only', 1)), name='one_book')],
            },
        ),
    ]
