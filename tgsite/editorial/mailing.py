"""Mail to editors: plain text, each person alone, and what must come once comes once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from tgsite.editorial.models import ReminderSent


@dataclass(frozen=True)
class Item:
    """One line of a mail: an entry, what is the matter, and the screen where it can be mended.

    ``about`` tells this matter from the next one of its kind, for example by its day.
    """

    entry: Any
    kind: ReminderSent.Kind
    about: str
    words: str
    screen: str = "edit"

    @property
    def address(self) -> str:
        """The whole address of the screen."""
        return admin_address(self.entry, self.screen)


def admin_address(entry: Any, screen: str = "edit") -> str:
    """The whole address of an entry's screen in the admin."""
    path = reverse(type(entry).snippet_viewset.get_url_name(screen), args=[entry.pk])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def write_to(people: Iterable[Any], subject: str, template: str, context: dict[str, Any]) -> None:
    """One message to each person, so that nobody learns another's address.

    ``template`` is a file in ``templates/editorial/mail``. Raises what the connection raises.
    """
    people = list(people)
    if not people:
        return
    text = render_to_string(f"editorial/mail/{template}", context).strip() + "\n"
    # A line break in a header is refused; names of entries may hold anything.
    title = f"{settings.WAGTAIL_SITE_NAME}: {' '.join(subject.split())}"
    get_connection().send_messages(
        [EmailMessage(title, text, to=[person.email]) for person in people]
    )


def write_once(person: Any, items: Iterable[Item], subject: str, template: str) -> int:
    """Mail ``person`` those ``items`` that were not mailed to them before; returns how many.

    What was mailed is written down in the same transaction: of two runs at the same moment the
    second waits for the first. When the mail fails, nothing is written down, the error is raised,
    and the next run tries again.
    """
    with transaction.atomic():
        fresh = [item for item in items if _is_new(person, item)]
        if fresh:
            write_to([person], subject, template, {"items": fresh})
    return len(fresh)


def _is_new(person: Any, item: Item) -> bool:
    _sent, is_new = ReminderSent.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(item.entry),
        object_id=item.entry.pk,
        kind=item.kind,
        about=item.about,
        user=person,
    )
    return is_new
