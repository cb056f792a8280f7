"""What the Gate holds of invitation cards, and the texts that the Desk has signed for everybody."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("intake", "0003_notebook"),
    ]

    operations = [
        migrations.CreateModel(
            name="Card",
            fields=[
                ("tag", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                ("shown", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("name", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("text", models.TextField()),
            ],
        ),
    ]
