"""The texts that every page carries, changed by managing editors without a publication."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.contrib.settings.registry import register_setting
from wagtail.fields import StreamField

from tgsite.editorial.blocks import WholeStreamBlock
from tgsite.editorial.models.records import ShownAtOnce

CAN_BE_DIALED = RegexValidator(
    r"^(?=(?:\D*\d){3})[0-9 ()+./-]+$", _("Write digits, as they are dialed: 1-800-555-0100.")
)


class PlaceBlock(blocks.StructBlock):
    """A body that answers questions by telephone or on its own site."""

    name = blocks.CharBlock(max_length=120)
    what = blocks.CharBlock(
        max_length=200, label=_("What they help with"), help_text=_("In plain words.")
    )
    phone = blocks.CharBlock(
        max_length=40, required=False, label=_("Telephone"), validators=[CAN_BE_DIALED]
    )
    hours = blocks.CharBlock(max_length=120, required=False)
    url = blocks.URLBlock(required=False, label=_("Website"))
    note = blocks.CharBlock(max_length=200, required=False, help_text=_("For readers."))

    class Meta:
        icon = "help"
        label = _("Place to ask")


@register_setting(icon="cog")
class SiteSettings(ShownAtOnce, BaseGenericSetting):
    """One row: what the foot of every page says, and where else to ask."""

    slug = models.SlugField(default="site", unique=True, editable=False)
    disclaimer = models.TextField(
        default=_(
            "This guide informs you, and it does not replace your care team. It lists what is "
            "approved; it never recommends."
        ),
        help_text=_("One or two sentences on every page: what this guide is not."),
    )
    fda_line = models.TextField(
        _("what “Approved in the United States (FDA)” means"),
        default=_(
            "“Approved in the United States (FDA)” means that the US Food and Drug Administration, "
            "the FDA, allows a medicine to be sold for that use. Other countries decide for "
            "themselves."
        ),
        help_text=_("One or two sentences on every page."),
    )
    funding = models.TextField(
        _("who pays"),
        default=_("Nobody pays to be in this guide. It has no adverts."),
        help_text=_("One or two sentences: who pays for this site, and conflicts of interest."),
    )
    places_to_ask = StreamField(
        WholeStreamBlock([("place", PlaceBlock())]),
        blank=True,
        verbose_name=_("where else to ask"),
        help_text=_("At least two, one of them with a telephone number."),
    )

    panels = [
        FieldPanel("disclaimer"),
        FieldPanel("fda_line"),
        FieldPanel("funding"),
        FieldPanel("places_to_ask"),
    ]

    class Meta:
        verbose_name = _("texts on every page")
        constraints = [
            models.CheckConstraint(condition=models.Q(slug="site"), name="one_site_settings"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def places(self) -> list[blocks.StructValue]:
        """Where else to ask, in the editors' order."""
        return [child.value for child in self.places_to_ask]

    def clean(self) -> None:
        """D5: at least two bodies outside, one of them to be called."""
        super().clean()
        places = self.places
        if len(places) < 2 or not any(place.get("phone") for place in places):
            message = _("Name at least two places to ask, one of them with a telephone number.")
            raise ValidationError({"places_to_ask": message})
