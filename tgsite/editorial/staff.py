"""Who holds which role now."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from tgsite.editorial.models import EditorialModel, entry_models
from tgsite.editorial.permissions import AUTHOR, MANAGER, REVIEWER

# Whoever writes; a reviewer reads and signs.
WRITING = (AUTHOR, MANAGER)


def roles(user: Any) -> frozenset[str]:
    """The names of the user's groups, asked once for each user object, as Django's rights are."""
    if not user.is_active:
        return frozenset()
    found: frozenset[str] | None = getattr(user, "_editorial_roles", None)
    if found is None:
        found = frozenset(user.groups.values_list("name", flat=True))
        user._editorial_roles = found
    return found


def is_reviewer(user: Any) -> bool:
    """Whether ``user`` decides reviews and confirms notices; a superuser needs the role as well."""
    return REVIEWER in roles(user)


def may_change(user: Any, entry: Any, action: str) -> bool:
    """Whether the user has the right ``action`` (change, publish ...) on entries of this kind."""
    meta = entry._meta
    return bool(user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}"))


def kinds_for(user: Any) -> list[type[EditorialModel]]:
    """The kinds of entry that ``user`` may read in the admin."""
    return [model for model in entry_models() if may_change(user, model, "view")]


def holders(*names: str) -> list[Any]:
    """The active users in one of the groups ``names`` whose address is known, each once."""
    users = get_user_model().objects.filter(is_active=True, groups__name__in=names)
    return list(users.exclude(email="").distinct().order_by("pk"))


def still_writes(user: Any) -> bool:
    """Whether mail about their entries reaches this user, and they may still edit them."""
    return bool(
        user is not None
        and user.is_active
        and user.email
        and (user.is_superuser or roles(user) & set(WRITING))
    )
