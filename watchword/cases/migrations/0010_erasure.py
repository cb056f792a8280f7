# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is sealed in a case is destroyed when two people want it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_recovery'),
        ('cases', '0009_several'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('outcome', models.SlugField(blank=True, max_length=16)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='erasures', to='cases.case')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('case',), name='one_open_erasure_per_case'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('outcome', '')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('outcome', 'dropped')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('outcome', 'confirmed'), models.Q(('ended_by', models.F('by')), _negated=True)), _connector='OR'), name='erasure_is_confirmed_by_another')],
            },
        ),
    ]
