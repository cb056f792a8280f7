# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first tables."""

import django.db.models.deletion
import watchword.intake.notebook
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Card',
            fields=[
                ('tag', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('shown', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='CourierCounter',
            fields=[
                ('courier', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('value', models.PositiveBigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='GateSession',
            fields=[
                ('id_hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('day', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('locator', models.CharField(max_length=8, unique=True)),
                ('login_hash', models.BinaryField(max_length=32)),
                ('recipient', models.TextField()),
                ('case', models.CharField(max_length=32, unique=True)),
                ('opened', models.DateField()),
                ('sent', models.DateField(null=True)),
                ('collected', models.DateField(null=True)),
                ('revisions', models.PositiveIntegerField(default=0)),
                ('withdrawn', models.BooleanField(default=False)),
                ('notebook', models.BinaryField(default=watchword.intake.notebook.blank, max_length=1024)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('name', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('text', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='SpentTicket',
            fields=[
                ('nonce', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('day', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=64)),
                ('sealed', models.BinaryField()),
                ('day', models.DateField()),
                ('mailbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='intake.mailbox')),
            ],
        ),
        migrations.CreateModel(
            name='Parcel',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=16)),
                ('ready', models.BooleanField(default=False)),
                ('offered', models.BooleanField(default=False)),
                ('opened', models.DateField()),
                ('mailbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parcels', to='intake.mailbox')),
            ],
        ),
        migrations.CreateModel(
            name='SealedEntry',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('compartment', models.CharField(max_length=32)),
                ('kind', models.CharField(max_length=64)),
                ('revision', models.PositiveIntegerField()),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('ready', models.BooleanField(default=False)),
                ('begun', models.DateField(null=True)),
                ('mailbox', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='intake.mailbox')),
                ('parcel', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='intake.parcel')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mailbox', 'compartment', 'revision'), name='intake_place_once')],
            },
        ),
        migrations.CreateModel(
            name='SealedChunk',
            fields=[
                ('pk', models.CompositePrimaryKey('entry_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('seq', models.PositiveIntegerField()),
                ('data', models.BinaryField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chunks', to='intake.sealedentry')),
            ],
        ),
    ]
