"""Versions of adapters that are tried on a share of requests."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agents', '0003_vectors'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='ownadapter',
            name='canary_at',
            field=models.DateTimeField(help_text='Since when it has been tried.', null=True),
        ),
        migrations.AddField(
            model_name='ownadapter',
            name='canary_percent',
            field=models.PositiveSmallIntegerField(default=0, help_text='Share of requests that try it.'),
        ),
        migrations.AddField(
            model_name='sharedadapter',
            name='canary_at',
            field=models.DateTimeField(help_text='Since when it has been tried.', null=True),
        ),
        migrations.AddField(
            model_name='sharedadapter',
            name='canary_percent',
            field=models.PositiveSmallIntegerField(default=0, help_text='Share of requests that try it.'),
        ),
        migrations.AlterField(
            model_name='ownadapter',
            name='state',
            field=models.CharField(choices=[('candidate', 'Waiting for promotion'), ('canary', 'Tried on a share'), ('serving', 'Serving'), ('retired', 'Replaced by a newer version'), ('withdrawn', 'Rolled back')], default='candidate', max_length=10),
        ),
        migrations.AlterField(
            model_name='sharedadapter',
            name='state',
            field=models.CharField(choices=[('candidate', 'Waiting for promotion'), ('canary', 'Tried on a share'), ('serving', 'Serving'), ('retired', 'Replaced by a newer version'), ('withdrawn', 'Rolled back')], default='candidate', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='ownadapter',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'canary')), fields=('axis', 'member', 'base_digest'), name='ownadapter_one_canary_per_place'),
        ),
        migrations.AddConstraint(
            model_name='ownadapter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('canary_percent__range', (1, 100)), ('state', 'canary')), models.Q(models.Q(('state', 'canary'), _negated=True), ('canary_percent', 0)), _connector='OR'), name='ownadapter_share_only_of_a_canary'),
        ),
        migrations.AddConstraint(
            model_name='sharedadapter',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'canary')), fields=('axis', 'member', 'base_digest'), name='sharedadapter_one_canary_per_place'),
        ),
        migrations.AddConstraint(
            model_name='sharedadapter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('canary_percent__range', (1, 100)), ('state', 'canary')), models.Q(models.Q(('state', 'canary'), _negated=True), ('canary_percent', 0)), _connector='OR'), name='sharedadapter_share_only_of_a_canary'),
        ),
    ]
