"""What is known of the addresses of other sites that the guide leads to (content standard A9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# A link is called dead after this many days, one after the other, on which it failed.
DEAD_AFTER_DAYS = 3
# Answers of sites that turn programs away; people may well be let in.
REFUSES_PROGRAMS = frozenset({401, 403, 407, 429, 451})
MAX_ADDRESS = 1000


class LinkState(models.TextChoices):
    """What an editor has to know of a link, the most urgent last asked first."""

    NOT_CHECKED = "not-checked", _("Not checked yet")
    FINE = "fine", _("Fine")
    REFUSED = "refused", _("Lets no program in: open it yourself")
    FAILING = "failing", _("Failing, not dead yet")
    MOVED = "moved", _("Moved for good")
    DEAD = "dead", _("Dead")
    RETIRED = "retired", _("Publisher retired")
    IGNORED = "ignored", _("Ignored")


# A9: each of these is a task for an editor.
NEEDS_WORK = (LinkState.DEAD, LinkState.MOVED, LinkState.RETIRED)


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    """Queries on what addresses answered."""

    def in_trouble(self) -> LinkCheckQuerySet:
        """Dead or moved, ignored or not."""
        return self.filter(models.Q(failures__gte=DEAD_AFTER_DAYS) | ~models.Q(moved_to=""))


class LinkCheck(models.Model):
    """One address and what it answered last; a managing editor may ignore it for a time."""

    address = models.CharField(max_length=MAX_ADDRESS, unique=True, help_text="Without a #fragment")
    last_checked = models.DateTimeField(null=True, blank=True)
    last_succeeded = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(
        default=0, help_text="Days on which it failed since it last answered"
    )
    first_failed_on = models.DateField(null=True, blank=True)
    status_code = models.PositiveSmallIntegerField(null=True, blank=True)
    moved_to = models.CharField(max_length=MAX_ADDRESS, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    ignored_reason = models.CharField(
        _("why it is ignored"),
        max_length=300,
        blank=True,
        help_text=_("What you saw when you opened the link yourself."),
    )
    ignored_until = models.DateField(
        _("ignored until"), null=True, blank=True, help_text=_("At most a year from today.")
    )
    ignored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ignored_reason="", ignored_until__isnull=True)
                | ~models.Q(ignored_reason="") & models.Q(ignored_until__isnull=False),
                name="ignored_with_reason_and_end",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    def is_ignored(self, today: date) -> bool:
        """Whether a managing editor put it aside, and that has not run out."""
        return self.ignored_until is not None and self.ignored_until >= today

    @property
    def state(self) -> LinkState:
        """What its answers say."""
        if self.failures >= DEAD_AFTER_DAYS:
            return LinkState.DEAD
        if self.failures:
            return LinkState.FAILING
        if self.moved_to:
            return LinkState.MOVED
        if self.status_code in REFUSES_PROGRAMS:
            return LinkState.REFUSED
        return LinkState.FINE if self.last_succeeded else LinkState.NOT_CHECKED


class RetiredPublisher(models.Model):
    """A site whose pages no longer count as a source, whether they still answer or not."""

    domain = models.CharField(
        max_length=200,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9-]+(\.[a-z0-9-]+)+$",
                _("Write the site's name in small letters, e.g. healthfinder.gov"),
            )
        ],
        help_text=_("e.g. healthfinder.gov: stands for www.healthfinder.gov as well."),
    )
    reason = models.CharField(max_length=300, help_text=_("What happened, and where to look now."))
    since = models.DateField(help_text=_("The day it was retired, or found to be."))

    class Meta:
        verbose_name = _("retired publisher")
        verbose_name_plural = _("retired publishers")
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain

    @classmethod
    def reasons(cls) -> dict[str, str]:
        """Domain -> why it is retired: one query."""
        return dict(cls.objects.values_list("domain", "reason"))


def retired(address: str, domains: Iterable[str]) -> str:
    """The domain of ``domains`` that ``address`` belongs to, or nothing."""
    host = (urlsplit(address).hostname or "").lower()
    return next((one for one in domains if host == one or host.endswith(f".{one}")), "")
