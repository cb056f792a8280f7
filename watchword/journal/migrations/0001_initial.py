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
            name='ActorHead',
            fields=[
                ('actor', models.CharField(max_length=36, primary_key=True, serialize=False)),
                ('entry_hash', models.BinaryField(default=bytes)),
            ],
        ),
        migrations.CreateModel(
            name='CaseKey',
            fields=[
                ('case', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='PendingEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nonce', models.CharField(max_length=32, unique=True)),
                ('actor', models.CharField(max_length=36)),
                ('entry', models.BinaryField()),
                ('leaf_index', models.BigIntegerField(null=True, unique=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='EntryDetail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.CharField(db_index=True, max_length=32, null=True)),
                ('event', models.CharField(db_index=True, max_length=40)),
                ('actor', models.CharField(max_length=36)),
                ('at', models.DateTimeField()),
                ('payload', models.JSONField()),
                ('salt', models.BinaryField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='detail', to='journal.pendingentry')),
            ],
            options={
                'ordering': ['entry'],
                'indexes': [models.Index(fields=['actor', 'at'], name='detail_by_actor_and_time'), models.Index(fields=['case', 'event'], name='detail_by_case_and_event')],
            },
        ),
    ]
