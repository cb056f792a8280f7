# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two cases of one person that go on as one, when two officers want it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0006_agreed'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='continued_in',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued', to='cases.case'),
        ),
        migrations.CreateModel(
            name='Joining',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('parting', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('action_hash', models.CharField(max_length=64)),
                ('outcome', models.SlugField(blank=True, max_length=16)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joinings', to='cases.case')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('leading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joinings_here', to='cases.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('case',), name='one_open_joining_per_case'), models.CheckConstraint(condition=models.Q(('case', models.F('leading')), _negated=True), name='joining_is_of_two_cases'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('outcome', '')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('outcome', 'dropped')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('outcome', 'confirmed'), models.Q(('ended_by', models.F('by')), _negated=True)), _connector='OR'), name='joining_is_confirmed_by_another')],
            },
        ),
    ]
