"""Publishes what is scheduled and takes off what expired; meant for cron, every few minutes."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from tgsite.editorial import mailing, schedule, staff
from tgsite.editorial.models import ReminderSent
from tgsite.editorial.permissions import MANAGER

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Each entry in its own transaction: one that fails never stops the rest."""

    help = "Publish scheduled texts and take off expired entries. Exit status 1 if any failed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do what is due, say it, and mail the managing editors once about what failed."""
        failed: list[mailing.Item] = []
        for due in schedule.due():
            try:
                for line in schedule.carry_out(due.entry):
                    self.stdout.write(line)
            except Exception as error:
                logger.exception("Scheduled change of %s %s", due.entry._meta.label, due.entry.pk)
                self.stderr.write(f"failed: {due.entry}: {_reason(error)}")
                failed.append(_item(due, _reason(error)))
        for person in staff.holders(MANAGER) if failed else ():
            try:
                mailing.write_once(person, failed, "A scheduled change failed", "failed.txt")
            except Exception:
                logger.exception("Mail about scheduled changes that failed")
        if failed:
            raise CommandError(f"{len(failed)} scheduled changes failed; the others are done.")


def _item(due: schedule.Due, reason: str) -> mailing.Item:
    about = due.at.isoformat(timespec="seconds")
    return mailing.Item(due.entry, ReminderSent.Kind.FAILURE, about, reason)


def _reason(error: Exception) -> str:
    """What an editor can mend, in words; of other errors the kind, since the log has the rest."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return f"an error of the program ({type(error).__name__}); the log says more"
