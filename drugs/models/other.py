"""Cancer medicines that this guide has no page on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from drugs.models.drug import Drug
from tgsite.editorial.fields import LinesField
from tgsite.editorial.models import ShownAtOnce


class OtherMedicine(ShownAtOnce):
    """A medicine patients may hear of; known so that nobody is led to a wrong one of ours."""

    class Relation(models.TextChoices):
        """Why `nearest` is named at all."""

        CONTAINS = "contains-ours", _("Contains one of ours")
        LOOKS_ALIKE = "name-looks-alike", _("Name looks or sounds alike")
        SAME_INGREDIENT = "same-ingredient", _("Same active substance, other product")
        SAME_CLASS = "same-class", _("Same class")
        SAME_TARGET = "same-target", _("Acts on the same target")
        SAME_KIND = "same-kind", _("Same kind of medicine")

    slug = models.SlugField(max_length=80, unique=True)
    generic_name = models.CharField(max_length=160)
    brand_names = LinesField(blank=True, help_text=_("One a line."))
    kind = models.CharField(max_length=120, help_text=_("e.g. hormone therapy"))
    what_it_is = models.TextField(blank=True, help_text=_("One plain sentence."))
    us_status = models.CharField(_("US status"), max_length=120, blank=True)
    nearest = models.ForeignKey(
        Drug, null=True, blank=True, on_delete=models.SET_NULL, related_name="other_medicines"
    )
    relation = models.CharField(max_length=20, choices=Relation.choices, blank=True)
    read_more_url = models.URLField(_("where to read about it"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("medicine not covered")
        verbose_name_plural = _("medicines not covered")
        ordering = ["generic_name"]

    def __str__(self) -> str:
        return self.generic_name
