"""Who holds which role now, and mail to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from tgsite.editorial.permissions import AUTHOR, MANAGER

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


def may_change(user: Any, entry: Any, action: str) -> bool:
    """Whether the user has the right ``action`` (change, publish ...) on entries of this kind."""
    meta = entry._meta
    return bool(user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}"))


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


def admin_address(entry: Any, screen: str = "edit") -> str:
    """The whole address of an entry's screen in the admin, for mail."""
    path = reverse(type(entry).snippet_viewset.get_url_name(screen), args=[entry.pk])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def write_to(
    people: Iterable[Any], subject: str, template: str, context: dict[str, Any]
) -> Sequence[Any]:
    """One plain message to each person, so that nobody learns another's address.

    ``template`` is a file in ``templates/editorial/mail``. Raises what the connection raises.
    """
    people = list(people)
    if not people:
        return people
    text = render_to_string(f"editorial/mail/{template}", context).strip() + "\n"
    name = settings.WAGTAIL_SITE_NAME
    get_connection().send_messages(
        [
            EmailMessage(f"{name}: {' '.join(subject.split())}", text, to=[person.email])
            for person in people
        ]
    )
    return people
