"""What must also happen: a deletion is a change as well, and who leaves holds no lock."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save

from tgsite.editorial import locks, mending
from tgsite.editorial.models import ContentVersion, EditorialModel, ShownAtOnce


def connect() -> None:
    """Called once at start."""
    post_delete.connect(_entry_deleted, dispatch_uid="tgsite.editorial.entry_deleted")
    user = get_user_model()
    for signal, sender in (
        (post_save, user),
        (post_delete, user),
        (post_delete, Group),
        (m2m_changed, user.groups.through),
        (m2m_changed, user.user_permissions.through),
        (m2m_changed, Group.permissions.through),
    ):
        signal.connect(
            _rights_changed,
            sender=sender,
            dispatch_uid=f"tgsite.editorial.rights_changed.{sender._meta.label}",
        )


def _entry_deleted(sender: type[models.Model], instance: models.Model, **_kwargs: Any) -> None:
    if issubclass(sender, EditorialModel):
        mending.forget(instance)
    if issubclass(sender, EditorialModel | ShownAtOnce):
        ContentVersion.advance()


def _rights_changed(
    action: str = "", created: bool = False, raw: bool = False, **kwargs: Any
) -> None:
    """Somebody may have left: their locks go in the same transaction."""
    fields = kwargs.get("update_fields")
    # A login notes its time only, and who is new or gains a right holds no lock to lose.
    if created or raw or action not in ("", "post_remove", "post_clear"):
        return
    if fields is None or {"is_active", "is_superuser"} & set(fields):
        locks.release_orphans()
