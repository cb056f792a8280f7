# SPDX-License-Identifier: AGPL-3.0-or-later
"""A change of version that waits for a second person."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0004_alike'),
    ]

    operations = [
        migrations.CreateModel(
            name='VersionProposal',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('to_version', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('ended', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff'
                )),
                ('case', models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name='version_proposals',
                    to='cases.case',
                )),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(
                        condition=models.Q(('ended', None)), fields=('case',), name='one_version_at_a_time'
                    )
                ],
            },
        ),
    ]
