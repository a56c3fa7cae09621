"""The three roles, the content version's row, and an admin without Wagtail's page tree."""

from django.db import migrations

from tgsite.editorial.permissions import (
    AUTHOR,
    MANAGER,
    REVIEWER,
    VOCABULARY_RIGHTS,
    WORKFLOW,
    grant,
)


def make_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailadmin", model="admin"
    )
    access, _ = permission.objects.get_or_create(
        content_type=content_type,
        codename="access_admin",
        defaults={"name": "Can access Wagtail admin"},
    )
    for name in (AUTHOR, REVIEWER, MANAGER):
        group, _ = groups.objects.get_or_create(name=name)
        group.permissions.add(access)
    vocabularies = ["contributor", "retiredpublisher", "wordrule"]
    grant(apps, VOCABULARY_RIGHTS, "editorial", vocabularies)
    # Of a link a person changes only whether it is ignored.
    grant(apps, {MANAGER: ("change",)}, "editorial", ["linkcheck", "sitesettings"])


def make_content_version(apps, schema_editor):
    apps.get_model("editorial", "ContentVersion").objects.get_or_create(pk=1)


def drop_wagtails_pages(apps, schema_editor):
    """Wagtail's own migrations make groups, a workflow, a site and a page for a page tree."""
    apps.get_model("auth", "Group").objects.filter(name__in=["Editors", "Moderators"]).delete()
    for model in ("WorkflowTask", "GroupApprovalTask", "Task", "Workflow", "Site"):
        apps.get_model("wagtailcore", model).objects.all().delete()
    pages = apps.get_model("wagtailcore", "Page").objects
    pages.filter(depth__gt=1).delete()
    # The root page stays: the admin's home asks for it.
    pages.filter(depth=1).update(numchild=0)


def make_workflow(apps, schema_editor):
    """Author, clinical review, live; each app attaches its kinds of entry."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="editorial", model="clinicalreviewtask"
    )
    task, _ = apps.get_model("editorial", "ClinicalReviewTask").objects.get_or_create(
        name=WORKFLOW, defaults={"content_type": content_type}
    )
    task.groups.add(apps.get_model("auth", "Group").objects.get(name=REVIEWER))
    workflow, _ = apps.get_model("wagtailcore", "Workflow").objects.get_or_create(name=WORKFLOW)
    apps.get_model("wagtailcore", "WorkflowTask").objects.get_or_create(
        workflow=workflow, task_id=task.pk, defaults={"sort_order": 0}
    )


def drop_workflow(apps, schema_editor):
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW).delete()
    apps.get_model("editorial", "ClinicalReviewTask").objects.all().delete()


def drop_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=[AUTHOR, REVIEWER, MANAGER]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    operations = [
        migrations.RunPython(make_roles, drop_roles),
        migrations.RunPython(make_content_version, migrations.RunPython.noop),
        migrations.RunPython(drop_wagtails_pages, migrations.RunPython.noop),
        migrations.RunPython(make_workflow, drop_workflow),
    ]
