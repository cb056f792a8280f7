# SPDX-License-Identifier: AGPL-3.0-or-later
"""Choices from the list that somebody keeps, and the same act for several cases."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_recovery'),
        ('cases', '0008_lists'),
    ]

    operations = [
        migrations.AddField(
            model_name='offer',
            name='reason',
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('act', models.CharField(max_length=16)),
                ('at', models.DateTimeField()),
                ('arranged', models.BooleanField(default=False)),
                ('letter', models.CharField(blank=True, max_length=32)),
                ('ready', models.CharField(blank=True, max_length=32)),
                ('task', models.CharField(blank=True, max_length=32)),
                ('due', models.DateField(null=True)),
                ('remind', models.DateField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.staff')),
                ('given_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
        ),
        migrations.CreateModel(
            name='BatchCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed', models.BooleanField(null=True)),
                ('reason', models.CharField(blank=True, max_length=16)),
                ('seen', models.CharField(blank=True, max_length=32)),
                ('outcome', models.CharField(blank=True, max_length=16)),
                ('why', models.JSONField(default=dict)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='cases.batch')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='SavedChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('stage', models.CharField(blank=True, max_length=32)),
                ('keeper', models.CharField(blank=True, max_length=32)),
                ('clock', models.CharField(blank=True, max_length=16)),
                ('flag', models.CharField(blank=True, max_length=16)),
                ('turn', models.CharField(blank=True, max_length=16)),
                ('unread', models.BooleanField(default=False)),
                ('closed', models.BooleanField(default=False)),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.staff')),
            ],
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['hand', 'letter', 'task'])), name='batch_is_of_an_act'),
        ),
        migrations.AddConstraint(
            model_name='batchcase',
            constraint=models.UniqueConstraint(fields=('batch', 'case'), name='case_once_in_a_batch'),
        ),
        migrations.AddConstraint(
            model_name='batchcase',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'done', 'refused'])), name='batch_case_ends_in_one_way'),
        ),
        migrations.AddConstraint(
            model_name='batchcase',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', ''), ('agreed', True), _connector='OR'), name='batch_case_was_agreed_to_first'),
        ),
        migrations.AddConstraint(
            model_name='savedchoice',
            constraint=models.UniqueConstraint(fields=('staff', 'number'), name='one_choice_of_a_number'),
        ),
        migrations.AddConstraint(
            model_name='savedchoice',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 9)), name='choice_has_a_key'),
        ),
    ]
