# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first tables."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SealedRecord',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('case', models.CharField(db_index=True, max_length=32)),
                ('compartment', models.SlugField(max_length=32)),
                ('kind', models.CharField(max_length=64)),
                ('revision', models.PositiveIntegerField()),
                ('readers', models.JSONField()),
                ('header', models.BinaryField()),
                ('key', models.CharField(max_length=32)),
                ('manifest_version', models.PositiveIntegerField(default=0)),
                ('body_sha256', models.CharField(max_length=64)),
                ('body_size', models.PositiveBigIntegerField()),
                ('created', models.DateTimeField()),
                ('written_by', models.CharField(max_length=32)),
                ('held', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['compartment', 'manifest_version'], name='record_by_age_of_header')],
                'constraints': [models.UniqueConstraint(fields=('case', 'compartment', 'kind', 'revision'), name='one_record_per_revision')],
            },
        ),
        migrations.CreateModel(
            name='Unopenable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.SlugField(max_length=32)),
                ('manifest_version', models.PositiveIntegerField()),
                ('damaged', models.BooleanField()),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vault.sealedrecord')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'role'), name='one_note_per_record_and_role')],
            },
        ),
    ]
