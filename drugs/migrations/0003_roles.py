"""What each role may do with medicines, classes, side effects and the list of medicines not covered."""

from django.db import migrations

from tgsite.editorial.permissions import ENTRY_RIGHTS, VOCABULARY_RIGHTS, grant, send_to_review


def grant_rights(apps, schema_editor):
    grant(apps, ENTRY_RIGHTS, "drugs", ["drug", "drugclass", "sideeffect"])
    send_to_review(apps, "drugs", ["drug", "drugclass", "sideeffect"])
    grant(apps, VOCABULARY_RIGHTS, "drugs", ["othermedicine"])


class Migration(migrations.Migration):
    dependencies = [("drugs", "0002_initial"), ("editorial", "0002_roles")]
    operations = [migrations.RunPython(grant_rights, migrations.RunPython.noop)]
