"""Side effects: what to do about each, first; which medicines cause it follows their records."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from drugs.models.drug import Drug
from tgsite.editorial.fields import LinesField
from tgsite.editorial.models import EditorialModel, KeyedChild, SourceRow


class SideEffect(EditorialModel):
    """One side effect in everyday words: when to call whom, what helps at home."""

    name = models.CharField(
        max_length=80, help_text=_("In everyday words, e.g. Mouth sores. Medical words go below.")
    )
    other_names = LinesField(
        blank=True, help_text=_("Medical words for it, one a line, e.g. stomatitis. Shown.")
    )
    summary = models.TextField(
        blank=True, help_text=_("The answer in two lines: what to do first. At most 40 words.")
    )
    description = models.TextField(
        _("what it is"), blank=True, help_text=_("One to three plain sentences.")
    )
    call_911 = LinesField(
        _("emergency signs"),
        blank=True,
        help_text=_(
            "Signs to call 911 for, one a line, at most 15 words each. The site's own list of "
            "emergency signs stands beside them."
        ),
    )
    call_team_now = LinesField(
        _("call-your-team signs"),
        blank=True,
        help_text=_("Signs to call the care team for at once, day or night, one a line."),
    )
    call_team_same_day = LinesField(
        _("same-day signs"),
        blank=True,
        help_text=_("Signs to call the care team for on the same day, one a line."),
    )
    fever_rule = models.BooleanField(
        _("print the fever rule"),
        default=True,
        help_text=_("The site's one rule: call your team for a fever of 100.4 F (38 C) or more."),
    )
    self_care = LinesField(
        _("what you can do at home"), blank=True, help_text=_("One thing a line, at most 7.")
    )
    checks = LinesField(_("tests your team may do"), blank=True, help_text=_("One a line."))
    not_known = LinesField(_("what is not known yet"), blank=True, help_text=_("One a line."))

    preview_view = "drugs.views.render_side_effect"

    class Meta(EditorialModel.Meta):
        verbose_name = _("side effect")
        verbose_name_plural = _("side effects")
        ordering = ["name"]
        constraints = [
            *EditorialModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(live=False) | ~models.Q(name=""), name="live_effect_has_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("drugs:side_effect_detail", args=[self.slug])


class MedicineRule(KeyedChild):
    """When people on one medicine call their team about this side effect, by its label."""

    side_effect = ParentalKey(SideEffect, on_delete=models.CASCADE, related_name="medicine_rules")
    drug = models.ForeignKey(
        Drug, on_delete=models.CASCADE, related_name="+", verbose_name=_("medicine")
    )
    call = models.TextField(
        _("when to call"), help_text=_("e.g. At the first loose stool. At most 40 words.")
    )
    source = models.CharField(
        max_length=300, blank=True, help_text=_("Title and publisher of the label or notice.")
    )
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)

    class Meta(KeyedChild.Meta):
        verbose_name = _("rule of a medicine")
        constraints = [
            models.UniqueConstraint(fields=["side_effect", "key"], name="medicine_rule_key"),
        ]

    def __str__(self) -> str:
        return self.call[:60]


class SideEffectSource(SourceRow):
    """A source of a side effect's page."""

    side_effect = ParentalKey(SideEffect, on_delete=models.CASCADE, related_name="sources")

    class Meta(SourceRow.Meta):
        verbose_name = _("source")
        constraints = [
            models.UniqueConstraint(fields=["side_effect", "key"], name="side_effect_source_key"),
        ]
