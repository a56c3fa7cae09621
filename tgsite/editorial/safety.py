"""The safety lane: what a managing editor does to a live entry at once and alone (design, §7).

Each function is one transaction with the row locked. It writes the row's own columns, so drafts,
revisions and reviews under way stay as they are, and a later publication keeps the notice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import log

from tgsite.editorial import mailing, staff
from tgsite.editorial.checks.values import MARKUP
from tgsite.editorial.models import ContentVersion, EditorialModel, Publication, SignOff
from tgsite.editorial.permissions import MANAGER, REVIEWER
from tgsite.editorial.publication import entry_published

logger = logging.getLogger(__name__)

NOTICE_WORDS = 60
# Days after the first on which a notice that no clinician confirmed is still shown.
NOTICE_DAYS = 14
SOURCE_LENGTH, URL_LENGTH, REASON_LENGTH = 300, 500, 200

# Of the public log: long words may make sixty of them longer.
_NOTE_LENGTH = 400
_is_web_address = URLValidator(schemes=["http", "https"])


class TakeOff(UnpublishAction):
    """Wagtail's own way off the site, with words for readers and the name of who did it."""

    def __init__(self, entry: EditorialModel, note: str, **kwargs: Any) -> None:
        super().__init__(entry, **kwargs)
        self.note = note

    def _commit_unpublish(self, object: Any) -> None:
        object.save(note=self.note, by=self.user)


def may_act(entry: Any, user: Any) -> bool:
    """Whether ``user`` has the safety lane: managing editors and administrators."""
    return staff.may_change(user, entry, "publish")


def may_look(entry: Any, user: Any) -> bool:
    """Whether the screen is for ``user``: also for reviewers, who confirm."""
    return may_act(entry, user) or staff.is_reviewer(user)


def is_shown(entry: Any) -> bool:
    """Whether readers see the entry's notice today."""
    return entry.active_notice(timezone.localdate()) is not None


def reason_against_confirming(entry: Any, user: Any) -> str:
    """Why ``user`` may not confirm the notice; empty when nothing stands against it."""
    person = getattr(user, "contributor", None)
    if not staff.is_reviewer(user):
        return _("Only clinical reviewers confirm a safety notice.")
    if entry.safety_notice_by_id == user.pk:
        return _("You wrote this notice, so a colleague has to confirm it.")
    if person is None or not person.credentials:
        return _(
            "Readers see who confirmed it. Ask a managing editor to link your account to a person "
            "with credentials, under People."
        )
    return ""


def put_notice(
    entry: EditorialModel, user: Any, text: str, source: str, url: str = ""
) -> EditorialModel:
    """Show ``text`` first on the live entry, from today on; it replaces an earlier notice.

    Returns the row. Raises ``PermissionDenied``, and ``ValidationError`` by field: text, source,
    url.
    """
    with _row(entry, user, may_act) as row:
        _needs_live(row)
        text, source, url = plain(text), plain(source), url.strip()
        _refuse(text=wrong_text(text), source=wrong_source(source), url=wrong_url(url))
        today = timezone.localdate()
        row.safety_notice, row.safety_notice_source, row.safety_notice_url = text, source, url
        row.safety_notice_since = today
        row.safety_notice_until = today + timedelta(days=NOTICE_DAYS)
        row.safety_notice_by = user
        data = {"text": text, "source": source, "url": url}
        _carry_out(row, Publication.Kind.NOTICE, user, text, data)
    return row


def mark(entry: EditorialModel) -> str:
    """What tells one notice of an entry from the next: who decides says which one they read."""
    notice = (entry.safety_notice, entry.safety_notice_source, entry.safety_notice_url)
    return sha256(repr(notice).encode()).hexdigest()


def confirm_notice(entry: EditorialModel, user: Any, seen: str) -> EditorialModel:
    """A clinician agrees: the notice stays until somebody ends it.

    ``seen``: the ``mark`` of the notice that they read. Returns the row. Raises
    ``PermissionDenied``, and ``ValidationError`` when nothing is shown, or another notice.
    """
    with _row(entry, user, lambda row, user: not reason_against_confirming(row, user)) as row:
        _needs_live(row)
        if not is_shown(row):
            raise ValidationError(_("No safety notice is shown now."))
        if row.safety_notice_until is None:
            raise ValidationError(_("A clinician has confirmed this notice already."))
        _needs_seen(row, seen)
        row.safety_notice_until = None
        signed_as = str(user.contributor)
        _carry_out(row, Publication.Kind.NOTICE_REVIEWED, user, signed_as, {"by": signed_as})
    return row


def end_notice(entry: EditorialModel, user: Any, seen: str) -> EditorialModel:
    """Take the notice away that has the ``mark`` ``seen``.

    Raises ``PermissionDenied``, and ``ValidationError`` without one, or when it is another.
    """
    with _row(entry, user, may_act) as row:
        if not row.safety_notice:
            raise ValidationError(_("There is no safety notice to remove."))
        _needs_seen(row, seen)
        data = {"text": row.safety_notice}
        for name in EditorialModel.NOTICE_FIELDS:
            field = row._meta.get_field(name)
            setattr(row, name, None if field.null else "")
        _carry_out(row, Publication.Kind.NOTICE_ENDED, user, "", data)
    return row


def take_off(entry: EditorialModel, user: Any, reason: str) -> EditorialModel:
    """Take the entry off the site, for a ``reason`` that readers get to read.

    A scheduled publication of it is cancelled; a text in review stays there. Returns the row.
    Raises ``PermissionDenied``, and ``ValidationError`` by field: reason.
    """
    with _row(entry, user, may_act) as row:
        _needs_live(row)
        reason = plain(reason)
        _refuse(reason=_wrong_reason(reason))
        TakeOff(row, reason, user=user, log_action=False).execute(skip_permission_checks=True)
        _tell(row, Publication.Kind.OFF, user, reason, {"reason": reason})
    return row


@contextmanager
def _row(
    entry: EditorialModel, user: Any, allowed: Callable[[Any, Any], bool]
) -> Iterator[EditorialModel]:
    """The entry's row, locked until the block ends; ``PermissionDenied`` changes nothing."""
    with transaction.atomic():
        row = type(entry).objects.select_for_update().get(pk=entry.pk)
        if not allowed(row, user):
            logger.warning("Refused the safety lane on %s to user %s", row._meta.label, user.pk)
            raise PermissionDenied(_("The safety lane is not open to you on this entry."))
        yield row


def _carry_out(
    row: EditorialModel, kind: Publication.Kind, user: Any, note: str, data: dict[str, str]
) -> None:
    """Save the notice's columns, make them public, and tell."""
    row.save(update_fields=EditorialModel.NOTICE_FIELDS)
    if row.live:
        row.record(kind, Truncator(note).chars(_NOTE_LENGTH), by=user)
        entry_published.send(type(row), entry=row)
        ContentVersion.advance()
    _tell(row, kind, user, note, data)


def _tell(
    row: EditorialModel, kind: Publication.Kind, user: Any, note: str, data: dict[str, str]
) -> None:
    """Write the audit log, and mail once the transaction stands."""
    log(instance=row, action=f"editorial.{kind.value}", user=user, data=data)
    people = {person.pk: person for person in staff.holders(MANAGER, REVIEWER)}
    last = SignOff.last_of(row)
    owner = last.submitted_by if last is not None else None
    if owner is not None and staff.still_writes(owner):
        people[owner.pk] = owner
    context = {
        "entry": row,
        "kind": row._meta.verbose_name,
        "what": kind.label,
        "note": note,
        "user": user.get_full_name() or user.get_username(),
        "is_notice": kind == Publication.Kind.NOTICE,
        "address": mailing.admin_address(row, "safety"),
    }
    subject = f"{row}: {kind.label}"

    def send() -> None:
        mailing.write_to(people.values(), subject, "safety.txt", context)

    # What was done stands, whether or not the mail goes out; a failure is logged.
    transaction.on_commit(send, robust=True)


def plain(text: str) -> str:
    """One line without control characters."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def _needs_seen(row: EditorialModel, seen: str) -> None:
    if seen != mark(row):
        raise ValidationError(
            _("A colleague has changed the notice since you opened this page. Read it again.")
        )


def _needs_live(row: EditorialModel) -> None:
    if not row.live:
        raise ValidationError(_("This entry is not on the site."))


def _refuse(**wrong: str) -> None:
    found = {field: message for field, message in wrong.items() if message}
    if found:
        raise ValidationError(found)


def wrong_text(text: str) -> str:
    """Why readers cannot be told ``text``; empty when they can."""
    words = len(text.split())
    if not words:
        return _("Write what readers have to know.")
    if words > NOTICE_WORDS:
        return _("At most %(most)d words; these are %(words)d.") % {
            "most": NOTICE_WORDS,
            "words": words,
        }
    return _wrong_markup(text)


def wrong_source(source: str) -> str:
    """Why ``source`` is no source of a notice; empty when it is one."""
    if not source:
        return _("Name the source, for example: FDA safety communication, May 3, 2026.")
    return _too_long(source, SOURCE_LENGTH) or _wrong_markup(source)


def _wrong_reason(reason: str) -> str:
    if not reason:
        return _("Say why, in a sentence that readers understand.")
    return _too_long(reason, REASON_LENGTH) or _wrong_markup(reason)


def wrong_url(url: str) -> str:
    """Why ``url`` leads nowhere; empty when it may, or when there is none."""
    if not url:
        return ""
    try:
        _is_web_address(url)
    except ValidationError:
        return _("Write a whole web address that begins with https://.")
    return _too_long(url, URL_LENGTH)


def _too_long(text: str, most: int) -> str:
    if len(text) <= most:
        return ""
    return _("At most %(most)d characters; these are %(length)d.") % {
        "most": most,
        "length": len(text),
    }


def _wrong_markup(text: str) -> str:
    return _("Plain text only, without HTML.") if MARKUP.search(text) else ""
