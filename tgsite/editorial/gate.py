"""Who lets a text through to the public table: a signature, or a change too small to need one.

``EditorialModel.publish`` asks here, in its transaction, with the row locked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from tgsite.editorial import checks, minor
from tgsite.editorial.models.review import Publication, SignOff
from tgsite.editorial.plain import clinical_digest


@dataclass(frozen=True)
class Permit:
    """Why a text may be published; ``sign_off`` is the signature that it carries from now on."""

    kind: str
    sign_off: SignOff | None = None


def permit(row: Any, revision: Revision, user: Any, *, starter: bool) -> Permit:
    """What lets ``revision`` replace the text of ``row``.

    ``starter`` marks starter content, which no clinician has read and which says so. Raises
    ``ValidationError`` in words for an editor when nothing lets it through.
    """
    entry = revision.as_object()
    last = SignOff.last_of(row)
    found = None
    if last is not None and last.digest == clinical_digest(entry):
        found = _signed(row, revision, last)
    elif starter and last is None:
        found = Permit(Publication.Kind.STARTER)
    # What may be passed with a reason was passed at the approval, or is older than the check.
    unread = found is not None and found.kind == Publication.Kind.STARTER
    refusing = checks.refusing(entry, starter=unread)
    if refusing:
        raise ValidationError([problem.sentence() for problem in refusing])
    if not (starter and last is None):
        _check_note(row, entry, last)
    return found or _minor_edit(row, revision, entry, user)


def _check_note(row: Any, entry: Any, last: SignOff | None) -> None:
    """The note on the change is public and no part of what is signed: a new one says no fact."""
    read = {"", row.change_note if row.live else ""}
    if last is not None:
        read.add(last.revision.content.get("change_note", ""))
    if entry.change_note in read:
        return
    facts = minor.facts_in(entry.change_note)
    if facts:
        raise ValidationError(
            _(
                "No clinician has read the note on what changed, and these words of it may carry "
                "a fact: %(words)s. Say it without them, or send the text to clinical review."
            )
            % {"words": _list(facts)}
        )


def _signed(row: Any, revision: Revision, last: SignOff) -> Permit:
    # Perhaps in another revision than the signed one: who reschedules it makes a new one.
    shown = Publication.of(row).filter(kind=Publication.Kind.REVIEWED, at__gte=last.signed_at)
    if not shown.exists():
        return Permit(Publication.Kind.REVIEWED, last)
    if last.revision_id == revision.pk and row.live_revision_id != revision.pk:
        return Permit(Publication.Kind.AGAIN, last)
    return Permit(Publication.Kind.MINOR if row.live else Publication.Kind.AGAIN, last)


def _minor_edit(row: Any, revision: Revision, entry: Any, user: Any) -> Permit:
    """A change without anything medical, begun from the live text by who publishes it."""
    needs_review = _("A clinician has to review this first: send it to clinical review.")
    if not row.live or row.live_revision is None:
        raise ValidationError(needs_review)
    reasons = minor.reasons_against(_last_read(row).as_object(), entry)
    if reasons:
        raise ValidationError(
            [needs_review, _("More than a minor edit: %(places)s.") % {"places": _list(reasons)}]
        )
    if entry.go_live_at and entry.go_live_at > timezone.now():
        raise ValidationError(_("Only a text that a clinician approved can be scheduled."))
    # Nobody passes with a reason what was not there when the text was read.
    known = {problem.key for problem in checks.blocking(row.live_revision.as_object())}
    fresh = [problem for problem in checks.blocking(entry) if problem.key not in known]
    if fresh:
        raise ValidationError([problem.sentence() for problem in fresh])
    if holds_draft_of_another(row, revision, user):
        raise ValidationError(_("A colleague's draft is in this text. Send it to clinical review."))
    # Without the last signature, which may be under another text: the row keeps its review.
    return Permit(Publication.Kind.MINOR)


def _last_read(row: Any) -> Revision:
    """The text that minor edits are counted from, so that many do not add up to a large one."""
    whole = Publication.of(row).exclude(kind=Publication.Kind.MINOR).exclude(revision=None)
    published = whole.select_related("revision").first()
    found: Revision = published.revision if published else row.live_revision
    return found


def holds_draft_of_another(row: Any, revision: Revision, user: Any) -> bool:
    """Whether ``revision`` may hold what anybody but ``user`` wrote after the live text.

    Not once somebody has gone back to the live text since.
    """
    if row.live_revision is None:
        return True
    since = row.revisions.filter(pk__gt=row.live_revision_id, pk__lte=revision.pk)
    other = (since.exclude(user=user) if user else since).order_by("pk").last()
    if other is None:
        return False
    live = clinical_digest(row.live_revision.as_object())
    return all(clinical_digest(one.as_object()) != live for one in since.filter(pk__gte=other.pk))


def _list(reasons: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(str(reason) for reason in reasons))
