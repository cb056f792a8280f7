# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first tables."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=10, unique=True)),
                ('profile', models.SlugField(max_length=32)),
                ('profile_version', models.PositiveIntegerField()),
                ('stage', models.SlugField(max_length=32)),
                ('stage_since', models.DateTimeField()),
                ('heard_before', models.PositiveIntegerField(default=0)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('mailbox_recipient', models.TextField(blank=True)),
                ('danger_declared', models.BooleanField(default=False)),
                ('received', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('keeper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
        ),
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('parcel', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('kind', models.SlugField(max_length=16)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='arrivals', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Colleague',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='colleagues', to='cases.case')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
        ),
        migrations.CreateModel(
            name='EvidenceMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(max_length=32)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='cases.case')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('direction', models.CharField(choices=[('in', 'from the applicant'), ('out', 'to the applicant')], max_length=3)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.SlugField(max_length=32)),
                ('parcel', models.CharField(blank=True, max_length=32)),
                ('at', models.DateTimeField()),
                ('needs_answer', models.BooleanField(default=False)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='cases.case')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
            ],
        ),
        migrations.CreateModel(
            name='Outgoing',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.SlugField(max_length=32)),
                ('sealed', models.BinaryField()),
                ('created', models.DateTimeField()),
                ('delivered_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outgoing', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Tie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(max_length=32)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='cases.case')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('stage', ''), _negated=True), name='case_stage_is_named'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='case_version_counts_from_one'),
        ),
        migrations.AddConstraint(
            model_name='colleague',
            constraint=models.UniqueConstraint(fields=('case', 'staff'), name='colleague_once_per_case'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(fields=('case', 'direction', 'number'), name='letter_number_once'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['in', 'out'])), name='letter_goes_in_or_out'),
        ),
        migrations.AddConstraint(
            model_name='outgoing',
            constraint=models.UniqueConstraint(fields=('case', 'number'), name='outgoing_number_once'),
        ),
        migrations.AddConstraint(
            model_name='tie',
            constraint=models.UniqueConstraint(fields=('case', 'staff'), name='tie_once_per_person'),
        ),
    ]
