# SPDX-License-Identifier: AGPL-3.0-or-later
"""What custodians are asked for, what they answer, and what opens with it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0001_first'),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('uid', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('glass', models.BooleanField(default=False)),
                ('elements', models.JSONField()),
                ('serves', models.SlugField(max_length=32)),
                ('words_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('told', models.DateField(null=True)),
                ('needed', models.PositiveIntegerField()),
                ('seats', models.PositiveIntegerField()),
                ('recipient', models.TextField()),
                ('sealed_key', models.BinaryField()),
                ('action_hash', models.CharField(max_length=64, unique=True)),
                ('ended_at', models.DateTimeField(db_index=True, null=True)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('review_hash', models.CharField(blank=True, max_length=64)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('review', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('words', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
            ],
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bodies', to='custody.release')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('seat', models.SlugField(max_length=32)),
                ('gave', models.BooleanField()),
                ('words_hash', models.CharField(blank=True, max_length=64)),
                ('at', models.DateTimeField()),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.staff')),
                ('words', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealedrecord')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='custody.release')),
            ],
        ),
        migrations.CreateModel(
            name='Resealed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.BinaryField()),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='custody.answer')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='custody.body')),
            ],
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('needed__gte', 1), ('seats__gte', models.F('needed'))), name='release_takes_some_of_its_seats'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('at'))), name='release_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('review', None), ('reviewed_by', None)), models.Q(('glass', True), ('review__isnull', False), models.Q(('reviewed_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='nobody_looks_at_the_glass_they_broke'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.UniqueConstraint(fields=('release', 'record'), name='release_names_a_body_once'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('release', 'seat'), name='a_seat_answers_once'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('release', 'staff'), name='a_custodian_answers_once'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('release', 'number'), name='answers_come_one_by_one'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('gave', True), ('words', None)), models.Q(('gave', False), ('words__isnull', False)), _connector='OR'), name='who_refuses_says_why'),
        ),
        migrations.AddConstraint(
            model_name='resealed',
            constraint=models.UniqueConstraint(fields=('answer', 'body'), name='a_part_is_given_once'),
        ),
    ]
