"""What every entry must be before any rule of the standard is asked: addressed, unbroken."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.blocks.field_block import ChooserBlock

from tgsite.editorial.checks import Problem
from tgsite.editorial.checks.rules import LINKS
from tgsite.editorial.inside_links import addresses, is_dead
from tgsite.editorial.models import EditorialModel, PublishedSlug
from tgsite.editorial.texts import passages, rich_texts, stream_values


def has_slug_of_its_own(entry: EditorialModel) -> Iterator[Problem]:
    """A published entry has a slug, and no other entry ever had that address."""
    if not entry.slug:
        yield Problem(_("Give the entry a slug before it is published."), "slug")
        return
    taken = PublishedSlug.objects.filter(
        content_type=ContentType.objects.get_for_model(entry), slug=entry.slug
    ).exclude(object_id=entry.pk)
    if taken.exists():
        yield Problem(
            _("This address belongs to another entry for ever: links lead there."), "slug"
        )


def keys_are_unique(entry: EditorialModel) -> Iterator[Problem]:
    """Two rows of one entry never share a key."""
    for relation in get_all_child_relations(entry):
        name = relation.get_accessor_name()
        seen = set()
        for row in getattr(entry, name).all():
            if row.key in seen:
                message = _("Two rows carry the same key: delete one and add it again.")
                yield Problem(message, relation=name, row=row)
            seen.add(row.key)


# An address in running text: with its host, or of two parts from the root.
_IN_TEXT = re.compile(r"(?<![\w/.:])(?:https?://[\w.:-]+)?/[a-z][\w-]*/[\w/-]*")


def nothing_leads_nowhere(entry: EditorialModel) -> Iterator[Problem]:
    """No link and no card inside the site names a page that is not there."""
    own = entry.get_absolute_url() if entry.slug else ""
    found: list[tuple[dict[str, Any], str]] = [
        ({"field": field}, address)
        for field, html in rich_texts(entry)
        for address in addresses(html)
    ]
    for passage in passages(entry):
        found += ((passage.place, address) for address in _IN_TEXT.findall(passage.text))
    dead: dict[str, bool] = {}
    for place, address in found:
        if address.partition("#")[0] == own:
            continue
        if address not in dead:
            dead[address] = is_dead(address)
        if dead[address]:
            message = _("There is no page %(address)s on this site.") % {"address": address}
            yield Problem(message, **place, rule=LINKS)
    yield from _cards(entry)


def _cards(entry: EditorialModel) -> Iterator[Problem]:
    for field, block, value in stream_values(entry):
        if not isinstance(block, ChooserBlock) or value is None:
            continue
        if not block.model_class._default_manager.filter(pk=value.pk).exists():
            message = _("A card names an entry that was deleted: choose another.")
            yield Problem(message, field, rule=LINKS)
