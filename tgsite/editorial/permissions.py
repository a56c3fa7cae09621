"""Who may do what, as one table. The migrations of each app carry it out.

Administrators are superusers; readers have no account.
"""

from collections.abc import Iterable
from typing import Any

AUTHOR = "Author"
REVIEWER = "Clinical reviewer"
MANAGER = "Managing editor"

# role -> what it may do with every kind of entry (medicines, classes, articles ...)
ENTRY_RIGHTS = {
    AUTHOR: ("view", "add", "change"),
    # Without `publish`: a reviewer approves, and the approval publishes.
    REVIEWER: ("view",),
    MANAGER: ("view", "add", "change", "publish", "lock", "unlock"),
}
# role -> what it may do with vocabularies and people, which have no drafts
VOCABULARY_RIGHTS = {
    AUTHOR: ("view",),
    REVIEWER: ("view",),
    MANAGER: ("view", "add", "change", "delete"),
}


def grant(apps: Any, rights: dict[str, tuple[str, ...]], app: str, models: Iterable[str]) -> None:
    """Give each role its ``rights`` on ``models`` of ``app``; for use in a migration.

    Permissions are made where missing, since Django makes them only after the last migration.
    """
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    content_types = apps.get_model("contenttypes", "ContentType")
    for model in models:
        content_type, _made = content_types.objects.get_or_create(app_label=app, model=model)
        for role, actions in rights.items():
            group, _made = group_model.objects.get_or_create(name=role)
            for action in actions:
                permission, _made = permission_model.objects.get_or_create(
                    content_type=content_type,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {model}"},
                )
                group.permissions.add(permission)


WORKFLOW = "Clinical review"


def send_to_review(apps: Any, app: str, models: Iterable[str]) -> None:
    """Attach the workflow author, clinical review, live to ``models``; for use in a migration."""
    workflow = apps.get_model("wagtailcore", "Workflow").objects.get(name=WORKFLOW)
    content_types = apps.get_model("contenttypes", "ContentType")
    attached = apps.get_model("wagtailcore", "WorkflowContentType")
    for model in models:
        content_type, _made = content_types.objects.get_or_create(app_label=app, model=model)
        attached.objects.update_or_create(
            content_type=content_type, defaults={"workflow": workflow}
        )
