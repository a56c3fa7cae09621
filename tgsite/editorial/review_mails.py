"""Wagtail's mails about a review, sent after the commit.

Wagtail mails inside the transaction: a slow mail server would hold the row locked, and a refused
decision would have been announced. The words are in ``templates/wagtailadmin/notifications``.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from wagtail.admin import signal_handlers as wagtails
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

_MAILS = (
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
)


def connect() -> None:
    """Called once at start: in the place of Wagtail's own receivers, under their names."""
    for name, signal, sender, notify in _MAILS:
        uid = f"{name}_email_notification"
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(_after_commit(notify), sender=sender, weak=False, dispatch_uid=uid)


def _after_commit(notify: Callable[..., Any]) -> Callable[..., None]:
    def receiver(instance: Any, **kwargs: Any) -> None:
        def send() -> None:
            notify(instance=instance, **kwargs)

        # A mail that fails is logged, and undoes nothing.
        transaction.on_commit(send, robust=True)

    return receiver
