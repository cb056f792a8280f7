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
        ('vetting', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Stayed',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cases.case')),
                ('batch', models.CharField(max_length=32)),
                ('reason', models.JSONField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vetting.evidence')),
            ],
        ),
        migrations.CreateModel(
            name='ScreeningRun',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('batch', models.CharField(max_length=32)),
                ('number', models.PositiveIntegerField()),
                ('reason', models.CharField(max_length=5)),
                ('lists', models.JSONField()),
                ('table_version', models.PositiveIntegerField()),
                ('cut_off', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ('new', 'delta'))), name='screening_reason_is_known'), models.UniqueConstraint(fields=('case', 'number'), name='one_comparison_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Hit',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('list_id', models.SlugField(max_length=64)),
                ('list_version', models.PositiveIntegerField()),
                ('tag', models.CharField(max_length=64)),
                ('words', models.CharField(max_length=64)),
                ('state', models.CharField(default='open', max_length=6)),
                ('outcome', models.CharField(blank=True, max_length=9)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('judged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('seconded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('first_run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='screening.screeningrun')),
                ('last_run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='screening.screeningrun')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('judged_by', None), ('outcome', ''), ('seconded_by', None), ('state', 'open')), models.Q(('judged_by__isnull', False), ('outcome', ''), ('seconded_by', None), ('state', 'second')), models.Q(('judged_by__isnull', False), ('outcome__in', ['same', 'different', 'unsure']), ('state', 'judged')), _connector='OR'), name='hit_state_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'same'), _negated=True), ('seconded_by__isnull', False), _connector='OR'), name='the_same_person_takes_two_to_say'), models.CheckConstraint(condition=models.Q(('seconded_by', None), models.Q(('seconded_by', models.F('judged_by')), _negated=True), _connector='OR'), name='nobody_seconds_his_own_judgement'), models.UniqueConstraint(fields=('case', 'list_id', 'tag'), name='a_listed_person_is_one_hit')],
            },
        ),
        migrations.CreateModel(
            name='HitJudgement',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('verdict', models.CharField(max_length=9)),
                ('action_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('about', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('confirms', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answer', to='screening.hitjudgement')),
                ('hit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='screening.hit')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['same', 'different', 'unsure'])), name='hit_verdict_is_known')],
            },
        ),
    ]
