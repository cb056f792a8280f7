# SPDX-License-Identifier: AGPL-3.0-or-later
"""Splitting anew what is in custody, when a seat is distrusted."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0002_kept_to_its_end'),
        ('custody', '0001_initial'),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Resplit',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('seats', models.JSONField()),
                ('epochs', models.JSONField()),
                ('reason', models.CharField(max_length=300)),
                ('stage', models.CharField(choices=[('proposed', 'PROPOSED'), ('confirmed', 'CONFIRMED'), ('dropped', 'DROPPED'), ('ended', 'ENDED')], max_length=12)),
                ('proposed', models.DateTimeField()),
                ('settled', models.DateTimeField(null=True)),
                ('ended', models.DateTimeField(null=True)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
        ),
        migrations.CreateModel(
            name='AsItWas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.JSONField()),
                ('at', models.DateTimeField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='custody.batch')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('resplit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='as_it_was', to='custody.resplit')),
            ],
        ),
        migrations.CreateModel(
            name='Anew',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vault.sealedrecord')),
                ('resplit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='anew', to='custody.resplit')),
            ],
        ),
        migrations.AddField(
            model_name='batch',
            name='ceremony',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='custody.resplit'),
        ),
        migrations.AddConstraint(
            model_name='resplit',
            constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['proposed', 'confirmed'])), fields=('stage',), name='one_splitting_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='resplit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['confirmed', 'ended']), _negated=True), models.Q(('settled_by__isnull', False), models.Q(('settled_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='another_administrator_confirms_a_splitting'),
        ),
        migrations.AddConstraint(
            model_name='asitwas',
            constraint=models.UniqueConstraint(fields=('resplit', 'case'), name='one_reason_per_splitting_and_case'),
        ),
        migrations.AddConstraint(
            model_name='anew',
            constraint=models.UniqueConstraint(fields=('resplit', 'record'), name='one_note_per_splitting_and_record'),
        ),
    ]
