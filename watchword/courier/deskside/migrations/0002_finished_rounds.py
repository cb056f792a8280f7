# SPDX-License-Identifier: AGPL-3.0-or-later
"""When a round with each Gate last came to its end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courier_deskside", "0001_first")]

    operations = [
        migrations.AddField("requestcounter", "finished_at", models.DateTimeField(null=True)),
    ]
