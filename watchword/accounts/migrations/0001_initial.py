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
            name='SpentTicket',
            fields=[
                ('uid', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('until', models.DateTimeField()),
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
                ('stale', models.DateTimeField(null=True)),
                ('named_by', models.PositiveIntegerField(default=0)),
                ('answers_key', models.CharField(blank=True, max_length=64)),
                ('held_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('role', 'epoch'), name='one_key_per_role_and_epoch'), models.CheckConstraint(condition=models.Q(models.Q(('answers_key', ''), ('held_by', None)), models.Q(('held_by__isnull', False), models.Q(('answers_key', ''), _negated=True)), _connector='OR'), name='a_key_held_outside_has_a_holder_who_signs')],
            },
        ),
        migrations.CreateModel(
            name='RewrapRun',
            fields=[
                ('role', models.SlugField(max_length=32, primary_key=True, serialize=False)),
                ('token', models.CharField(max_length=32)),
                ('total', models.PositiveIntegerField()),
                ('left', models.PositiveIntegerField()),
                ('beat', models.DateTimeField()),
                ('ended', models.BooleanField(default=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.staff')),
            ],
        ),
        migrations.CreateModel(
            name='Recovery',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('claim', models.CharField(max_length=64)),
                ('number', models.CharField(max_length=8)),
                ('asked', models.DateTimeField()),
                ('seconded', models.DateTimeField(null=True)),
                ('ended', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('seconded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recoveries', to='accounts.staff')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('seconded_by__isnull', True), models.Q(('approved_by__isnull', False), models.Q(('approved_by', models.F('seconded_by')), _negated=True)), _connector='OR'), name='two_administrators_approve_a_recovery'), models.CheckConstraint(condition=models.Q(models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('staff')), _negated=True), _connector='OR'), models.Q(('seconded_by__isnull', True), models.Q(('seconded_by', models.F('staff')), _negated=True), _connector='OR')), name='nobody_approves_his_own_recovery')],
            },
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('credential', models.CharField(max_length=1400, unique=True)),
                ('public_key', models.BinaryField()),
                ('site', models.CharField(max_length=255)),
                ('claim_proof', models.BinaryField()),
                ('sealed_keys', models.BinaryField(null=True)),
                ('name', models.CharField(max_length=60)),
                ('sign_count', models.BigIntegerField(default=0)),
                ('added', models.DateTimeField()),
                ('used', models.DateTimeField(null=True)),
                ('revoked', models.DateTimeField(null=True)),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passkeys', to='accounts.staff')),
            ],
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('role', models.SlugField(max_length=32)),
                ('granted', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('reason', models.CharField(max_length=300)),
                ('revoked', models.DateTimeField(null=True)),
                ('revoke_reason', models.CharField(blank=True, max_length=300)),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked__isnull', True)), fields=('staff', 'role'), name='one_live_grant_per_role'), models.CheckConstraint(condition=models.Q(('granted_by__isnull', True), models.Q(('granted_by', models.F('staff')), _negated=True), _connector='OR'), name='nobody_grants_to_himself'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ('auditor',)), _negated=True), ('until__isnull', False), _connector='OR'), name='a_mandate_has_an_end')],
            },
        ),
        migrations.CreateModel(
            name='StaffSession',
            fields=[
                ('uid', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('handle', models.CharField(max_length=32, unique=True)),
                ('sealed', models.BinaryField()),
                ('stub', models.BinaryField()),
                ('public', models.CharField(max_length=64)),
                ('opened', models.DateTimeField()),
                ('seen', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='accounts.staff')),
            ],
        ),
        migrations.CreateModel(
            name='RoleProposal',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('role', models.SlugField(max_length=32)),
                ('change', models.CharField(choices=[('grant', 'GRANT'), ('revoke', 'REVOKE'), ('revoked', 'REVOKED')], max_length=12)),
                ('state', models.CharField(choices=[('open', 'OPEN'), ('confirmed', 'CONFIRMED'), ('dropped', 'DROPPED')], max_length=12)),
                ('proposed', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('reason', models.CharField(max_length=300)),
                ('settled', models.DateTimeField(null=True)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_proposals', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('staff', 'role', 'change'), name='one_open_proposal_per_change_of_a_role'), models.CheckConstraint(condition=models.Q(('proposed_by', models.F('staff')), _negated=True), name='nobody_proposes_his_own_role'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('settled_by__isnull', False), models.Q(('settled_by', models.F('proposed_by')), _negated=True), models.Q(('settled_by', models.F('staff')), _negated=True)), _connector='OR'), name='another_administrator_confirms_a_role')],
            },
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
    ]
