"""Loads content files into the database: all or nothing, and never over an editor's work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from tgsite.editorial import checks
from tgsite.editorial.content.errors import ContentError, ContentErrors
from tgsite.editorial.content.format import Builder
from tgsite.editorial.content.reading import Entry, read
from tgsite.editorial.content.registry import ContentKind
from tgsite.editorial.models import ContentVersion, EditorialModel, LoadRecord, SignOff
from tgsite.editorial.plain import digest


@dataclass
class Outcome:
    """What a load did, as lists of "kind slug"."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Left alone, because an editor changed, unpublished, deleted or made them."""


@dataclass
class _Item:
    """An entry on its way into the database."""

    entry: Entry
    instance: Any
    record: LoadRecord | None
    is_new: bool = False


def load(kinds: Iterable[ContentKind], *, live: bool) -> Outcome:
    """Load every file of ``kinds``, published if ``live`` and as drafts otherwise.

    ``ContentErrors`` with every fault of every file when there is one; then nothing was changed.
    """
    entries, errors = read(kinds)
    # One version for all checks: what is in memory is not made anew after each publication, nor
    # from rows that may still be rolled back.
    with transaction.atomic(), ContentVersion.one_version():
        loading = _Loading(live)
        items = [item for item in map(loading.place, entries) if item]
        errors.extend(loading.errors)
        for item in items:
            faults = loading.fill(item)
            # A body of which one block cannot be read is not called empty as well.
            known = {name for fault in faults for name in (fault.field, fault.field.split(" ")[0])}
            errors.extend(faults)
            errors.extend(fault for fault in loading.validate(item) if fault.field not in known)
        if errors:
            raise ContentErrors(errors)
        for item in items:
            loading.write(item)
    return loading.outcome


class _Loading:
    """One run: the outcome so far, and the entries by model and slug."""

    def __init__(self, live: bool) -> None:
        self.live = live
        self.outcome = Outcome()
        self.errors: list[ContentError] = []
        self.known: dict[tuple[type[models.Model], str], models.Model] = {}

    def refer(self, model: type[models.Model], slug: str) -> models.Model | None:
        """The entry that a file names by ``slug``."""
        if (model, slug) not in self.known:
            found = model._default_manager.filter(slug=slug).first()
            if found is None:
                return None
            self.known[model, slug] = found
        return self.known[model, slug]

    def place(self, entry: Entry) -> _Item | None:
        """The row that the entry belongs to, a new one if need be; ``None`` to leave it alone."""
        model = entry.kind.model
        record = LoadRecord.objects.filter(kind=entry.kind.label, slug=entry.slug).first()
        existing = (
            model._default_manager.filter(pk=record.object_id).first()
            if record
            else model._default_manager.filter(slug=entry.slug).first()
        )
        if existing is not None:
            self.known[model, entry.slug] = existing
        if (existing is None) == (record is None):
            if existing is None:
                # An empty row first, so that entries can refer to each other in any order.
                existing = model(slug=entry.slug, **({"live": False} if _drafts(model) else {}))
                try:
                    existing.clean_fields(exclude=_all_but_slug(model))
                    existing.validate_constraints()
                except ValidationError as error:
                    self.errors += [entry.error("slug", message) for message in error.messages]
                    return None
                existing.save()
                self.known[model, entry.slug] = existing
                return _Item(entry, existing, None, is_new=True)
            if not _edited(existing, record):
                return _Item(entry, existing, record)
        self.outcome.kept.append(f"{entry.kind.label} {entry.slug}")
        return None

    def fill(self, item: _Item) -> list[ContentError]:
        """Put the file's values into the instance, in memory."""
        builder = Builder(self.refer)
        builder.fill(item.instance, item.entry.values)
        return [item.entry.error(place, message) for place, message in builder.errors]

    def validate(self, item: _Item) -> Iterable[ContentError]:
        """The models' own rules and the content checks, as for an editor who publishes."""
        if isinstance(item.instance, EditorialModel):
            return [
                item.entry.error(_place(problem), problem.message)
                for problem in checks.refusing(item.instance, starter=True)
            ]
        try:
            item.instance.full_clean()
        except ValidationError as error:
            return [
                item.entry.error("" if name == "__all__" else name, message)
                for name, messages in error.message_dict.items()
                for message in messages
            ]
        return []

    def write(self, item: _Item) -> None:
        """Save what differs, publish if asked to, and remember what was written."""
        name = f"{item.entry.kind.label} {item.entry.slug}"
        fingerprint = digest(item.instance)
        drafts = isinstance(item.instance, EditorialModel)
        publish = drafts and self.live and not item.instance.live
        if item.record and item.record.digest == fingerprint and not publish:
            self.outcome.unchanged.append(name)
            return
        if drafts:
            self._write_entry(item.instance, publish or item.instance.live)
        else:
            item.instance.save()
        LoadRecord.objects.update_or_create(
            kind=item.entry.kind.label,
            slug=item.entry.slug,
            defaults={
                "object_id": item.instance.pk,
                "digest": fingerprint,
                "live": not drafts or publish or item.instance.live,
            },
        )
        (self.outcome.added if item.is_new else self.outcome.changed).append(name)

    @staticmethod
    def _write_entry(entry: EditorialModel, live: bool) -> None:
        # The admin's list of where an entry is used is brought up to date once, not for each row.
        with disable_reference_index_auto_update():
            if not entry.live:
                # Never published: its draft stands in the row as well, as the edit form leaves it.
                entry.save()
            revision = entry.save_revision(clean=False, log_action=True)
            if live:
                entry.publish(revision, starter=True)
        ReferenceIndex.create_or_update_for_object(entry)


def _drafts(model: type[models.Model]) -> bool:
    return issubclass(model, EditorialModel)


def _all_but_slug(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.fields} - {"slug"}


def _edited(existing: models.Model, record: LoadRecord | None) -> bool:
    """Whether an editor changed, published or unpublished it since it was loaded."""
    if record is None:
        return True
    if isinstance(existing, EditorialModel):
        if SignOff.of(existing).exists():
            return True
        if existing.live != record.live or (existing.first_published_at and not record.live):
            return True
        existing = existing.get_latest_revision_as_object()
    return digest(existing) != record.digest


def _place(problem: checks.Problem) -> str:
    if problem.row is None:
        return problem.field or problem.relation
    number = getattr(problem.row, "sort_order", 0) + 1
    return ", ".join(part for part in (f"{problem.relation} {number}", problem.field) if part)
