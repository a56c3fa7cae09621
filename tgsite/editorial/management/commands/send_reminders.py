"""Mails editors what falls due; meant for cron, once a day, and harmless when run more often."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tgsite.editorial import reminders


class Command(BaseCommand):
    """One mail a person; what was mailed once is not mailed again."""

    help = "Mail reminders of reviews and safety notices. Exit status 1 if a mail failed."

    def add_arguments(self, parser: CommandParser) -> None:
        """The day, for tests."""
        parser.add_argument(
            "--today", type=date.fromisoformat, help="The day to act for, e.g. 2026-05-01."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Send, and say how many."""
        sent, failed = reminders.send(options["today"] or timezone.localdate())
        self.stdout.write(f"{sent} mails sent.")
        if failed:
            raise CommandError(f"{failed} mails failed; the next run tries them again.")
