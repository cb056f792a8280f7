# SPDX-License-Identifier: AGPL-3.0-or-later
"""Auditors are there until a day that two administrators named."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_recovery'),
    ]

    operations = [
        migrations.AddField(
            model_name='grant',
            name='until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='roleproposal',
            name='until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', ('auditor',)), _negated=True), ('until__isnull', False), _connector='OR'), name='a_mandate_has_an_end'),
        ),
    ]
