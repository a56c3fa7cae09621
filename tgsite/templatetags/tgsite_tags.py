"""Small display helpers shared by all apps."""

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tgsite.answers import Facets, Group, groups
from tgsite.editorial.models import SiteSettings
from tgsite.editorial.site import site_settings as settings_in_memory
from tgsite.editorial.standing import SafetyNotice, Standing
from tgsite.head import Head, url_of

register = template.Library()


@register.filter
def lines(text: str) -> list[str]:
    """The items of a field that holds one a line."""
    return (text or "").splitlines()


@register.filter
def day(value: date | datetime | str | None) -> str:
    """A date as patients read it: 6 August 2026; of ``2026-08`` August 2026, of ``2026`` 2026.

    Text that is no date is returned as it is.
    """
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if isinstance(value, date):
        return f"{value.day} {MONTHS[value.month]} {value.year}"
    parts = (value or "").split("-")
    if not 1 <= len(parts) <= 3 or not all(part.isdigit() for part in parts):
        return value or ""
    year, *rest = (int(part) for part in parts)
    if rest and not 1 <= rest[0] <= 12:
        return value or ""
    words = [str(rest[1])] if len(rest) == 2 else []
    words += [str(MONTHS[rest[0]])] if rest else []
    return " ".join([*words, str(year)])


@register.filter
def option_groups(field: BoundField, facets: Facets | None = None) -> list[Group]:
    """The answers of a choice field under their headings; with counts where ``facets`` counts."""
    return groups(field, facets or None)


@register.filter
def telephone(number: str) -> str:
    """The digits of a telephone number, for a link that dials it."""
    return "".join(character for character in number.split("(")[0] if character in "+0123456789")


@register.simple_tag
def emergency_number() -> str:
    """The number for emergencies: 911 unless the operator set another."""
    return str(settings.EMERGENCY_NUMBER)


@register.simple_tag
def site_settings() -> SiteSettings:
    """The texts of every page as the managing editors wrote them."""
    return settings_in_memory()


@register.simple_tag
def site_host() -> str:
    """The site's address as printed on paper, without its scheme."""
    return str(settings.SITE_URL).split("://", 1)[-1]


@register.simple_tag
def public_address(entry: Any) -> str:
    """Where readers find ``entry``: the address to print on paper."""
    return f"{site_host()}{url_of(entry)}"


@register.simple_tag
def hidden_from_search_engines(entry: object) -> bool:
    """Whether a page asks not to be listed: published outside development without a review."""
    return not settings.DEBUG and getattr(entry, "reviewed_on", None) is None


@register.simple_tag
def is_overdue(entry: object) -> bool:
    """Whether the date for the next review has passed."""
    due = getattr(entry, "review_due", None)
    return due is not None and due < timezone.localdate()


@register.simple_tag
def active_notice(entry: object) -> SafetyNotice | None:
    """The safety notice that readers see today on ``entry``: a row, or an entry in memory."""
    standing: Standing | None = getattr(entry, "standing", None)
    return standing.active_notice(timezone.localdate()) if standing else None


@register.filter
def read_dates(sources: Iterable[Any]) -> str:
    """When the sources were read: one day, or the first and the last; empty text if unknown."""
    dates = sorted({row.read_on for row in sources if row.read_on})
    if not dates:
        return ""
    if len(dates) == 1:
        return _("on %(day)s") % {"day": day(dates[0])}
    return _("between %(first)s and %(last)s") % {"first": day(dates[0]), "last": day(dates[-1])}


# What would end the script element early, or start another inside it.
_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def structured_data(head: Head) -> SafeString:
    """The page's schema.org graph, as a data block that no browser runs."""
    text = json.dumps(head.structured_data, ensure_ascii=False).translate(_IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


# Telephone numbers of the United States, and addresses written without their scheme.
_CONTACT = re.compile(
    r"(?P<phone>\b1-\d{3}-\d{3}-\d{4}\b)|(?P<host>\b(?:[a-z0-9-]+\.)+(?:gov|org|com)\b(?:/[\w/-]*)?)"
)


@register.filter
def linked(text: str) -> SafeString:
    """Plain text with its telephone numbers and web addresses as links."""
    parts, at = [], 0
    for match in _CONTACT.finditer(text):
        parts.append(escape(text[at : match.start()]))
        found = match.group()
        if match["phone"]:
            parts.append(format_html('<a href="tel:{}">{}</a>', telephone(found), found))
        else:
            parts.append(format_html('<a href="https://{}" rel="external">{}</a>', found, found))
        at = match.end()
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 - each part is escaped
