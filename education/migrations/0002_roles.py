"""What each role may do with articles and glossary terms."""

from django.db import migrations

from tgsite.editorial.permissions import ENTRY_RIGHTS, grant, send_to_review


def grant_rights(apps, schema_editor):
    grant(apps, ENTRY_RIGHTS, "education", ["article", "glossaryterm"])
    send_to_review(apps, "education", ["article", "glossaryterm"])


class Migration(migrations.Migration):
    dependencies = [("education", "0001_initial"), ("editorial", "0002_roles")]
    operations = [migrations.RunPython(grant_rights, migrations.RunPython.noop)]
