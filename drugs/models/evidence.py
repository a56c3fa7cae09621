"""Figures read from a label or a trial: with and without the medicine, as printed, never computed.

Figures are text: a label prints ``<1`` or ``not estimable``, and that is what stands here. Two
trials' figures are never set side by side.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from drugs.models.drug import Drug
from tgsite.editorial.fields import LinesField
from tgsite.editorial.models import KeyedChild


def figure(label: Any) -> models.CharField[str, str]:
    """A column for one figure, exactly as the source prints it."""
    return models.CharField(label, max_length=40, blank=True)


class Evidence(KeyedChild):
    """What a trial's figure and a side-effect figure have in common."""

    trial = models.CharField(max_length=160, help_text=_("As the label names it, e.g. PALOMA-2."))
    unit = models.CharField(
        max_length=80, help_text=_("As in the source: people in 100, months, people with an event.")
    )
    people_with = models.PositiveIntegerField(_("people with the medicine"), null=True, blank=True)
    people_without = models.PositiveIntegerField(
        _("people without the medicine"), null=True, blank=True
    )
    note = models.TextField(blank=True, help_text=_("Shown to readers beside the figure."))
    source = models.CharField(
        max_length=300,
        help_text=_("Label and version, or the paper, e.g. Herceptin label, version 20."),
    )
    source_date = models.CharField(max_length=40, blank=True)
    source_section = models.CharField(max_length=120, blank=True)
    source_url = models.URLField(
        _("address of the source"),
        max_length=500,
        blank=True,
        help_text=_("Only if it is not the medicine's own label."),
    )

    class Meta(KeyedChild.Meta):
        abstract = True


class TrialResult(Evidence):
    """One outcome of one trial, in both arms."""

    drug = ParentalKey(Drug, on_delete=models.CASCADE, related_name="trial_results")
    uses = LinesField(help_text=_("The uses it belongs to, one a line, in the same words."))
    participants = models.TextField(
        _("who took part"),
        blank=True,
        help_text=_(
            "In the first result of a trial. In a further one only if other people were counted: "
            "the page says so beside it."
        ),
    )
    compared_with = models.CharField(
        max_length=300,
        blank=True,
        help_text=_("In the first result of a trial; in a further one only if it was another."),
    )
    outcome = models.CharField(
        max_length=300, help_text=_("Plain words first, the term in brackets.")
    )
    finding = models.TextField(
        _("what it found"),
        help_text=_(
            "In one plain sentence without a figure: it stays in sight where figures are folded."
        ),
    )
    overall_survival = models.BooleanField(
        default=False, help_text=_("How long people lived: shown only to readers who ask for it.")
    )
    with_value = figure(_("with the medicine"))
    with_interval = figure(_("its confidence interval"))
    without_value = figure(_("without the medicine"))
    without_interval = figure(_("its confidence interval"))
    per_100_with = figure(_("people in 100 with"))
    per_100_without = figure(_("people in 100 without"))
    per_100_at = models.CharField(_("at what time"), max_length=120, blank=True)
    hazard_ratio = figure(_("hazard ratio"))
    hazard_interval = figure(_("confidence interval of the hazard ratio"))
    follow_up = models.CharField(max_length=250, blank=True)

    @property
    def counts_people(self) -> bool:
        """Whether its figures are so many people of all in a group, and no rate or time."""
        return self.unit.startswith("people")

    class Meta(Evidence.Meta):
        verbose_name = _("trial result")
        constraints = [models.UniqueConstraint(fields=["drug", "key"], name="trial_result_key")]

    def __str__(self) -> str:
        return f"{self.trial}: {self.outcome}"


class SideEffectRate(Evidence):
    """How many people in one trial had a side effect, in both arms, by severity as printed."""

    drug = ParentalKey(Drug, on_delete=models.CASCADE, related_name="side_effect_rates")
    effect = models.CharField(max_length=200)
    label_term = models.CharField(
        max_length=120, blank=True, help_text=_("The row's name in the label.")
    )
    blood_test = models.BooleanField(_("from the table of blood tests"), default=False)
    with_all = figure(_("with: any grade"))
    with_severe = figure(_("with: severe (grade 3 or 4)"))
    with_grade3 = figure(_("with: grade 3"))
    with_grade4 = figure(_("with: grade 4"))
    without_all = figure(_("without: any grade"))
    without_severe = figure(_("without: severe (grade 3 or 4)"))
    without_grade3 = figure(_("without: grade 3"))
    without_grade4 = figure(_("without: grade 4"))

    @property
    def with_severity(self) -> str:
        """How many had it severely with the medicine; empty if the source says nothing."""
        return _severity(self.with_all, self.with_severe, self.with_grade3, self.with_grade4)

    @property
    def without_severity(self) -> str:
        """The same in the other group."""
        return _severity(
            self.without_all, self.without_severe, self.without_grade3, self.without_grade4
        )

    @property
    def is_marked_blood_test(self) -> bool:
        """Whether a mark must say that it was found on blood tests, since its words do not."""
        return self.blood_test and "blood" not in self.effect.lower()

    class Meta(Evidence.Meta):
        verbose_name = _("side-effect figure")
        constraints = [models.UniqueConstraint(fields=["drug", "key"], name="side_effect_rate_key")]

    def __str__(self) -> str:
        return f"{self.trial}: {self.effect}"


def _severity(any_grade: str, severe: str, grade3: str, grade4: str) -> str:
    """Grades as printed, split ones kept apart; of nobody none had it severely."""
    if any_grade == "0":
        return ""
    if severe:
        return _now("severe: %(figure)s") % {"figure": severe}
    if not (grade3 or grade4):
        return ""
    none = _now("no figure")
    values = {"grade3": grade3 or none, "grade4": grade4 or none}
    return _now("severe: grade 3: %(grade3)s, grade 4: %(grade4)s") % values
