"""Clinical review as a business: who may sign, signing, sending back, withdrawing.

Each function that changes something is one transaction and takes the task state locked, so that
of two decisions at the same moment one stands and the other learns of it (design, section 7).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, TaskState, WorkflowState

from tgsite.editorial import checks, staff
from tgsite.editorial.dates import months_later
from tgsite.editorial.models import ClinicalReviewTask, EditorialModel, SignOff, Tick
from tgsite.editorial.permissions import MANAGER
from tgsite.editorial.plain import clinical_digest

logger = logging.getLogger(__name__)

# Actions of Wagtail's log by which a person changes the text.
_WRITING = ("wagtail.create", "wagtail.edit", "wagtail.revert")


class Decided(Exception):
    """Somebody else decided, or the author withdrew, before this request came."""


def of_clinical_review() -> QuerySet[TaskState]:
    """Every text that was ever sent to a clinician, oldest first, as task states."""
    return (
        TaskState.objects.filter(task__in=ClinicalReviewTask.objects.values("task_ptr"))
        .select_related("workflow_state__requested_by", "revision", "task")
        .order_by("started_at", "pk")
    )


def waiting() -> QuerySet[TaskState]:
    """Every text that waits for a clinician, oldest first."""
    return of_clinical_review().filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )


def entry_of(task_state: TaskState) -> EditorialModel:
    """The entry under review, from the task state alone and never from an address."""
    entry: EditorialModel = task_state.workflow_state.content_object
    return entry


def writers(entry: EditorialModel) -> set[int]:
    """Ids of the users who changed the text since the last approval, autosaves included."""
    changes = ModelLogEntry.objects.for_instance(entry).filter(
        action__in=_WRITING, content_changed=True, user__isnull=False
    )
    revisions = entry.revisions.filter(user__isnull=False)
    last = SignOff.last_of(entry)
    if last is not None:
        # A log entry of the approved text itself may be written just after its revision.
        changes = changes.filter(timestamp__gt=last.revision.created_at).exclude(
            revision=last.revision_id
        )
        revisions = revisions.filter(pk__gt=last.revision_id)
    return {*changes.values_list("user", flat=True), *revisions.values_list("user", flat=True)}


def reason_against(task_state: TaskState, user: Any) -> str:
    """Why ``user`` may not sign this text; empty when nothing stands against it."""
    entry = entry_of(task_state)
    if not staff.is_reviewer(user):
        return _("Only clinical reviewers decide a review.")
    if user.pk == task_state.workflow_state.requested_by_id:
        return _("You sent this text to review, so a colleague has to sign it.")
    if user.pk in writers(entry):
        return _("You edited this text since the last approval, so a colleague has to sign it.")
    person = getattr(user, "contributor", None)
    if person is None or not person.credentials:
        return _(
            "Readers see who signed. Ask a managing editor to link your account to a person with "
            "credentials, under People."
        )
    if person in task_state.revision.as_object().authors.all():
        return _("You are named as an author of this text, so a colleague has to sign it.")
    return ""


def can_withdraw(task_state: TaskState, user: Any) -> bool:
    """Who sent it may take it back; a managing editor may, since the author can be away."""
    return bool(
        user.is_superuser
        or user.pk == task_state.workflow_state.requested_by_id
        or user.groups.filter(name=MANAGER).exists()
    )


def approve(
    task_state_id: int,
    user: Any,
    *,
    ticks: Iterable[str],
    reasons: Mapping[str, str],
    comment: str = "",
) -> SignOff:
    """Sign the submitted revision and publish exactly it.

    ``reasons``: key of a check that may be passed -> why it is. Raises ``PermissionDenied`` for
    who may not sign (and logs it), ``Decided``, and ``ValidationError`` for what is missing.
    """
    with _task_state(task_state_id) as task_state:
        if against := reason_against(task_state, user):
            _log_refusal(task_state, user, against)
            raise PermissionDenied(against)
        entry = entry_of(task_state)
        text = task_state.revision.as_object()
        if set(ticks) != set(Tick.values):
            raise ValidationError(_("Tick all six, or send the text back."))
        passed = _passed(text, reasons)
        now = timezone.now()
        sign_off = SignOff.objects.create(
            entry=entry,
            revision=task_state.revision,
            digest=clinical_digest(text),
            reviewer=user.contributor,
            signed_as=str(user.contributor),
            signed_by=user,
            submitted_by=task_state.workflow_state.requested_by,
            signed_at=now,
            due=months_later(timezone.localdate(now), entry.months_between_reviews),
            ticks=[tick.value for tick in Tick],
            passed=passed,
        )
        task_state.approve(user=user, comment=comment)
    return sign_off


def _passed(text: EditorialModel, reasons: Mapping[str, str]) -> Sequence[dict[str, str]]:
    """The checks that the reviewer passes, each with the reason; ``ValidationError`` for others."""
    found, refused = [], []
    for problem in checks.problems(text):
        if problem.level == checks.Level.FINAL:
            refused.append(problem.sentence())
        elif problem.level == checks.Level.BLOCK:
            reason = reasons.get(problem.key, "").strip()
            if reason:
                found.append(
                    {"rule": problem.rule, "message": problem.sentence(), "reason": reason}
                )
            else:
                refused.append(_("Give a reason or send it back: %s") % problem.sentence())
    if refused:
        raise ValidationError(refused)
    return found


def send_back(task_state_id: int, user: Any, comment: str) -> None:
    """Back to the author with words; ``PermissionDenied``, ``Decided``, ``ValidationError``."""
    with _task_state(task_state_id) as task_state:
        if not staff.is_reviewer(user):
            _log_refusal(task_state, user, "not a reviewer")
            raise PermissionDenied(_("Only clinical reviewers decide a review."))
        if not comment.strip():
            raise ValidationError(_("Say what has to change, so that the author can mend it."))
        task_state.reject(user=user, comment=comment.strip())


def withdraw(task_state_id: int, user: Any) -> None:
    """Take the text out of review; the draft stays. ``PermissionDenied``, ``Decided``."""
    with _task_state(task_state_id) as task_state:
        if not can_withdraw(task_state, user):
            _log_refusal(task_state, user, "may not withdraw")
            raise PermissionDenied(_("Only who sent it, or a managing editor, can withdraw it."))
        task_state.workflow_state.cancel(user=user)


@contextmanager
def _task_state(task_state_id: int) -> Any:
    """The task state, locked until the block ends; ``Decided`` when it waits no more."""
    refused: PermissionDenied | None = None
    with transaction.atomic():
        locked = TaskState.objects.select_for_update().filter(pk=task_state_id).first()
        if locked is None or not waiting().filter(pk=task_state_id).exists():
            raise Decided(_("This text is not waiting for a review any more."))
        try:
            yield locked
        except PermissionDenied as error:
            # Nothing was changed but the log, which has to stay.
            refused = error
    if refused is not None:
        raise refused


def _log_refusal(task_state: TaskState, user: Any, reason: str) -> None:
    entry = entry_of(task_state)
    logger.warning("Refused a decision on %s by user %s: %s", entry._meta.label, user.pk, reason)
    log(
        instance=entry,
        action="editorial.review-refused",
        user=user if isinstance(user, get_user_model()) else None,
        data={"reason": reason},
        revision=task_state.revision,
    )
