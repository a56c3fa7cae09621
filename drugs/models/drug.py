"""A medicine: its names and what its page says. Rows of their own stand in the files beside."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from drugs.choices import UnconfirmedField
from drugs.models.classes import DrugClass
from drugs.querysets import DrugQuerySet
from tgsite.editorial.fields import ChoiceSetField, LinesField, PartialDateField
from tgsite.editorial.models import EditorialModel


class Drug(EditorialModel):
    """A targeted medicine with at least one breast-cancer use, now or in the past."""

    brand_name = models.CharField(max_length=80, help_text=_("As on the US label, e.g. Enhertu."))
    generic_name = models.CharField(
        max_length=120,
        help_text=_(
            "The nonproprietary name with its suffix, e.g. fam-trastuzumab deruxtecan-nxki."
        ),
    )
    also_known_as = LinesField(
        blank=True, help_text=_("Names a patient meets, one a line, e.g. T-DXd. Shown on the page.")
    )
    name_notes = LinesField(
        blank=True, help_text=_("Other products under this name, one a line, and why they differ.")
    )
    not_the_same_as = ParentalManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="look_alikes",
        help_text=_("Medicines whose names look or sound alike. Shown on page, result and print."),
    )
    pronunciation_brand = models.CharField(
        max_length=80, blank=True, help_text=_("e.g. en-HER-too")
    )
    pronunciation_generic = models.CharField(max_length=120, blank=True)
    manufacturer = models.CharField(max_length=160, blank=True)

    classes = ParentalManyToManyField(DrugClass, blank=True, related_name="drugs")
    targets = LinesField(blank=True, help_text=_("Proteins it acts on, one a line, e.g. HER2."))
    payload = models.TextField(
        blank=True, help_text=_("Antibody-drug conjugates only: the chemotherapy it carries.")
    )
    summary = models.TextField(
        blank=True, help_text=_("One plain sentence: what it is and for whom. At most 30 words.")
    )
    key_points = LinesField(
        blank=True, help_text=_("Three to five, one a line, at most 90 words in all.")
    )
    how_it_works = models.TextField(blank=True, help_text=_("One or two plain sentences."))
    status_note = models.TextField(
        blank=True,
        help_text=_(
            "Only for a medicine without a current breast-cancer use: what happened, when."
        ),
    )
    test_needed = models.TextField(
        _("test that decides"),
        blank=True,
        help_text=_("The test a person needs before this medicine."),
    )
    first_approval_on = PartialDateField(
        _("first US approval"),
        blank=True,
        help_text=_("For any disease: 2019-12-20, 2019-12 or 2019."),
    )
    first_approval_for = models.CharField(max_length=300, blank=True)

    boxed_warnings = LinesField(
        blank=True,
        help_text=_("Every topic of the label's boxed warning in plain words, one a line."),
    )
    contraindications = LinesField(blank=True, help_text=_("Who must not have it, one a line."))
    call_911 = LinesField(
        _("emergency signs"),
        blank=True,
        help_text=_("Signs to call 911 for, one a line, at most 15 words each."),
    )
    call_team_now = LinesField(
        _("call-your-team signs"),
        blank=True,
        help_text=_("Signs to call the care team for at once, day or night, one a line."),
    )
    fever_rule = models.BooleanField(
        _("print the fever rule"),
        default=True,
        help_text=_("The site's one rule: call your team for a fever of 100.4 F (38 C) or more."),
    )

    how_to_take = LinesField(
        blank=True, help_text=_("One instruction a line, as the label gives it.")
    )
    missed_dose = models.TextField(blank=True)
    storage = models.TextField(_("storage and handling"), blank=True)
    checks = LinesField(
        _("tests before and during treatment"),
        blank=True,
        help_text=_("One test a line, with when."),
    )
    aims = LinesField(
        _("what treatment aims at"),
        blank=True,
        help_text=_("One a line: before surgery, after it, when the cancer has spread."),
    )
    effect_timing = LinesField(
        _("when side effects start and how long they last"),
        blank=True,
        help_text=_("One a line, as the label gives it, with the trial where there is a number."),
    )
    pregnancy = LinesField(
        _("pregnancy, breastfeeding and fertility"),
        blank=True,
        help_text=_(
            "One a line: pregnancy; birth control for women and for men, and how long it goes on "
            "after the last dose; breastfeeding; having children later."
        ),
    )
    interactions = LinesField(
        _("other medicines and food"),
        blank=True,
        help_text=_("One a line, and what to do about it."),
    )
    daily_life = LinesField(
        blank=True, help_text=_("Work, travel, sex, tiredness, hair, visits: one a line.")
    )
    other_choices = LinesField(
        blank=True,
        help_text=_("Other treatments, and what having none means, one a line, gently."),
    )
    not_known = LinesField(
        _("what is not known yet"),
        blank=True,
        help_text=_("Never compared, few people in trials, long-term harms: one a line."),
    )
    generics = LinesField(_("generic versions"), blank=True)
    cost_note = models.TextField(_("note on cost"), blank=True)
    questions = LinesField(
        _("questions to ask"), blank=True, help_text=_("One question a line, each ending in “?”.")
    )
    unconfirmed = ChoiceSetField(
        _("waits for a check against the label"),
        codes=UnconfirmedField.choices,
        blank=True,
        help_text=_(
            "The page says “Ask your team” instead of these parts until a person has checked."
        ),
    )

    objects = DrugQuerySet.as_manager()

    name_field = "brand_name"
    preview_view = "drugs.views.render_drug"

    class Meta(EditorialModel.Meta):
        verbose_name = _("medicine")
        verbose_name_plural = _("medicines")
        ordering = ["brand_name"]
        constraints = [
            *EditorialModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(live=False)
                | ~models.Q(brand_name="") & ~models.Q(generic_name=""),
                name="live_drug_has_names",
                violation_error_message=_("A published medicine has a brand and a generic name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.brand_name} ({self.generic_name})"

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("drugs:drug_detail", args=[self.slug])

    @property
    def class_names(self) -> str:
        """Its classes in one line, for the admin's list."""
        return ", ".join(known.name for known in self.classes.all())
