"""Every address of another site that the guide holds, live or in a draft, and where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from wagtail.fields import StreamField
from wagtail.models import Revision

from tgsite.editorial.inside_links import addresses
from tgsite.editorial.models import EditorialModel, ShownAtOnce, entry_models
from tgsite.editorial.plain import relations


@dataclass(frozen=True)
class OutsideLink:
    """One address at one place of one page."""

    model: type[models.Model]
    pk: int
    page: str
    place: str
    address: str
    publisher: str
    live: bool


def outside_links() -> Iterator[OutsideLink]:
    """All of them, page by page: the same number of queries however many pages there are."""
    for model in entry_models():
        yield from _in_entries(model)
    for plain_model in apps.get_models():
        if issubclass(plain_model, ShownAtOnce):
            for shown in plain_model._default_manager.all():
                yield from _in(shown, str(shown), live=True)


def _in_entries(model: type[EditorialModel]) -> Iterator[OutsideLink]:
    with_addresses = [name for name, rows in relations(model) if _holds_addresses(rows)]
    entries = list(model.objects.prefetch_related(*with_addresses))
    drafts = Revision.objects.in_bulk(
        [one.latest_revision_id for one in entries if one.has_unpublished_changes or not one.live]
    )
    for entry in entries:
        name = str(getattr(entry, model.name_field))
        live = list(_in(entry, name, live=True)) if entry.live else []
        yield from live
        if draft := drafts.get(entry.latest_revision_id):
            # Without a look at each foreign key in the database: only addresses are read.
            text = model.from_serializable_data(draft.content, check_fks=False, strict_fks=False)
            seen = {(one.place, one.address) for one in live}
            for link in _in(text, name or str(getattr(text, model.name_field)), live=False):
                if (link.place, link.address) not in seen:
                    yield link


def _holds_addresses(model: type[models.Model]) -> bool:
    return bool(getattr(model, "built_addresses", ())) or any(
        isinstance(field, models.URLField) for field in model._meta.fields
    )


def _in(item: Any, page: str, *, live: bool) -> Iterator[OutsideLink]:
    """The links of one page: its own fields, its texts, its rows."""
    found = [*_in_fields(item, ""), *_in_texts(item)]
    for name, model in relations(type(item)):
        if _holds_addresses(model):
            for row in getattr(item, name).all():
                place = f"{capfirst(str(model._meta.verbose_name))}: {row}"
                found += _in_fields(row, place)
    for place, address, publisher in found:
        if is_outside(address):
            host = urlsplit(address).hostname or ""
            address = urldefrag(address).url
            yield OutsideLink(
                type(item), item.pk, page, place, address, publisher or host.lower(), live
            )


def _in_fields(item: Any, place: str) -> list[tuple[str, str, str]]:
    """Place, address and named publisher of each address that a row or an entry holds itself."""
    publisher = str(getattr(item, "publisher", ""))
    found = [
        (place or capfirst(str(field.verbose_name)), str(getattr(item, field.name)), publisher)
        for field in item._meta.fields
        if isinstance(field, models.URLField)
    ]
    built = [
        (place, str(getattr(item, name)), publisher)
        for name in getattr(item, "built_addresses", ())
    ]
    return found + built


def _in_texts(item: Any) -> Iterator[tuple[str, str, str]]:
    """Place, address and no publisher of each link in text made of blocks."""
    for field in item._meta.fields:
        if not isinstance(field, StreamField):
            continue
        for block in json.loads(field.value_to_string(item)):
            label = str(field.stream_block.child_blocks[block["type"]].label)
            value = block["value"]
            if isinstance(value, dict) and value.get("name"):
                label = f"{label}: {value['name']}"
            for address in _in_value(value):
                yield f"{capfirst(str(field.verbose_name))}, {label}", address, ""


def _in_value(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _in_value(part)
    elif isinstance(value, str):
        if value.startswith(("http://", "https://")) and not any(map(str.isspace, value)):
            yield value
        elif "<a" in value:
            yield from addresses(value)


def is_outside(address: str) -> bool:
    """Whether a browser would leave this site for ``address``."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    own = address == settings.SITE_URL or address.startswith(settings.SITE_URL + "/")
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not own
