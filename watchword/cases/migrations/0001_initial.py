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
                ('stage', models.SlugField(db_index=False, max_length=32)),
                ('stage_since', models.DateTimeField()),
                ('heard_before', models.PositiveIntegerField(default=0)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('mailbox_recipient', models.TextField(blank=True)),
                ('danger_declared', models.BooleanField(default=False)),
                ('received', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('continued_in', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued', to='cases.case')),
                ('keeper', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed_at', None), ('continued_in', None)), fields=['-danger_declared', 'received', 'code', 'stage', 'keeper', 'uid', 'profile', 'profile_version', 'continued_in', 'closed_at', 'stage_since'], name='case_open_in_order'), models.Index(condition=models.Q(('closed_at__isnull', False), ('continued_in', None)), fields=['-danger_declared', 'received', 'code', 'stage', 'keeper', 'uid', 'profile', 'profile_version', 'continued_in', 'closed_at', 'stage_since'], name='case_closed_in_order'), models.Index(fields=['profile', 'profile_version'], name='case_by_procedure'), models.Index(condition=models.Q(('closed_at', None), ('keeper__isnull', False)), fields=['keeper'], name='case_kept_by'), models.Index(condition=models.Q(('closed_at__isnull', False), ('keeper__isnull', False)), fields=['keeper', 'received'], name='case_kept_to_its_end'), models.Index(condition=models.Q(('continued_in__isnull', False)), fields=['continued_in'], name='case_that_goes_on')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage', ''), _negated=True), name='case_stage_is_named'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='case_version_counts_from_one')],
            },
        ),
        migrations.CreateModel(
            name='SketchSheet',
            fields=[
                ('compartment', models.SlugField(max_length=32, primary_key=True, serialize=False)),
                ('uid', models.CharField(max_length=32, unique=True)),
                ('record', models.CharField(blank=True, max_length=32)),
            ],
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
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('act__in', ['hand', 'letter', 'task'])), name='batch_is_of_an_act')],
            },
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
            options={
                'constraints': [models.UniqueConstraint(fields=('staff', 'number'), name='one_choice_of_a_number'), models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 9)), name='choice_has_a_key')],
            },
        ),
        migrations.CreateModel(
            name='Likeness',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='likeness', serialize=False, to='cases.case')),
                ('agree', models.PositiveSmallIntegerField()),
                ('short', models.BooleanField()),
                ('apart', models.BooleanField(default=False)),
                ('current', models.BooleanField(default=True)),
                ('first', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('agree__lte', 100)), name='agree_is_of_a_hundred')],
            },
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('kind', models.SlugField(max_length=16)),
                ('at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='cases.case')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('taken_at', None), ('taken_by', None)), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='call_is_answered_by_who_took_it')],
            },
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
            options={
                'constraints': [models.UniqueConstraint(fields=('batch', 'case'), name='case_once_in_a_batch'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'done', 'refused'])), name='batch_case_ends_in_one_way'), models.CheckConstraint(condition=models.Q(('outcome', ''), ('agreed', True), _connector='OR'), name='batch_case_was_agreed_to_first')],
            },
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
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'staff'), name='colleague_once_per_case')],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('outcome', models.SlugField(blank=True, max_length=16)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='erasures', to='cases.case')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('case',), name='one_open_erasure_per_case'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('outcome', '')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('outcome', 'dropped')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('outcome', 'confirmed'), models.Q(('ended_by', models.F('by')), _negated=True)), _connector='OR'), name='erasure_is_confirmed_by_another')],
            },
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
            name='Joining',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('parting', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('action_hash', models.CharField(max_length=64)),
                ('outcome', models.SlugField(blank=True, max_length=16)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joinings', to='cases.case')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('leading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joinings_here', to='cases.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('case',), name='one_open_joining_per_case'), models.CheckConstraint(condition=models.Q(('case', models.F('leading')), _negated=True), name='joining_is_of_two_cases'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('outcome', '')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('outcome', 'dropped')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('outcome', 'confirmed'), models.Q(('ended_by', models.F('by')), _negated=True)), _connector='OR'), name='joining_is_confirmed_by_another')],
            },
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
            options={
                'indexes': [models.Index(condition=models.Q(('direction', 'in'), ('read_at', None)), fields=['case'], name='letter_to_be_read'), models.Index(condition=models.Q(('answered_at', None), ('needs_answer', True)), fields=['case'], name='letter_to_be_answered')],
                'constraints': [models.UniqueConstraint(fields=('case', 'direction', 'number'), name='letter_number_once'), models.CheckConstraint(condition=models.Q(('direction__in', ['in', 'out'])), name='letter_goes_in_or_out')],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('read_to', models.PositiveBigIntegerField()),
                ('before', models.PositiveBigIntegerField()),
                ('before_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='looks', to='cases.case')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'staff'), name='look_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='cases.case')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
            ],
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=16)),
                ('outcome', models.SlugField(blank=True, max_length=16)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='cases.case')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('case',), name='one_open_offer_per_case'), models.CheckConstraint(condition=models.Q(('by', models.F('to')), _negated=True), name='nobody_offers_a_case_to_themselves'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('outcome', '')), models.Q(('ended_at__isnull', False), ('outcome__in', ['accepted', 'declined', 'withdrawn', 'lapsed'])), _connector='OR'), name='offer_ends_in_one_way')],
            },
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
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='outgoing_number_once')],
            },
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
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'staff'), name='tie_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='VersionProposal',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('to_version', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('ended', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='version_proposals', to='cases.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended', None)), fields=('case',), name='one_version_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('kind', models.SlugField(max_length=32)),
                ('at', models.DateTimeField()),
                ('remind', models.DateField()),
                ('due', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.SlugField(blank=True, max_length=16)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='cases.case')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('given_to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('note', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.note')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('remind__lte', models.F('due'))), name='task_reminds_before_it_is_due'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('outcome', '')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('outcome__in', ['done', 'dropped'])), _connector='OR'), name='task_is_ended_by_somebody')],
            },
        ),
    ]
