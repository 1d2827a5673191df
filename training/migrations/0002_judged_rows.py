"""Data sets of thumbs on answers and of policy fixes."""

from django.db import migrations, models

ORIGINS = [
    ("uploaded", "Uploaded file"),
    ("plans", "Briefs and constraints of plans"),
    ("mappings", "Confirmed mappings"),
    ("feedback", "Thumbs on answers"),
    ("policy", "Policy fixes"),
]


class Migration(migrations.Migration):

    dependencies = [("training", "0001_runs")]

    operations = [
        migrations.AlterField(
            model_name="trainingdataset", name="origin", field=models.CharField(choices=ORIGINS, max_length=10)
        )
    ]
