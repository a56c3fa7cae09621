"""People who write and review."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tgsite.editorial.models.records import ShownAtOnce


class Contributor(ShownAtOnce):
    """A real person who writes or reviews; no contributor is ever invented."""

    slug = models.SlugField(unique=True, help_text=_("The end of this person's public address."))
    name = models.CharField(max_length=120)
    credentials = models.CharField(
        max_length=120, blank=True, help_text=_("As they follow the name, e.g. MD, PharmD.")
    )
    role = models.CharField(
        max_length=120, blank=True, help_text=_("e.g. Medical oncologist, patient editor.")
    )
    biography = models.TextField(
        blank=True, help_text=_("Two or three sentences: training, place of work, interests.")
    )

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributor",
        help_text=_("The account this person signs with. A reviewer cannot sign without one."),
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("contributor", args=[self.slug])
