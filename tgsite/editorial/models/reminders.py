"""What editors were mailed about an entry, so that nobody is mailed the same thing twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tgsite.editorial.models.review import OfEntry


class ReminderSent(OfEntry):
    """One reminder to one person, written in the transaction that mails it."""

    class Kind(models.TextChoices):
        """What it was about."""

        REVIEW = "review", _("Review due")
        NOTICE = "notice", _("Safety notice ends, not confirmed")
        FAILURE = "failure", _("Scheduled change failed")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    about = models.CharField(
        max_length=40, help_text="Which one of its kind: the day, or the moment, it is for"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta(OfEntry.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "kind", "about", "user"],
                name="each_reminder_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.about}"
