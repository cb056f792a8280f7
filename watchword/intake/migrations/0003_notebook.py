# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each mailbox gets a page that only its receipt opens."""

from django.db import migrations, models

import watchword.intake.notebook


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_uploads_in_pieces")]

    operations = [
        migrations.AddField(
            model_name="mailbox",
            name="notebook",
            field=models.BinaryField(default=watchword.intake.notebook.blank, max_length=1024),
        ),
    ]
