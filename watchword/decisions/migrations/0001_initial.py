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
            name='Proposal',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('stage', models.SlugField(max_length=32)),
                ('round', models.PositiveIntegerField()),
                ('outcome', models.SlugField(max_length=32)),
                ('state', models.CharField(choices=[('open', 'open'), ('voted', 'voted'), ('countersigned', 'countersigned'), ('returned', 'returned'), ('withdrawn', 'withdrawn')], default='open', max_length=16)),
                ('at', models.DateTimeField()),
                ('action_hash', models.CharField(max_length=64)),
                ('independent_grounds', models.PositiveIntegerField()),
                ('quorum', models.PositiveIntegerField()),
                ('panel', models.CharField(default='any', max_length=8)),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'voted'])), fields=('case',), name='one_question_at_a_time'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'voted', 'countersigned', 'returned', 'withdrawn'])), name='proposal_state_is_known'), models.CheckConstraint(condition=models.Q(('outcome__in', ('accept', 'accept-after-reply', 'accept-on-appeal', 'accept-on-conditions-on-appeal', 'accept-with-conditions', 'defer', 'rerun')), ('independent_grounds__gte', 1), _connector='OR'), name='no_refusal_is_proposed_on_weak_grounds_alone'), models.CheckConstraint(condition=models.Q(('quorum__gte', 2)), name='a_board_is_more_than_one'), models.CheckConstraint(condition=models.Q(('panel__in', ['any', 'others']), models.Q(('panel', 'new'), ('quorum__gte', 3)), _connector='OR'), name='an_appeal_is_decided_by_three')],
            },
        ),
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
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('outcome', models.SlugField(max_length=32)),
                ('at', models.DateTimeField()),
                ('action_hash', models.CharField(max_length=64)),
                ('independent_grounds', models.PositiveIntegerField()),
                ('until', models.DateField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('countersigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='decision', to='decisions.proposal')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('countersigned_by', models.F('proposed_by')), _negated=True), name='nobody_countersigns_his_own_proposal'), models.CheckConstraint(condition=models.Q(('outcome__in', ('accept', 'accept-after-reply', 'accept-on-appeal', 'accept-on-conditions-on-appeal', 'accept-with-conditions', 'defer', 'rerun')), ('independent_grounds__gte', 1), _connector='OR'), name='no_refusal_on_weak_grounds_alone')],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='decisions.proposal')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('proposal', 'staff'), name='one_vote_each')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('finding', models.CharField(max_length=8)),
                ('at', models.DateTimeField()),
                ('until', models.DateField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='decisions.decision')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('finding', 'kept'), ('until__isnull', False)), models.Q(('finding__in', ['lifted', 'breached']), ('until', None)), _connector='OR'), name='conditions_that_stay_come_up_again'), models.UniqueConstraint(fields=('decision', 'number'), name='one_review_after_another')],
            },
        ),
    ]
