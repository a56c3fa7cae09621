"""Takes content files into the database: all or nothing, and never over an editor's work.

The starter content and an import differ only in their terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from tgsite.editorial import memory
from tgsite.editorial.content import facts
from tgsite.editorial.content.differences import differences, parts
from tgsite.editorial.content.documents import Documents, packaged
from tgsite.editorial.content.errors import ContentError, ContentErrors
from tgsite.editorial.content.exporting import slug_of
from tgsite.editorial.content.faults import faults_of
from tgsite.editorial.content.format import Builder
from tgsite.editorial.content.reading import Entry, read
from tgsite.editorial.content.registry import ContentKind
from tgsite.editorial.content.terms import (
    ADDED,
    CHANGED,
    KEPT,
    UNCHANGED,
    Change,
    Outcome,
    PlanChanged,
    Terms,
)
from tgsite.editorial.models import (
    ContentVersion,
    Contributor,
    EditorialModel,
    LoadRecord,
    PublishedSlug,
    SignOff,
)
from tgsite.editorial.plain import clinical_digest, digest, mapping
from tgsite.editorial.publication import entry_published


@dataclass
class _Item:
    """An entry on its way into the database; ``kept``: why it is left alone, if it is."""

    entry: Entry
    instance: Any
    record: LoadRecord | None = None
    is_new: bool = False
    kept: str = ""
    overwritten: bool = False
    signed_before: bool = False
    was_live: bool = False
    # The entry as it was: by numbers for the comparison, by slugs for people.
    old_digest: str = ""
    old: dict[str, Any] = field(default_factory=dict)


def load(kinds: Iterable[ContentKind], *, live: bool) -> Outcome:
    """Load the starter content of ``kinds``, published if ``live`` and as drafts otherwise.

    ``ContentErrors`` with every fault of every file when there is one; then nothing was changed.
    """
    return take_in(packaged(kinds), Terms(live=live))


def take_in(source: Documents, terms: Terms) -> Outcome:
    """Import the documents of ``source`` on ``terms``; with ``dry_run`` only say what would change.

    ``ContentErrors`` with every fault of every file, or ``PlanChanged``; then nothing was changed.
    """
    documents, unread = source
    entries, errors = read(documents)
    errors = [*unread, *errors]
    # One version for all checks: what is in memory is not made anew after each publication, nor
    # from rows that may still be rolled back.
    with transaction.atomic(), ContentVersion.one_version():
        loading = _Loading(terms)
        try:
            items = loading.prepare(entries, errors)
            if errors:
                raise ContentErrors(errors)
            outcome = Outcome([loading.change(item) for item in items])
            if terms.plan and outcome.fingerprint != terms.plan:
                raise PlanChanged
            if not terms.dry_run:
                loading.write(items, outcome)
        except BaseException:
            loading.undo()
            raise
        if terms.dry_run:
            loading.undo()
    return outcome


class _Loading:
    """One run: its faults so far, and the entries by model and slug."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.errors: list[ContentError] = []
        self.known: dict[tuple[type[models.Model], str], models.Model] = {}
        # Model and id -> the slug that the files call it by.
        self.called: dict[tuple[type[models.Model], Any], str] = {}
        self.overwritten: list[str] = []

    def undo(self) -> None:
        """Give the transaction up, and all that was remembered from inside it."""
        # Another transaction will give the same numbers to other content.
        memory.forget_all()
        transaction.set_rollback(True)

    def prepare(self, entries: list[Entry], errors: list[ContentError]) -> list[_Item]:
        """Each entry beside its row, filled and checked; every fault is added to ``errors``."""
        items = [item for item in map(self.place, entries) if item]
        errors.extend(self.errors)
        errors.extend(self._unknown_overwrites(entries))
        for item in items:
            faults = self.fill(item)
            if item.kept:
                continue
            # A body of which one block cannot be read is not called empty as well.
            known = {name for fault in faults for name in (fault.field, fault.field.split(" ")[0])}
            errors.extend(faults)
            errors.extend(fault for fault in self.validate(item) if fault.field not in known)
        # People are filled now, whatever the order of the files.
        for item in items:
            errors.extend(self.validate_facts(item))
        return items

    # --- Where an entry belongs

    def refer(self, model: type[models.Model], slug: str) -> models.Model | None:
        """The entry that a file names by ``slug``."""
        if (model, slug) not in self.known:
            found = model._default_manager.filter(slug=slug).first()
            if found is None:
                return None
            self.know(model, slug, found)
        return self.known[model, slug]

    def know(self, model: type[models.Model], slug: str, instance: models.Model) -> None:
        """Remember what the files call ``slug``."""
        self.known[model, slug] = instance
        self.called[model, instance.pk] = slug

    def name_of(self, other: Any) -> str:
        """The slug that the files call an entry by."""
        return self.called.get((type(other), other.pk)) or slug_of(other)

    def place(self, entry: Entry) -> _Item | None:
        """The entry beside the row that it belongs to, a new one if need be."""
        model = entry.kind.model
        record = self._record(entry)
        existing = (
            model._default_manager.filter(pk=record.object_id).first()
            if record
            else model._default_manager.filter(**entry.identity).first()
        )
        if existing is None:
            if record is None or self._asked_for(entry):
                return self._new(entry, record)
            return _Item(entry, None, record, kept=_("deleted by an editor"))
        self.know(model, entry.slug, existing)
        reason = _touched(existing, record) if entry.kind.has_slugs else _edited(existing)
        overwritten = bool(reason) and self._asked_for(entry)
        if overwritten and isinstance(existing, EditorialModel) and _stands_still(existing):
            self.errors.append(entry.error("", f"{_stands_still(existing)}: end that first"))
        if reason and not overwritten:
            # Filled to be compared, and never what other entries refer to.
            existing = model._default_manager.get(pk=existing.pk)
        item = _Item(
            entry,
            existing,
            record,
            kept="" if overwritten else reason,
            overwritten=overwritten,
        )
        text = existing
        if isinstance(existing, EditorialModel):
            item.was_live = existing.live
            item.signed_before = SignOff.of(existing).exists()
            text = existing.get_latest_revision_as_object()
        item.old_digest = digest(text)
        item.old = mapping(text, self.name_of) if self._shows_fields else {}
        return item

    @property
    def _shows_fields(self) -> bool:
        return self.terms.dry_run or bool(self.terms.plan)

    def _record(self, entry: Entry) -> LoadRecord | None:
        """What was loaded last under this slug, or under one that the entry had before."""
        records = LoadRecord.objects.filter(kind=entry.kind.label)
        found = records.filter(slug=entry.slug).first()
        if found is None and entry.facts.old_addresses and self.terms.trusted:
            taken = entry.kind.model._default_manager.filter(slug=entry.slug).exists()
            old = None if taken else records.filter(slug__in=entry.facts.old_addresses).first()
            found = old
        return found

    def _new(self, entry: Entry, record: LoadRecord | None) -> _Item | None:
        # An empty row first, so that entries can refer to each other in any order.
        model = entry.kind.model
        drafts = issubclass(model, EditorialModel)
        instance = model(**entry.identity, **({"live": False} if drafts else {}))
        try:
            instance.clean_fields(exclude=_all_but(entry.kind.identity, model))
            instance.validate_constraints()
        except ValidationError as error:
            place = entry.kind.identity[-1]
            self.errors += [entry.error(place, message) for message in error.messages]
            return None
        if entry.kind.has_slugs:
            instance.save()
            self.know(model, entry.slug, instance)
            if self.terms.trusted:
                # Before any text is checked: another entry may link to one of them.
                facts.keep_addresses(instance, entry.facts)
        return _Item(entry, instance, record, is_new=True)

    def _asked_for(self, entry: Entry) -> bool:
        asked = {entry.slug, entry.name} & set(self.terms.overwrite)
        self.overwritten += asked
        return bool(asked)

    def _unknown_overwrites(self, entries: list[Entry]) -> Iterator[ContentError]:
        for asked in self.terms.overwrite:
            named = [one.name for one in entries if asked in (one.slug, one.name)]
            if not named:
                yield ContentError("--overwrite", asked, "", "no file has this entry")
            elif self.overwritten.count(asked) > 1:
                yield ContentError(
                    "--overwrite", asked, "", f"several entries: write one of {', '.join(named)}"
                )

    # --- What it says

    def fill(self, item: _Item) -> list[ContentError]:
        """Put the file's values into the instance, in memory."""
        if item.instance is None:
            return []
        builder = Builder(self.refer)
        builder.fill(item.instance, item.entry.values)
        return [item.entry.error(place, message) for place, message in builder.errors]

    def validate(self, item: _Item) -> list[ContentError]:
        """What the rules of the admin refuse; what is marked as a draft may be unfinished."""
        known = item.entry.facts
        found = faults_of(item.instance, draft=not known.live, signed=known.review is not None)
        # Cleaning writes some in another way, under which the row may stand here already.
        for name, value in item.entry.identity.items():
            if getattr(item.instance, name) != value and name not in dict(found):
                found.append((name, _("write it as: %s") % getattr(item.instance, name)))
        return [item.entry.error(place, message) for place, message in found]

    def validate_facts(self, item: _Item) -> Iterator[ContentError]:
        """A review that nobody gave, an address of another entry, a change without the right."""
        review = item.entry.facts.review
        if review and not self.terms.trusted:
            message = _("A review can be imported on the command line only.")
            yield item.entry.error("review", message)
        if item.kept:
            return
        if not self.terms.trusted and not self._may_change(item):
            yield item.entry.error("", _("You have no right to change this."))
        if review and self.terms.trusted:
            for message in self._against_review(item, review):
                yield item.entry.error("review", message)
        if item.is_new and self.terms.trusted:
            yield from self._taken_addresses(item)

    def _against_review(self, item: _Item, review: facts.Review) -> Iterator[str]:
        reviewer = self.refer(Contributor, review.by)
        if not isinstance(reviewer, Contributor):
            yield f"there is no contributor with the slug {review.by}"
        elif not reviewer.credentials:
            yield f"{review.by} has no credentials"
        if review.on > timezone.localdate():
            yield "its day is in the future"
        if review.due <= review.on:
            yield "the next review is due after this one, not before"
        if review.digest != clinical_digest(item.instance, self.name_of):
            yield "this is not the text that was signed: the digest is another"

    def _taken_addresses(self, item: _Item) -> Iterator[ContentError]:
        model = item.entry.kind.model
        for slug in item.entry.facts.old_addresses:
            other = PublishedSlug.objects.filter(
                content_type__app_label=model._meta.app_label,
                content_type__model=model._meta.model_name,
                slug=slug,
            ).exclude(object_id=item.instance.pk)
            if other.exists():
                yield item.entry.error(
                    "old_addresses", f"{slug} is an address of another entry for ever"
                )

    def _may_change(self, item: _Item) -> bool:
        options = item.entry.kind.model._meta
        return bool(self.terms.user.has_perm(f"{options.app_label}.change_{options.model_name}"))

    # --- What changes

    def change(self, item: _Item) -> Change:
        """What will happen to the entry, with its fields where somebody will read them."""
        name, model = item.entry.name, item.entry.kind.model
        if item.instance is None:
            return Change(name, KEPT, item.kept)
        shown = self._shows_fields
        new = mapping(item.instance, self.name_of) if shown else {}
        if item.is_new:
            if self.terms.trusted:
                new |= facts.shown(item.entry.facts)
            return Change(name, ADDED, self._remark(item), parts(new, model) if shown else [])
        same = digest(item.instance) == item.old_digest
        if same and self._is_as_the_file_says(item):
            return Change(name, UNCHANGED)
        found = differences(item.old, new) if shown else []
        if item.kept:
            return Change(name, KEPT, item.kept, found)
        return Change(name, CHANGED, self._remark(item), found)

    def _is_as_the_file_says(self, item: _Item) -> bool:
        """Whether an entry of the same text also has the same review, and is as live."""
        if not isinstance(item.instance, EditorialModel):
            return True
        known = item.entry.facts
        if known.review and not item.signed_before and not _has_review(item.instance, known.review):
            return False
        if item.kept:
            return item.was_live == known.live and (
                known.review is None or _has_review(item.instance, known.review)
            )
        return item.was_live or not self._publishes(item)

    def _publishes(self, item: _Item) -> bool:
        """Whether the text goes live: signed, asked for, or in the place of one that is live."""
        known = item.entry.facts
        if not self.terms.trusted or not known.live or item.signed_before:
            return False
        return item.was_live or (
            not item.overwritten and (self.terms.live or known.review is not None)
        )

    def _remark(self, item: _Item) -> str:
        if not isinstance(item.instance, EditorialModel):
            return ""
        if self._publishes(item):
            return _("reviewed") if item.entry.facts.review else _("live, not reviewed")
        if item.signed_before:
            return _("as a draft: the text was signed here, so this one needs a review")
        return _("as a draft beside the live text") if item.was_live else _("as a draft")

    # --- Into the tables

    def write(self, items: list[_Item], outcome: Outcome) -> None:
        """Save what is added or changed. ``ContentErrors`` naming the entry that is refused."""
        for item, change in zip(items, outcome.changes, strict=True):
            if change.status not in (ADDED, CHANGED):
                continue
            try:
                self._write(item)
            except (ValidationError, IntegrityError) as error:
                messages = error.messages if isinstance(error, ValidationError) else [str(error)]
                raise ContentErrors([item.entry.error("", one) for one in messages]) from error

    def _write(self, item: _Item) -> None:
        fingerprint = digest(item.instance)
        drafts = isinstance(item.instance, EditorialModel)
        publish = drafts and self._publishes(item)
        if drafts:
            self._write_entry(item, publish)
        else:
            item.instance.save()
        if not item.entry.kind.has_slugs:
            return
        record = item.record or LoadRecord(kind=item.entry.kind.label)
        record.slug, record.object_id = item.entry.slug, item.instance.pk
        record.digest, record.live = fingerprint, not drafts or publish or item.was_live
        record.save()

    def _write_entry(self, item: _Item, publish: bool) -> None:
        entry, user = item.instance, self.terms.user
        if item.is_new and self.terms.trusted:
            facts.plan(entry, item.entry.facts)
        if not entry.live and not publish:
            # Never published: its draft stands in the row as well, as the edit form leaves it.
            entry.save()
        revision = entry.save_revision(clean=False, user=user, log_action="editorial.import")
        review = item.entry.facts.review
        if review and self.terms.trusted and not item.signed_before:
            self._sign(entry, revision, review)
        if publish:
            entry.publish(revision, user, starter=True)
        if item.is_new and self.terms.trusted:
            facts.restore(entry, item.entry.facts)
            if publish and item.entry.facts.safety_notice:
                entry_published.send(type(entry), entry=type(entry).objects.get(pk=entry.pk))

    def _sign(self, entry: EditorialModel, revision: Any, review: facts.Review) -> None:
        """The signature that the file carries, under the text as it stands here."""
        reviewer = cast(Contributor, self.refer(Contributor, review.by))
        # Not later than what the log says was published under it on that day.
        signed_at = timezone.make_aware(datetime.combine(review.on, time.min))
        SignOff.objects.create(
            entry=entry,
            revision=revision,
            digest=clinical_digest(revision.as_object()),
            reviewer=reviewer,
            signed_as=str(reviewer),
            signed_at=signed_at,
            due=review.due,
        )


def _all_but(names: Iterable[str], model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.fields}.difference(names)


def _edited(row: models.Model) -> str:
    """Why a row without a slug is not as this program or a file made it; empty if it is."""
    return _("edited since") if ModelLogEntry.objects.for_instance(row).exists() else ""


def _touched(existing: models.Model, record: LoadRecord | None) -> str:
    """Why the entry is not what was loaded last: an editor's work, in words; empty if it is."""
    if record is None:
        return _("not from a file")
    if isinstance(existing, EditorialModel):
        if SignOff.of(existing).exists():
            return _("signed by a clinician")
        if _stands_still(existing):
            return _stands_still(existing)
        if existing.live != record.live or (existing.first_published_at and not record.live):
            return _("published or unpublished since")
        existing = existing.get_latest_revision_as_object()
    return _("edited since") if digest(existing) != record.digest else ""


def _stands_still(entry: EditorialModel) -> str:
    """Why nobody changes the text now."""
    if entry.locked:
        return _("locked by an editor")
    return _("waits for a clinical review") if entry.workflow_in_progress else ""


def _has_review(entry: EditorialModel, review: facts.Review) -> bool:
    asked = review.by, review.on, review.due
    if entry.live:
        by = entry.reviewed_by
        return by is not None and asked == (by.slug, entry.reviewed_on, entry.review_due)
    last = SignOff.last_of(entry)
    return last is not None and asked == (
        last.reviewer.slug,
        timezone.localdate(last.signed_at),
        last.due,
    )
