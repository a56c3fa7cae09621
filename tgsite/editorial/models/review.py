"""Clinical review: the workflow's task, what a clinician signed, what was published and why."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, Revision, TaskState

from tgsite.editorial.models.people import Contributor


class ReviewLock(WorkflowLock):
    """A text under review stands still for everybody; its message leads to the review."""

    def get_message(self, user: Any) -> str:
        """In words, with the link."""
        state = self.object.current_workflow_task_state
        return format_html(
            '{} <a href="{}">{}</a>',
            __("This text waits for a clinical review, so nobody can change it now."),
            reverse("editorial_review", args=[state.pk]),
            __("Open the review, or withdraw the text from it."),
        )

    def get_locked_by(self, user: Any, can_lock: bool = False) -> str:
        """Who holds it."""
        return __("In clinical review")

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        """Why."""
        return __("What a clinician signs is what the clinician read.")


class ClinicalReviewTask(AbstractGroupApprovalTask):
    """A clinician reads the text that was submitted, and signs it or sends it back.

    The only way to do so is ``tgsite.editorial.review``: Wagtail's own workflow addresses take an
    entry and a task state that need not belong together, and save the form before they approve.
    """

    lock_class = ReviewLock

    class Meta:
        verbose_name = _("clinical review")
        verbose_name_plural = _("clinical reviews")

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """The review of the text that was saved last.

        A workflow that is resumed may hold the entry as it was before this text was saved.
        """
        workflow_state.content_object.refresh_from_db(fields=["latest_revision"])
        return super().start(workflow_state, user=user)

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        """None on Wagtail's screens, for anybody; administrators included."""
        return []

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Refuse whatever reaches the task by another road than the review screen."""
        raise PermissionDenied(_("Reviews are decided on the review screen only."))

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """The text under review stands still for everybody: what is signed is what was read."""
        return True

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """A reviewer reads on the review screen."""
        return False

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """The review is the lock."""
        return False

    def get_task_states_user_can_moderate(self, user: Any, **_kwargs: Any) -> Any:
        """None: the dashboard's own panel leads to the review screen."""
        return TaskState.objects.none()


class Tick(models.TextChoices):
    """What a reviewer confirms, one by one (content standard, section 1)."""

    SOURCES = "sources", _("The sources say what the text says.")
    USES = "uses", _("The uses match the label.")
    WARNINGS = "warnings", _("The warnings are complete.")
    TONE = "tone", _("The tone is calm, plain and respectful.")
    CHOICES = "choices", _("Other choices are named, having no treatment among them.")
    PICTURES = "pictures", _("Pictures are right and have their text, or there are none.")


class OfEntry(models.Model):
    """A record about one entry of any kind; it outlives a new slug and a new name."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    entry = GenericForeignKey("content_type", "object_id")

    objects = models.Manager["Any"]()

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="%(class)s_of_entry"),
        ]

    @classmethod
    def of(cls, entry: models.Model) -> models.QuerySet[Any]:
        """The records about ``entry``."""
        return cls.objects.filter(
            content_type=ContentType.objects.get_for_model(entry), object_id=entry.pk
        )


class SignOff(OfEntry):
    """A clinician's signature under exactly one text.

    It counts as long as the text to be published has the same clinical digest and no later
    sign-off of the entry exists (design, section 7).
    """

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="sign_off")
    digest = models.CharField(max_length=64, help_text="clinical_digest of the revision")
    reviewer = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="sign_offs")
    signed_as = models.CharField(
        max_length=250, help_text="Name and credentials as they were on the day"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed_at = models.DateTimeField()
    due = models.DateField()
    ticks = models.JSONField(default=list, help_text="Codes of Tick")
    passed = models.JSONField(
        default=list, help_text="Checks passed with a reason: rule, message, reason"
    )

    class Meta(OfEntry.Meta):
        ordering = ["signed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.signed_as}, {self.signed_at:%Y-%m-%d}"

    @classmethod
    def last_of(cls, entry: models.Model) -> SignOff | None:
        """The last signature under a text of ``entry``."""
        return cls.of(entry).order_by("signed_at", "pk").last()

    @classmethod
    def sender_of_last(cls, model: type[models.Model]) -> models.Subquery:
        """For a query over ``model``: the id of its owner, who sent the last signed text."""
        signed = cls.objects.filter(
            content_type=ContentType.objects.get_for_model(model), object_id=models.OuterRef("pk")
        )
        return models.Subquery(signed.order_by("-signed_at", "-pk").values("submitted_by")[:1])


class Publication(OfEntry):
    """One change of what readers see of an entry, with the note that readers get."""

    class Kind(models.TextChoices):
        """Why the public page changed."""

        STARTER = "starter", _("Published, not yet reviewed by a clinician")
        REVIEWED = "reviewed", _("Published after clinical review")
        MINOR = "minor", _("Small correction, nothing medical")
        AGAIN = "again", _("Back on the site, as it was reviewed")
        NOTICE = "notice", _("Safety notice added")
        NOTICE_REVIEWED = "notice-ok", _("Safety notice confirmed by a clinician")
        NOTICE_ENDED = "notice-off", _("Safety notice removed")
        OFF = "off", _("Taken off this site")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField(db_index=True)
    name = models.CharField(max_length=250, help_text="The entry's name on that day")
    note = models.CharField(max_length=400, blank=True)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(OfEntry.Meta):
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_kind_display()}"
