# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first tables."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='IssuedCard',
            fields=[
                ('tag', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('countersign', models.BinaryField()),
                ('for_gate', models.BinaryField()),
                ('delivered_at', models.DateTimeField(null=True)),
                ('given_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='RegisterDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('signed', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='CloneProposal',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('address', models.CharField(max_length=200)),
                ('removes', models.BooleanField(default=False)),
                ('state', models.CharField(max_length=9)),
                ('proposed_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('number', models.PositiveIntegerField(null=True, unique=True)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('address',), name='clone_waits_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('proposed_by', models.F('settled_by')), _negated=True), _connector='OR'), name='clone_has_two_people')],
            },
        ),
    ]
