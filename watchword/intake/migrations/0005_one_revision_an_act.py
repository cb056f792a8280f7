# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one act puts into custody shares a revision: a place of a mailbox is a compartment and a revision."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The constraint on revisions names the compartment."""

    dependencies = (("intake", "0004_cards_and_notices"),)

    operations = (
        migrations.RemoveConstraint(model_name="sealedentry", name="intake_revision_once"),
        migrations.AddConstraint(
            model_name="sealedentry",
            constraint=models.UniqueConstraint(
                fields=("mailbox", "compartment", "revision"), name="intake_place_once"
            ),
        ),
    )
