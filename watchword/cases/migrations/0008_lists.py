# SPDX-License-Identifier: AGPL-3.0-or-later
"""What makes the list of cases quick, whatever its length."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_joined'),
    ]

    operations = [
        migrations.AlterField(
            model_name='case',
            name='stage',
            field=models.SlugField(db_index=False, max_length=32),
        ),
        migrations.AlterField(
            model_name='case',
            name='continued_in',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued', to='cases.case'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('continued_in__isnull', False)), fields=['continued_in'], name='case_that_goes_on'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None), ('continued_in', None)), fields=['-danger_declared', 'received', 'code', 'stage', 'keeper', 'uid', 'profile', 'profile_version', 'continued_in', 'closed_at', 'stage_since'], name='case_open_in_order'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at__isnull', False), ('continued_in', None)), fields=['-danger_declared', 'received', 'code', 'stage', 'keeper', 'uid', 'profile', 'profile_version', 'continued_in', 'closed_at', 'stage_since'], name='case_closed_in_order'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['profile', 'profile_version'], name='case_by_procedure'),
        ),
        migrations.AlterField(
            model_name='case',
            name='keeper',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at', None), ('keeper__isnull', False)), fields=['keeper'], name='case_kept_by'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('direction', 'in'), ('read_at', None)), fields=['case'], name='letter_to_be_read'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('answered_at', None), ('needs_answer', True)), fields=['case'], name='letter_to_be_answered'),
        ),
    ]
