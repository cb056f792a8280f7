# SPDX-License-Identifier: AGPL-3.0-or-later
"""One case on paper."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0001_first'),
        ('vault', '0001_initial'),
        ('decisions', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dossier',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('compartments', models.JSONField()),
                ('purpose', models.SlugField(max_length=16)),
                ('records', models.PositiveIntegerField()),
                ('state', models.CharField(default='asked', max_length=16)),
                ('at', models.DateTimeField()),
                ('salt', models.CharField(max_length=32)),
                ('action_hash', models.CharField(max_length=64)),
                ('signed_at', models.DateTimeField(null=True)),
                ('taken_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'signed'])), fields=('case',), name='one_dossier_at_a_time'), models.CheckConstraint(condition=models.Q(('signed_by', models.F('asked_by')), _negated=True), name='nobody_lets_his_own_dossier_leave'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['signed', 'taken']), _negated=True), ('signed_by__isnull', False), _connector='OR'), name='no_dossier_leaves_unsigned')],
            },
        ),
    ]
