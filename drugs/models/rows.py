"""Rows of a medicine's page: forms, side effects, biosimilars, help with cost, labels, sources."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from drugs.choices import EffectGroup, Route
from drugs.cycles import LONGEST, Cycle, NotACycleError
from drugs.models.drug import Drug
from drugs.models.side_effect import SideEffect
from tgsite.editorial.fields import PartialDateField
from tgsite.editorial.models import KeyedChild, SourceRow


class DrugForm(KeyedChild):
    """A way the medicine is given: route, dosage form, schedule, place."""

    drug = ParentalKey(Drug, on_delete=models.CASCADE, related_name="forms")
    route = models.CharField(max_length=24, choices=Route.choices)
    form = models.CharField(_("dosage form"), max_length=300, blank=True)
    schedule = models.TextField(
        blank=True, help_text=_("How often, with which meals, on which days.")
    )
    duration = models.TextField(
        blank=True, help_text=_("How long a visit and the whole treatment take.")
    )
    where = models.CharField(
        max_length=120, blank=True, help_text=_("At home, clinic or hospital.")
    )
    cycle_days = models.PositiveSmallIntegerField(
        _("days of a cycle"),
        null=True,
        blank=True,
        help_text=_("Only if doses follow a cycle: the page then draws it. E.g. 28."),
    )
    dose_days = models.CharField(
        _("days with a dose"), max_length=40, blank=True, help_text=_("E.g. 1-21, or 1, 8.")
    )

    class Meta(KeyedChild.Meta):
        verbose_name = _("form")
        constraints = [
            models.UniqueConstraint(fields=["drug", "key"], name="form_key"),
            models.CheckConstraint(
                # Of an empty number a database knows neither "more" nor "less".
                condition=models.Q(cycle_days__isnull=True, dose_days="")
                | models.Q(cycle_days__isnull=False, cycle_days__gte=1, cycle_days__lte=LONGEST)
                & ~models.Q(dose_days=""),
                name="form_cycle_is_whole",
                violation_error_message=_(
                    "A cycle has its days (56 at most) and the days with a dose, or neither."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(route__in=["", *Route.values]), name="form_route_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_route_display()

    def clean(self) -> None:
        """The days with a dose can be drawn."""
        super().clean()
        if self.cycle is not None:
            try:
                _days = self.cycle.with_dose
            except NotACycleError:
                message = _("Write days of the cycle, e.g. 1-21, or 1, 8.")
                raise ValidationError({"dose_days": message}) from None

    @property
    def cycle(self) -> Cycle | None:
        """The cycle to draw, if doses follow one."""
        if not (self.cycle_days and self.dose_days):
            return None
        return Cycle(self.cycle_days, self.dose_days)


class DrugSideEffect(KeyedChild):
    """A side effect as the label lists it."""

    drug = ParentalKey(Drug, on_delete=models.CASCADE, related_name="side_effects")
    effect = models.CharField(
        max_length=300, help_text=_("Everyday word first, the term in brackets.")
    )
    group = models.CharField(max_length=8, choices=EffectGroup.choices, default=EffectGroup.COMMON)
    how_common = models.CharField(
        max_length=120, blank=True, help_text=_("As a number of people in 100, with the trial.")
    )
    explained_by = models.ForeignKey(
        SideEffect,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page on this side effect; it names this medicine because of this row."),
    )

    class Meta(KeyedChild.Meta):
        verbose_name = _("side effect")
        constraints = [
            models.UniqueConstraint(fields=["drug", "key"], name="side_effect_key"),
            models.CheckConstraint(
                condition=models.Q(group__in=EffectGroup.values), name="side_effect_group_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.effect


class Biosimilar(KeyedChild):
    """A biosimilar of the medicine with US approval."""

    drug = ParentalKey(Drug, on_delete=models.CASCADE, related_name="biosimilars")
    brand_name = models.CharField(max_length=80)
    generic_name = models.CharField(max_length=120, help_text=_("With its suffix."))
    route = models.CharField(max_length=24, choices=Route.choices, blank=True)
    company = models.CharField(max_length=160, blank=True)
    approved_on = PartialDateField(_("approved"), blank=True)
    breast_cancer_use = models.BooleanField(
        _("has a breast-cancer use"), default=True, help_text=_("On its US label.")
    )
    set_id = models.UUIDField(_("DailyMed set id"), null=True, blank=True)

    class Meta(KeyedChild.Meta):
        verbose_name = _("biosimilar")
        constraints = [models.UniqueConstraint(fields=["drug", "key"], name="biosimilar_key")]

    def __str__(self) -> str:
        return f"{self.brand_name} ({self.generic_name})"


class SupportProgram(KeyedChild):
    """A scheme that helps with cost or supply; always labelled as its sponsor's."""

    drug = ParentalKey(Drug, on_delete=models.CASCADE, related_name="support_programs")
    name = models.CharField(max_length=200)
    sponsor = models.CharField(max_length=120, blank=True)
    url = models.URLField(_("address"), max_length=300, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=250, blank=True)

    class Meta(KeyedChild.Meta):
        verbose_name = _("support program")
        constraints = [models.UniqueConstraint(fields=["drug", "key"], name="support_program_key")]

    def __str__(self) -> str:
        return self.name


class LabelSource(KeyedChild):
    """An official label: links are built from its DailyMed set id."""

    drug = ParentalKey(Drug, on_delete=models.CASCADE, related_name="label_sources")
    set_id = models.UUIDField(_("DailyMed set id"), null=True)
    what = models.CharField(max_length=200, help_text=_("e.g. Ibrance tablets, Pfizer"))
    main = models.BooleanField(default=False, help_text=_("The one label to watch."))

    built_addresses = ("url",)

    class Meta(KeyedChild.Meta):
        verbose_name = _("official label")
        constraints = [models.UniqueConstraint(fields=["drug", "key"], name="label_source_key")]

    def __str__(self) -> str:
        return self.what

    @property
    def url(self) -> str:
        """The label's page at DailyMed (US National Library of Medicine), once it has a set id."""
        if self.set_id is None:
            return ""
        return f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={self.set_id}"


class DrugSource(SourceRow):
    """A source of a medicine's page."""

    drug = ParentalKey(Drug, on_delete=models.CASCADE, related_name="sources")

    class Meta(SourceRow.Meta):
        verbose_name = _("source")
        constraints = [models.UniqueConstraint(fields=["drug", "key"], name="drug_source_key")]
