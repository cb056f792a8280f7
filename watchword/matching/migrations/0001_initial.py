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
            name='Asking',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cases.case')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
            ],
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('shared', models.JSONField()),
                ('unshared', models.JSONField()),
                ('likeness', models.CharField(max_length=8)),
                ('found', models.DateTimeField()),
                ('state', models.CharField(default='open', max_length=6)),
                ('outcome', models.CharField(blank=True, max_length=9)),
                ('judged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('seconded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='one_link_between_two'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='a_link_has_one_direction'), models.CheckConstraint(condition=models.Q(models.Q(('judged_by', None), ('outcome', ''), ('seconded_by', None), ('state', 'open')), models.Q(('judged_by__isnull', False), ('outcome', ''), ('seconded_by', None), ('state', 'second')), models.Q(('judged_by__isnull', False), ('outcome__in', ['same', 'different', 'unsure']), ('state', 'judged')), _connector='OR'), name='link_state_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['same', 'different']), _negated=True), models.Q(('seconded_by__isnull', False), models.Q(('seconded_by', models.F('judged_by')), _negated=True)), _connector='OR'), name='who_two_cases_are_takes_two_to_say')],
            },
        ),
        migrations.CreateModel(
            name='LinkJudgement',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('verdict', models.CharField(max_length=9)),
                ('action_hash', models.CharField(max_length=64)),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('confirms', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answer', to='matching.linkjudgement')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='matching.link')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['same', 'different', 'unsure'])), name='link_verdict_is_known'), models.UniqueConstraint(fields=('link', 'number'), name='one_judgement_at_a_time')],
            },
        ),
    ]
