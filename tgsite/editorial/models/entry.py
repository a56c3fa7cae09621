"""What every publishable thing has: drafts, revisions, locks, review dates, sources, people.

``EditorialModel.publish()`` is the one gate to the public tables (design, section 4).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    ReferenceIndex,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.signal_handlers import disable_reference_index_auto_update

from tgsite.editorial import gate, mending
from tgsite.editorial.fields import KeyField, LinesField
from tgsite.editorial.models.people import Contributor
from tgsite.editorial.models.records import ContentVersion, PublishedSlug
from tgsite.editorial.models.review import Publication
from tgsite.editorial.publication import entry_published, entry_taken_off
from tgsite.editorial.querysets import EntryQuerySet
from tgsite.editorial.standing import SafetyNotice, Standing

# Words that stand in an address beside slugs: `/drugs/compare/`, `/drugs/<slug>/feed/`.
RESERVED_SLUGS = ("compare", "docs", "feed", "new", "page", "schema", "suggest")


class KeyedChild(Orderable):
    """A row that belongs to an entry, in an order chosen by the editor, with a lasting key."""

    key = KeyField()

    # Properties that make an address of another site from other fields.
    built_addresses: tuple[str, ...] = ()

    class Meta(Orderable.Meta):
        abstract = True
        # PostgreSQL gives rows of the same place in any order, another one after each change.
        ordering = ["sort_order", "pk"]


class SourceRow(KeyedChild):
    """A document that an entry rests on; the concrete class adds the ParentalKey."""

    class Kind(models.TextChoices):
        """Rank of a source, best first (content standard A5)."""

        REGULATOR = "regulator", _("Regulator or official label")
        GUIDELINE = "guideline", _("National body or guideline")
        TRIAL = "trial", _("Trial or journal paper")
        CHARITY = "charity", _("Cancer charity or hospital")
        MAKER = "maker", _("Maker of the medicine")
        NEWS = "news", _("Professional news or reference site")

    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    url = models.URLField(
        _("address"),
        max_length=500,
        blank=True,
        help_text=_("Leave empty if only the site's front page is known."),
    )
    kind = models.CharField(max_length=12, choices=Kind.choices, blank=True)
    as_of = models.CharField(
        _("date of the source"),
        max_length=120,
        blank=True,
        help_text=_("As the source shows it, e.g. 2026-05-15, or: undated."),
    )
    place = models.CharField(
        max_length=120, blank=True, help_text=_("Where in the source, e.g. section 14.1.")
    )
    read_on = models.DateField(
        _("read on"), null=True, blank=True, help_text=_("The day a person last read it.")
    )

    class Meta(KeyedChild.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title


class EditorialModel(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel
):
    """Base of everything that an editor publishes."""

    slug = models.SlugField(
        max_length=80,
        unique=True,
        null=True,
        blank=True,
        help_text=_("The end of the public address. Once published it is kept for ever."),
    )
    authors = ParentalManyToManyField(
        Contributor, blank=True, related_name="%(app_label)s_%(class)s_written"
    )
    reviewed_by = models.ForeignKey(
        Contributor,
        null=True,
        blank=True,
        editable=False,
        serialize=False,
        on_delete=models.PROTECT,
        related_name="%(app_label)s_%(class)s_reviewed",
    )
    reviewed_on = models.DateField(null=True, blank=True, editable=False, serialize=False)
    review_due = models.DateField(null=True, blank=True, editable=False, serialize=False)
    # Put on a live entry at once by a managing editor, beside the text that is signed.
    safety_notice = models.TextField(blank=True, editable=False, serialize=False)
    safety_notice_source = models.CharField(
        max_length=300, blank=True, editable=False, serialize=False
    )
    safety_notice_url = models.URLField(max_length=500, blank=True, editable=False, serialize=False)
    safety_notice_since = models.DateField(null=True, blank=True, editable=False, serialize=False)
    # The last day it is shown; none once a clinician has confirmed it.
    safety_notice_until = models.DateField(null=True, blank=True, editable=False, serialize=False)
    safety_notice_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        serialize=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    change_note = models.CharField(
        _("what changed"),
        max_length=200,
        blank=True,
        help_text=_("One sentence for readers, shown on the page and on the list of updates."),
    )
    internal_notes = models.TextField(
        blank=True, help_text=_("For editors only; never shown on the site.")
    )
    search_aliases = LinesField(
        blank=True,
        help_text=_("Other words people type to find this, one a line; never shown."),
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="%(class)s")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="%(class)s",
        for_concrete_model=False,
    )

    objects = EntryQuerySet.as_manager()

    # The column that names an entry in lists made of several kinds.
    name_field = "name"
    # The columns that its address is made from.
    address_fields: tuple[str, ...] = ("slug",)
    # Dotted name of the function that renders the public page: (request, entry) -> response.
    preview_view: str
    # How wide the preview is, in CSS pixels: as most phones, a tablet upright, a desktop.
    preview_sizes = [
        {"name": "phone", "icon": "mobile-alt", "device_width": 390, "label": _("Phone")},
        {"name": "tablet", "icon": "tablet-alt", "device_width": 820, "label": _("Tablet")},
        {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("Desktop")},
    ]
    # These belong to the row and are not serialised: no revision brings old values back.
    REVIEW_FIELDS = ("reviewed_by", "reviewed_on", "review_due")
    NOTICE_FIELDS = (
        "safety_notice",
        "safety_notice_source",
        "safety_notice_url",
        "safety_notice_since",
        "safety_notice_until",
        "safety_notice_by",
    )
    # Months from a review to the next one (design, section 7).
    months_between_reviews = 6
    # What the row alone knows about the text that is live.
    PUBLICATION_FIELDS = (
        *REVIEW_FIELDS,
        *NOTICE_FIELDS,
        "id",
        "live",
        "first_published_at",
        "last_published_at",
        "live_revision",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(slug__in=RESERVED_SLUGS),
                name="%(app_label)s_%(class)s_slug_not_reserved",
                violation_error_message=_("This word is kept for another address."),
            ),
            models.CheckConstraint(
                condition=models.Q(live=False) | models.Q(slug__isnull=False) & ~models.Q(slug=""),
                name="%(app_label)s_%(class)s_live_has_slug",
                violation_error_message=_("Give the entry a slug before it is published."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    reviewed_by__isnull=True, reviewed_on__isnull=True, review_due__isnull=True
                )
                | models.Q(
                    reviewed_by__isnull=False,
                    reviewed_on__isnull=False,
                    review_due__gt=models.F("reviewed_on"),
                ),
                name="%(app_label)s_%(class)s_review_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(safety_notice="", safety_notice_since__isnull=True)
                | ~models.Q(safety_notice="")
                & ~models.Q(safety_notice_source="")
                & models.Q(safety_notice_since__isnull=False),
                name="%(app_label)s_%(class)s_notice_is_whole",
            ),
        ]

    @property
    def revisions(self) -> models.QuerySet[Revision]:
        """Every saved state of this entry, newest last."""
        return self._revisions

    @property
    def is_reviewed(self) -> bool:
        """Whether a clinician signed the text that is live."""
        return self.reviewed_on is not None

    @property
    def standing(self) -> Standing:
        """Its review and its safety notice, as they stand on the row."""
        notice = SafetyNotice(
            self.safety_notice,
            self.safety_notice_source,
            self.safety_notice_url,
            self.safety_notice_since,
            self.safety_notice_until,
        )
        return Standing(self.reviewed_on, self.review_due, notice if notice.text else None)

    def active_notice(self, today: date) -> SafetyNotice | None:
        """The safety notice that readers see today."""
        return self.standing.active_notice(today)

    def with_content_json(self, content: dict[str, Any]) -> EditorialModel:
        """A copy with the content of a revision, and of the row what no revision decides.

        Wagtail leaves ``live_revision`` as it was when the revision was made: of the first one
        that is none, and a later schedule would take the live page for one to be replaced now.
        """
        copy: EditorialModel = super().with_content_json(content)
        for name in self.PUBLICATION_FIELDS:
            setattr(copy, name, getattr(self, name))
        return copy

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a draft; autosave never overwrites what was submitted, signed or published."""
        overwritten = kwargs.get("overwrite_revision")
        if overwritten and (
            overwritten.approved_go_live_at
            or overwritten.task_states.exists()
            or hasattr(overwritten, "sign_off")
            or type(self).objects.filter(pk=self.pk, live_revision=overwritten).exists()
        ):
            kwargs["overwrite_revision"] = None
        return super().save_revision(*args, **kwargs)

    def publish(
        self,
        revision: Revision,
        user: Any = None,
        *args: Any,
        starter: bool = False,
        **kwargs: Any,
    ) -> None:
        """The one gate: checks, sign-off, row, children, address, log, followers, or nothing.

        ``starter``: starter content, the one exception to clinical review. Raises
        ``ValidationError`` when the revision breaks a rule that blocks publication, or when
        neither a clinician's signature nor the smallness of the change lets it through.
        """
        with transaction.atomic():
            # The revision remembers the row as it was when it was read: take the lock, read anew.
            row = type(self).objects.select_for_update().get(pk=self.pk)
            permit = gate.permit(row, Revision.objects.get(pk=revision.pk), user, starter=starter)
            revision = Revision.objects.get(pk=revision.pk)
            before = row.live_revision
            super().publish(revision, user, *args, **kwargs)
            # A scheduled one is not live yet: its day comes with another call.
            for entry in type(self).objects.filter(pk=self.pk, live_revision=revision):
                entry._stamp(permit)
                entry._keep_address()
                entry.record(permit.kind, entry.change_note, revision, user)
                mending.follow(entry, before)
                entry_published.send(type(self), entry=entry)
            ContentVersion.advance()

    def _stamp(self, permit: gate.Permit) -> None:
        """Put the signature that lets the text through on the row."""
        if permit.sign_off is None:
            return
        self.reviewed_by = permit.sign_off.reviewer
        self.reviewed_on = timezone.localdate(permit.sign_off.signed_at)
        self.review_due = permit.sign_off.due
        self.save(update_fields=self.REVIEW_FIELDS)

    def record(
        self, kind: str, note: str = "", revision: Revision | None = None, by: Any = None
    ) -> Publication:
        """Write down for readers and editors that the public page changed, and why."""
        return Publication.objects.create(
            entry=self,
            kind=kind,
            at=timezone.now(),
            # Of a medicine both names: one is never shown without the other.
            name=str(self),
            note=note,
            revision=revision,
            by=by,
        )

    def _keep_address(self) -> None:
        """Remember the slug that readers may now link to."""
        PublishedSlug.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(self),
            slug=self.slug,
            defaults={"object_id": self.pk},
        )

    def save(self, *args: Any, note: str = "", by: Any = None, **kwargs: Any) -> None:
        """Save the row; one that is live no more leaves every page in the same transaction.

        All roads off the site end here: the safety lane, the method, expiry. ``note``, for
        readers, and ``by`` say why and who.
        """
        with transaction.atomic():
            taken_off = (
                not self.live
                # A draft saved from a copy read before the publication writes other columns only.
                and "live" in (kwargs.get("update_fields") or ("live",))
                and type(self).objects.filter(pk=self.pk, live=True).exists()
            )
            # Wagtail's list of what refers to what is made anew once, not for each row.
            with disable_reference_index_auto_update():
                super().save(*args, **kwargs)
            ReferenceIndex.create_or_update_for_object(self)
            if taken_off:
                self.record(Publication.Kind.OFF, note, by=by)
                entry_taken_off.send(type(self), entry=self)
                ContentVersion.advance()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The public page of this unsaved state, by the public view's own function."""
        response: HttpResponse = import_string(self.preview_view)(request, self)
        return response


def entry_models() -> list[type[EditorialModel]]:
    """Every kind of entry."""
    return [model for model in apps.get_models() if issubclass(model, EditorialModel)]
