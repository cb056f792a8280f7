# SPDX-License-Identifier: AGPL-3.0-or-later
"""What two people agree on: a case changes hands when the other accepts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0005_versions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
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
    ]
