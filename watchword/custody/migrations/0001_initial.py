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
            name='Release',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('needed', models.PositiveIntegerField()),
                ('seats', models.PositiveIntegerField()),
                ('recipient', models.TextField()),
                ('sealed_key', models.BinaryField()),
                ('action_hash', models.CharField(max_length=64, unique=True)),
                ('ended_at', models.DateTimeField(db_index=True, null=True)),
                ('glass', models.BooleanField(default=False)),
                ('elements', models.JSONField()),
                ('serves', models.SlugField(max_length=32)),
                ('words_hash', models.CharField(max_length=64)),
                ('told', models.DateField(null=True)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('review_hash', models.CharField(blank=True, max_length=64)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('review', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('words', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('needed__gte', 1), ('seats__gte', models.F('needed'))), name='release_takes_some_of_its_seats'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('at'))), name='release_has_an_end'), models.CheckConstraint(condition=models.Q(models.Q(('review', None), ('reviewed_by', None)), models.Q(('glass', True), ('review__isnull', False), models.Q(('reviewed_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='nobody_looks_at_the_glass_they_broke')],
            },
        ),
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
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('stage__in', ['proposed', 'confirmed'])), fields=('stage',), name='one_splitting_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['confirmed', 'ended']), _negated=True), models.Q(('settled_by__isnull', False), models.Q(('settled_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='another_administrator_confirms_a_splitting')],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('needed', models.PositiveIntegerField()),
                ('seats', models.PositiveIntegerField()),
                ('recipient', models.TextField()),
                ('sealed_key', models.BinaryField()),
                ('action_hash', models.CharField(max_length=64, unique=True)),
                ('ended_at', models.DateTimeField(db_index=True, null=True)),
                ('run', models.SlugField(max_length=32)),
                ('elements', models.JSONField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('ceremony', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='custody.resplit')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('needed__gte', 1), ('seats__gte', models.F('needed'))), name='batch_takes_some_of_its_seats'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('at'))), name='batch_has_an_end'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('asked_by', 'run'), name='one_batch_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bodies', to='custody.release')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('release', 'record'), name='release_names_a_body_once')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('seat', models.SlugField(max_length=32)),
                ('gave', models.BooleanField()),
                ('words_hash', models.CharField(blank=True, max_length=64)),
                ('at', models.DateTimeField()),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('words', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='custody.release')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('release', 'seat'), name='a_seat_answers_once'), models.UniqueConstraint(fields=('release', 'staff'), name='a_custodian_answers_once'), models.UniqueConstraint(fields=('release', 'number'), name='answers_come_one_by_one'), models.CheckConstraint(condition=models.Q(models.Q(('gave', True), ('words', None)), models.Q(('gave', False), ('words__isnull', False)), _connector='OR'), name='who_refuses_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Anew',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vault.sealedrecord')),
                ('resplit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='anew', to='custody.resplit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('resplit', 'record'), name='one_note_per_splitting_and_record')],
            },
        ),
        migrations.CreateModel(
            name='BatchAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('seat', models.SlugField(max_length=32)),
                ('gave', models.BooleanField()),
                ('words_hash', models.CharField(blank=True, max_length=64)),
                ('at', models.DateTimeField()),
                ('words', models.BinaryField(default=b'')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='custody.batch')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('batch', 'seat'), name='a_seat_answers_a_batch_once'), models.UniqueConstraint(fields=('batch', 'staff'), name='a_custodian_answers_a_batch_once'), models.UniqueConstraint(fields=('batch', 'number'), name='answers_to_a_batch_come_one_by_one'), models.CheckConstraint(condition=models.Q(models.Q(('gave', True), ('words_hash', '')), models.Q(('gave', False), models.Q(('words_hash', ''), _negated=True)), _connector='OR'), name='who_refuses_a_batch_says_why')],
            },
        ),
        migrations.CreateModel(
            name='BatchBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bodies', to='custody.batch')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('batch', 'record'), name='batch_names_a_body_once')],
            },
        ),
        migrations.CreateModel(
            name='Resealed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.BinaryField()),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='custody.answer')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='custody.body')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('answer', 'body'), name='a_part_is_given_once')],
            },
        ),
        migrations.CreateModel(
            name='AsItWas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.JSONField()),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='custody.batch')),
                ('resplit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='as_it_was', to='custody.resplit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('resplit', 'case'), name='one_reason_per_splitting_and_case')],
            },
        ),
        migrations.CreateModel(
            name='BatchPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.BinaryField()),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='custody.batchanswer')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='custody.batchbody')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('answer', 'body'), name='a_part_of_a_batch_is_given_once')],
            },
        ),
    ]
