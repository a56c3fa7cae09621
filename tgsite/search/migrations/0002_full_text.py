"""The database's own full-text index over the table. A migration that remakes the table on SQLite
(a changed column) loses its triggers: it must drop the index before and make it anew after."""

from django.db import migrations

from tgsite.search import full_text


def install(apps, schema_editor):
    full_text.install(schema_editor)


def uninstall(apps, schema_editor):
    full_text.uninstall(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(install, uninstall)]
