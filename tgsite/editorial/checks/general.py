"""Checks that hold for every kind of entry."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations

from tgsite.editorial.checks import Problem
from tgsite.editorial.models import EditorialModel, PublishedSlug


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


def has_sources(entry: EditorialModel) -> Iterator[Problem]:
    """A4: an entry names at least one source."""
    if not list(entry.sources.all()):
        yield Problem(_("Add at least one source."), rule="A4")


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
