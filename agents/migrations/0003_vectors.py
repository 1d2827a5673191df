"""Install pgvector where every schema sees it; a server that lacks or forbids it keeps searching by words."""

from django.db import DatabaseError, migrations, transaction


def install(apps, schema_editor):
    connection = schema_editor.connection
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS vector SCHEMA public")
    except DatabaseError:
        return


class Migration(migrations.Migration):

    dependencies = [("agents", "0002_runs_and_knowledge")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
