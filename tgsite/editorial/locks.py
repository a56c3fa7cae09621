"""No lock outlives its holder's part in the editing: who leaves or loses it leaves none behind."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from wagtail.log_actions import log

from tgsite.editorial.models import entry_models

_RIGHTS = "django.contrib.auth.backends.ModelBackend"


def release_orphans() -> int:
    """Unlock every entry whose holder is gone, inactive or may not change it; returns how many."""
    with transaction.atomic():
        return sum(_release(entry) for model in entry_models() for entry in _orphans(model))


def _orphans(model: Any) -> models.QuerySet[Any]:
    right = f"{model._meta.app_label}.change_{model._meta.model_name}"
    editors = get_user_model().objects.with_perm(right, backend=_RIGHTS)
    found: models.QuerySet[Any] = (
        model.objects.filter(locked=True)
        .exclude(locked_by__in=editors.values("pk"))
        .select_related("locked_by")
    )
    return found


def _release(entry: Any) -> bool:
    holder = entry.locked_by.get_username() if entry.locked_by else ""
    entry.locked, entry.locked_by, entry.locked_at = False, None, None
    entry.save(update_fields=["locked", "locked_by", "locked_at"])
    log(instance=entry, action="editorial.lock-released", data={"holder": holder})
    return True
