# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first tables."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0001_initial'),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('kind', models.SlugField(max_length=32)),
                ('guideline', models.CharField(max_length=8)),
                ('source_grade', models.CharField(max_length=1)),
                ('information_grade', models.CharField(max_length=1)),
                ('disclosure', models.CharField(max_length=6)),
                ('bearing', models.CharField(max_length=7)),
                ('result', models.SlugField(blank=True, max_length=32)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('source_grade__in', ['A', 'B', 'C', 'D', 'E', 'F'])), name='evidence_source_is_graded'), models.CheckConstraint(condition=models.Q(('information_grade__in', ['1', '2', '3', '4', '5', '6'])), name='evidence_information_is_graded'), models.CheckConstraint(condition=models.Q(('disclosure__in', ['open', 'closed'])), name='evidence_is_open_or_closed'), models.CheckConstraint(condition=models.Q(('bearing__in', ['for', 'against', 'neither'])), name='evidence_bearing_is_said')],
            },
        ),
    ]
