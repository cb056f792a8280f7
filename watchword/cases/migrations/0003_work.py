# SPDX-License-Identifier: AGPL-3.0-or-later
"""How officers work on a case: how far each has read, notes, and tasks with a day."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0002_calls'),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Note',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='cases.case')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
            ],
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('read_to', models.PositiveBigIntegerField()),
                ('before', models.PositiveBigIntegerField()),
                ('before_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='looks', to='cases.case')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'staff'), name='look_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('kind', models.SlugField(max_length=32)),
                ('at', models.DateTimeField()),
                ('remind', models.DateField()),
                ('due', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.SlugField(blank=True, max_length=16)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='cases.case')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('given_to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('note', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.note')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('remind__lte', models.F('due'))), name='task_reminds_before_it_is_due'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('outcome', '')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('outcome__in', ['done', 'dropped'])), _connector='OR'), name='task_is_ended_by_somebody')],
            },
        ),
    ]
