"""What must also happen when public content changes without passing the gate."""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete

from tgsite.editorial.models import ContentVersion, EditorialModel, ShownAtOnce


def connect() -> None:
    """Called once at start."""
    post_delete.connect(_entry_deleted, dispatch_uid="tgsite.editorial.entry_deleted")


def _entry_deleted(sender: type[models.Model], **_kwargs: Any) -> None:
    if issubclass(sender, EditorialModel | ShownAtOnce):
        ContentVersion.advance()
