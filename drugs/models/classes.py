"""Classes of medicine: by what they act on, and by the type of medicine."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from drugs.choices import ClassDrawing, ClassKind
from tgsite.editorial.fields import LinesField
from tgsite.editorial.models import EditorialModel, SourceRow


class DrugClass(EditorialModel):
    """A group of medicines that share a target or a way of being built."""

    name = models.CharField(
        max_length=120, help_text=_("As patients read it, e.g. PARP inhibitors.")
    )
    other_names = LinesField(blank=True, help_text=_("Other names in use, one a line."))
    kind = models.CharField(max_length=8, choices=ClassKind.choices, default=ClassKind.TARGET)
    summary = models.TextField(
        blank=True, help_text=_("One plain sentence: what these medicines are and for whom.")
    )
    key_points = LinesField(
        blank=True, help_text=_("Three to five, one a line, at most 90 words in all.")
    )
    targets = models.TextField(
        _("what they act on"), blank=True, help_text=_("The protein or signal, in plain words.")
    )
    how_it_works = LinesField(blank=True, help_text=_("Step by step, one sentence a line."))
    drawing = models.CharField(
        max_length=16,
        choices=ClassDrawing.choices,
        blank=True,
        help_text=_(
            "Where these medicines act in a cell; it puts the class on the map of the home page."
        ),
    )
    who_for = models.TextField(
        _("who they are for"), blank=True, help_text=_("Which cancers, and which test decides.")
    )
    given_as = models.TextField(
        _("how they are given"), blank=True, help_text=_("Tablets at home, infusion in a clinic …")
    )
    typical_side_effects = LinesField(
        blank=True, help_text=_("One a line; name the medicine where it is not all of them.")
    )
    tests_needed = LinesField(
        blank=True, help_text=_("Tests before and during treatment, one a line.")
    )
    never_compared = LinesField(
        _("how they differ, and what was never compared"), blank=True, help_text=_("One a line.")
    )
    other_choices = LinesField(
        blank=True,
        help_text=_("Other treatments, and what having none means, one a line, gently."),
    )
    not_known = LinesField(_("what is not known yet"), blank=True, help_text=_("One a line."))
    questions = LinesField(
        _("questions to ask"), blank=True, help_text=_("One question a line, each ending in “?”.")
    )

    preview_view = "drugs.views.render_class"

    class Meta(EditorialModel.Meta):
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["name"]
        constraints = [
            *EditorialModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(kind__in=ClassKind.values), name="class_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(drawing__in=["", *ClassDrawing.values]),
                name="class_drawing_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(live=False) | ~models.Q(name=""), name="live_class_has_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("drugs:class_detail", args=[self.slug])


class DrugClassSource(SourceRow):
    """A source of a class page."""

    drug_class = ParentalKey(DrugClass, on_delete=models.CASCADE, related_name="sources")

    class Meta(SourceRow.Meta):
        verbose_name = _("source")
        constraints = [
            models.UniqueConstraint(fields=["drug_class", "key"], name="class_source_key"),
        ]
