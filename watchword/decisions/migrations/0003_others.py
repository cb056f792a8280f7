# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who decides after whom, and conditions that are looked at again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0001_first'),
        ('decisions', '0002_dossier'),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('finding', models.CharField(max_length=8)),
                ('at', models.DateTimeField()),
                ('until', models.DateField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='no_refusal_on_weak_grounds_alone',
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='no_refusal_is_proposed_on_weak_grounds_alone',
        ),
        migrations.AddField(
            model_name='proposal',
            name='panel',
            field=models.CharField(default='any', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ('accept', 'accept-after-reply', 'accept-on-appeal', 'accept-on-conditions-on-appeal', 'accept-with-conditions', 'defer', 'rerun')), ('independent_grounds__gte', 1), _connector='OR'), name='no_refusal_on_weak_grounds_alone'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ('accept', 'accept-after-reply', 'accept-on-appeal', 'accept-on-conditions-on-appeal', 'accept-with-conditions', 'defer', 'rerun')), ('independent_grounds__gte', 1), _connector='OR'), name='no_refusal_is_proposed_on_weak_grounds_alone'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('panel__in', ['any', 'others']), models.Q(('panel', 'new'), ('quorum__gte', 3)), _connector='OR'), name='an_appeal_is_decided_by_three'),
        ),
        migrations.AddField(
            model_name='review',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff'),
        ),
        migrations.AddField(
            model_name='review',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='review',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='decisions.decision'),
        ),
        migrations.AddField(
            model_name='review',
            name='record',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finding', 'kept'), ('until__isnull', False)), models.Q(('finding__in', ['lifted', 'breached']), ('until', None)), _connector='OR'), name='conditions_that_stay_come_up_again'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('decision', 'number'), name='one_review_after_another'),
        ),
    ]
