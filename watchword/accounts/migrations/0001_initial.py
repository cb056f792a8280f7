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
            name='FailedLogIns',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField(default=0)),
                ('held_until', models.DateTimeField(null=True)),
                ('last', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Staff',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('login', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('language', models.CharField(default='en', max_length=8)),
                ('is_service', models.BooleanField(default=False)),
                ('recipient', models.TextField()),
                ('signing_public', models.CharField(max_length=64)),
                ('recipient_proof', models.BinaryField()),
                ('salt', models.BinaryField()),
                ('cost', models.CharField(max_length=40)),
                ('sealed_keys', models.BinaryField()),
                ('last_step', models.BigIntegerField(default=0)),
                ('enrolled', models.DateTimeField()),
                ('left', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='RoleKey',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('role', models.SlugField(max_length=32)),
                ('epoch', models.PositiveIntegerField()),
                ('recipient', models.TextField()),
                ('created', models.DateTimeField()),
                ('retired', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('role', 'epoch'), name='one_key_per_role_and_epoch')],
            },
        ),
        migrations.CreateModel(
            name='StaffSession',
            fields=[
                ('uid', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('handle', models.CharField(max_length=32, unique=True)),
                ('sealed', models.BinaryField()),
                ('opened', models.DateTimeField()),
                ('seen', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='accounts.staff')),
            ],
        ),
        migrations.CreateModel(
            name='RoleKeyCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.BinaryField()),
                ('role_key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copies', to='accounts.rolekey')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_key_copies', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('role_key', 'staff'), name='one_copy_per_holder')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('role', models.SlugField(max_length=32)),
                ('granted', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('revoked', models.DateTimeField(null=True)),
                ('revoke_reason', models.CharField(blank=True, max_length=300)),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked__isnull', True)), fields=('staff', 'role'), name='one_live_grant_per_role'), models.CheckConstraint(condition=models.Q(('granted_by__isnull', True), models.Q(('granted_by', models.F('staff')), _negated=True), _connector='OR'), name='nobody_grants_to_himself')],
            },
        ),
    ]
