# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of the board."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0001_first'),
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
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
            ],
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
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'voted'])), fields=('case',), name='one_question_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'voted', 'countersigned', 'returned', 'withdrawn'])), name='proposal_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ('accept', 'accept-after-reply', 'accept-with-conditions', 'defer')), ('independent_grounds__gte', 1), _connector='OR'), name='no_refusal_is_proposed_on_weak_grounds_alone'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('quorum__gte', 2)), name='a_board_is_more_than_one'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('countersigned_by', models.F('proposed_by')), _negated=True), name='nobody_countersigns_his_own_proposal'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ('accept', 'accept-after-reply', 'accept-with-conditions', 'defer')), ('independent_grounds__gte', 1), _connector='OR'), name='no_refusal_on_weak_grounds_alone'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.UniqueConstraint(fields=('proposal', 'staff'), name='one_vote_each'),
        ),
    ]
