"""What changed, as Atom feeds: a reader's own program asks for them, so we keep no address of hers.

A feed answers a conditional request (ETag) without being made: it is the same as long as the
content version and the day are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from tgsite.editorial.models import ContentVersion, Publication
from tgsite.editorial.updates import Update, updates, updates_feed, updates_page
from tgsite.head import absolute

LENGTH = 50
# Characters that no XML may hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def _etag(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> str:
    # A notice runs out and a review falls due without a publication.
    day = timezone.localdate().isoformat()
    return f'"{ContentVersion.current()}-{day}-{get_language()}"'


# For views whose answer follows from the content, the day and the language alone.
unless_known: Callable[[Any], Any] = condition(etag_func=_etag)


def tag(date: str, name: str) -> str:
    """A name that stays the same for ever (RFC 4151); ``date``: a day or a year of its making."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{date}:{name}"


def legible(text: str) -> str:
    """``text`` without characters that would make the whole feed unreadable."""
    return _CONTROL.sub("", text)


class UpdatesFeed(Feed):  # type: ignore[type-arg]  # has no parameters at run time
    """The last changes of all pages, newest first."""

    feed_type = Atom1Feed
    author_name = gettext_lazy("Targeted Therapy Guide")
    subtitle = gettext_lazy(
        "Changes of the guide's pages: when, why, and whether a clinician has reviewed the page."
    )

    def title(self, _subject: Any) -> str:
        """The feed's name."""
        return str(updates_feed().label)

    def link(self, _subject: Any) -> str:
        """The page that shows the same."""
        return absolute(updates_page().url)

    def feed_url(self, _subject: Any) -> str:
        """Its own address."""
        return absolute(updates_feed().url)

    def feed_guid(self, _subject: Any) -> str:
        """Its name for ever."""
        return tag("2026", "updates")

    def author_link(self, _subject: Any) -> str:
        """The first page."""
        return absolute("/")

    def log(self, _subject: Any) -> Any:
        """The publications that it tells of."""
        return Publication.objects.all()

    def items(self, subject: Any) -> list[Update]:
        """The last changes: one query."""
        return updates(self.log(subject)[:LENGTH])

    def item_title(self, item: Any) -> str:
        """The page, what happened, and that no clinician has read it where that is so."""
        name = legible(item.name)
        text = _("%(name)s: %(what)s") % {"name": name, "what": item.kind_label}
        if item.is_unreviewed and not item.is_starter:
            return _("%(text)s (page not yet reviewed by a clinician)") % {"text": text}
        return text

    def item_description(self, item: Any) -> str:
        """The safety notice of today, the note, and the review of the page, as HTML."""
        return legible(render_to_string("editorial/feed_entry.html", {"update": item}))

    def item_link(self, item: Any) -> str:
        """The page, or the list of changes if it is on the site no more."""
        return absolute(item.url or updates_page().url)

    def item_guid(self, item: Any) -> str:
        """Its name for ever, also after the content moved to another database."""
        moment = item.at.astimezone(UTC)
        return tag(moment.date().isoformat(), f"{moment:%H%M%S%f}-{slugify(item.name)}")

    def item_pubdate(self, item: Any) -> datetime:
        """When the page changed."""
        at: datetime = item.at
        return at

    def item_updateddate(self, item: Any) -> datetime:
        """The same: what was written down once does not change."""
        return self.item_pubdate(item)

    def item_categories(self, item: Any) -> tuple[str, ...]:
        """What happened, in words."""
        return (item.kind_label,)


@require_safe
@unless_known
def updates_feed_view(request: HttpRequest) -> HttpResponse:
    """The feed of every page."""
    return UpdatesFeed()(request)
