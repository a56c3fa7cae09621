"""One labelled breast-cancer use of a medicine."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from drugs.choices import (
    INHERITED_MUTATIONS,
    TUMOR_MUTATIONS,
    Her2Status,
    HormoneReceptor,
    Line,
    Mutation,
    Setting,
    Status,
)
from drugs.models.drug import Drug
from tgsite.editorial.fields import ChoiceSetField, LinesField, PartialDateField
from tgsite.editorial.models import KeyedChild

SETTINGS = ChoiceSetField(codes=Setting.choices)
HER2 = ChoiceSetField(codes=Her2Status.choices)
MUTATIONS = ChoiceSetField(codes=Mutation.choices)


def _columns_of_one_group() -> list[str]:
    """Every mutation set whose genes are all inherited ones or all tumour ones."""
    return [
        column
        for column in MUTATIONS.combinations()
        if set(MUTATIONS.to_python(column)) <= INHERITED_MUTATIONS
        or set(MUTATIONS.to_python(column)) <= TUMOR_MUTATIONS
    ]


class Indication(KeyedChild, ClusterableModel):
    """One use as the US label gives it: for whom, when, after what, with what, which test.

    Any one of ``mutations`` suffices. The BRCA genes mean an inherited change (blood or saliva),
    the others a change in the tumour; a use never mixes the two. A use that is not ``confirmed``
    never matches a diagnosis.
    """

    drug = ParentalKey(Drug, on_delete=models.CASCADE, related_name="indications")
    summary = models.CharField(
        _("use in plain words"),
        max_length=250,
        help_text=_(
            "e.g. Metastatic HER2-positive breast cancer, first treatment, with paclitaxel"
        ),
    )
    setting = ChoiceSetField(
        codes=Setting.choices,
        help_text=_("Label words “advanced” or “unresectable”: tick “cannot be removed”."),
    )
    hormone_receptor = models.CharField(
        max_length=8, choices=HormoneReceptor.choices, default=HormoneReceptor.ANY
    )
    her2 = ChoiceSetField(
        _("HER2"), codes=Her2Status.choices, help_text=_("Every HER2 result that the use covers.")
    )
    mutations = ChoiceSetField(
        _("gene changes needed"),
        codes=Mutation.choices,
        blank=True,
        help_text=_("Any one suffices. None ticked: the use needs no gene change."),
    )
    other_biomarkers = LinesField(
        blank=True, help_text=_("Other conditions, one a line, e.g. PD-L1 (CPS 10 or more).")
    )
    for_whom = models.CharField(
        max_length=400, blank=True, help_text=_("e.g. women after menopause")
    )
    after = models.CharField(
        _("after which treatment"),
        max_length=400,
        blank=True,
        help_text=_("“none” if the label asks for none."),
    )
    line = models.CharField(
        max_length=5,
        choices=Line.choices,
        default=Line.ANY,
        help_text=_("Its place in the order of treatments for this setting."),
    )
    line_note = models.CharField(max_length=250, blank=True)
    given_with = LinesField(blank=True, help_text=_("Partner medicines, one a line; empty: alone."))
    partners = ParentalManyToManyField(
        Drug, blank=True, related_name="+", help_text=_("Partners that have a page in this guide.")
    )
    approved_on = PartialDateField(
        _("approved"),
        blank=True,
        help_text=_("By the FDA for this use: 2026-05-15, 2026-05 or 2026."),
    )
    figures_note = models.CharField(
        _("if no trial result is held"),
        max_length=250,
        blank=True,
        help_text=_("Where its figures stand, e.g. on the page of the medicine that was tested."),
    )
    status = models.CharField(max_length=11, choices=Status.choices, default=Status.APPROVED)
    withdrawn_on = PartialDateField(_("withdrawn"), blank=True)
    withdrawn_reason = models.CharField(max_length=400, blank=True)
    confirmed = models.BooleanField(
        default=False,
        help_text=_("Tick only when you read this use in the label or in a notice of the FDA."),
    )
    confirmed_note = models.CharField(
        max_length=400, blank=True, help_text=_("What was read when it was not the label.")
    )
    source = models.CharField(
        max_length=300, blank=True, help_text=_("Title and publisher of what supports this use.")
    )
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    note = models.TextField(_("note for editors"), blank=True, help_text=_("Never shown."))

    class Meta(KeyedChild.Meta):
        verbose_name = _("use")
        verbose_name_plural = _("uses")
        constraints = [
            models.UniqueConstraint(fields=["drug", "key"], name="indication_key"),
            models.CheckConstraint(
                condition=models.Q(setting__in=SETTINGS.combinations()),
                name="indication_setting_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(her2__in=HER2.combinations()), name="indication_her2_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(mutations__in=_columns_of_one_group()),
                name="indication_mutations_of_one_group",
                violation_error_message=_(
                    "One use asks for inherited changes (BRCA1, BRCA2) or for changes in the "
                    "tumor, not both: make two uses of it."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(hormone_receptor__in=HormoneReceptor.values)
                & models.Q(line__in=Line.values)
                & models.Q(status__in=Status.values),
                name="indication_codes_are_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.WITHDRAWN) | models.Q(withdrawn_on=""),
                name="indication_only_withdrawn_has_date",
                violation_error_message=_("Only a withdrawn use has a date of withdrawal."),
            ),
        ]

    def __str__(self) -> str:
        return self.summary

    def clean(self) -> None:
        """Refuse a withdrawal date on a use that is not withdrawn, at its own field."""
        super().clean()
        if self.withdrawn_on and self.status != Status.WITHDRAWN:
            raise ValidationError(
                {"withdrawn_on": _("Only a withdrawn use has a date of withdrawal.")}
            )
