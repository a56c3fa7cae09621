"""What must also happen: a deletion is a change as well, and mails go out after the commit."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete
from wagtail.admin import signal_handlers as wagtails
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from tgsite.editorial.models import ContentVersion, EditorialModel, ShownAtOnce


def connect() -> None:
    """Called once at start."""
    post_delete.connect(_entry_deleted, dispatch_uid="tgsite.editorial.entry_deleted")
    for name, signal, sender, notify in (
        (
            "group_approval_task_submitted",
            task_submitted,
            TaskState,
            wagtails.task_submission_email_notifier,
        ),
        (
            "workflow_state_rejected",
            workflow_rejected,
            WorkflowState,
            wagtails.workflow_rejection_email_notifier,
        ),
        (
            "workflow_state_approved",
            workflow_approved,
            WorkflowState,
            wagtails.workflow_approval_email_notifier,
        ),
    ):
        # Under Wagtail's own name, in its place.
        signal.disconnect(sender=sender, dispatch_uid=f"{name}_email_notification")
        signal.connect(
            _after_commit(notify),
            sender=sender,
            weak=False,
            dispatch_uid=f"{name}_email_notification",
        )


def _after_commit(notify: Callable[..., Any]) -> Callable[..., None]:
    """Wagtail mails inside the transaction: a slow mail server would hold the row locked."""

    def receiver(instance: Any, **kwargs: Any) -> None:
        transaction.on_commit(partial(notify, instance=instance, **kwargs), robust=True)

    return receiver


def _entry_deleted(sender: type[models.Model], **_kwargs: Any) -> None:
    if issubclass(sender, EditorialModel | ShownAtOnce):
        ContentVersion.advance()
