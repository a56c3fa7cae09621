"""The admin screens of medicines and classes, grouped as an editor thinks."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import TitleFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from drugs.models import Drug, DrugClass, OtherMedicine, SideEffect
from tgsite.editorial.panels import edit_screen, group, rows
from tgsite.editorial.viewsets import REVIEW_COLUMNS, ContributorViewSet, EntryViewSet

EVIDENCE_SOURCE = ("note", "source", "source_date", "source_section", "source_url")


class DrugViewSet(EntryViewSet):
    """Medicines."""

    model = Drug
    icon = "pick"
    menu_label = _("Medicines")
    list_display = [
        "brand_name",
        "generic_name",
        Column("class_names", label=_("Classes")),
        *REVIEW_COLUMNS,
    ]
    list_filter = ["live", "classes", "reviewed_on", "review_due"]
    search_fields = ["brand_name", "generic_name", "also_known_as", "search_aliases"]
    list_export = ["brand_name", "generic_name", "slug", "live", "reviewed_on", "review_due"]
    edit_handler = edit_screen(
        (
            _("Names"),
            [
                TitleFieldPanel("brand_name", targets=["slug"]),
                group(_("Names"), "generic_name", "slug", "also_known_as", "name_notes"),
                group(_("Said like this"), "pronunciation_brand", "pronunciation_generic"),
                group(_("Not to be confused with"), "not_the_same_as"),
                group(
                    _("What it is"),
                    "summary",
                    "key_points",
                    "how_it_works",
                    "classes",
                    "targets",
                    "payload",
                    "manufacturer",
                ),
            ],
        ),
        (
            _("Uses"),
            [
                rows(
                    "indications",
                    (
                        "summary",
                        "setting",
                        "hormone_receptor",
                        "her2",
                        "mutations",
                        "other_biomarkers",
                        "for_whom",
                        "after",
                        "line",
                        "line_note",
                        "given_with",
                        "partners",
                        "approved_on",
                        "status",
                        "withdrawn_on",
                        "withdrawn_reason",
                        "figures_note",
                        "confirmed",
                        "confirmed_note",
                        "source",
                        "source_url",
                        "note",
                    ),
                    _("Uses in breast cancer: one row for each use on the US label"),
                    label=_("Use"),
                ),
                group(
                    _("Approval in the United States"),
                    "test_needed",
                    "first_approval_on",
                    "first_approval_for",
                    "status_note",
                ),
            ],
        ),
        (
            _("Safety"),
            [
                group(_("Get help now"), "call_911", "call_team_now", "fever_rule"),
                group(_("From the label"), "boxed_warnings", "contraindications"),
                rows(
                    "side_effects",
                    ("effect", "group", "how_common", "explained_by"),
                    _("Side effects, as the label lists them"),
                    label=_("Side effect"),
                ),
                group(
                    _("Checks and cautions"), "effect_timing", "checks", "pregnancy", "interactions"
                ),
                group(_("Not checked yet"), "unconfirmed"),
            ],
        ),
        (
            _("Taking it"),
            [
                rows(
                    "forms",
                    ("route", "form", "schedule", "duration", "where", "cycle_days", "dose_days"),
                    _("How it is given"),
                    label=_("Form"),
                ),
                group(_("At home"), "how_to_take", "missed_dose", "storage"),
                group(_("Living with it"), "daily_life", "other_choices", "not_known"),
                group(_("For the visit"), "questions"),
            ],
        ),
        (
            _("Figures"),
            [
                group(_("What it may do"), "aims"),
                rows(
                    "trial_results",
                    (
                        "trial",
                        "uses",
                        "participants",
                        "compared_with",
                        "outcome",
                        "finding",
                        "overall_survival",
                        "unit",
                        "with_value",
                        "with_interval",
                        "people_with",
                        "without_value",
                        "without_interval",
                        "people_without",
                        "per_100_with",
                        "per_100_without",
                        "per_100_at",
                        "hazard_ratio",
                        "hazard_interval",
                        "follow_up",
                        *EVIDENCE_SOURCE,
                    ),
                    _("Trial results: figures as printed, never computed"),
                    label=_("Trial result"),
                ),
                rows(
                    "side_effect_rates",
                    (
                        "effect",
                        "label_term",
                        "blood_test",
                        "trial",
                        "unit",
                        "with_all",
                        "with_severe",
                        "with_grade3",
                        "with_grade4",
                        "people_with",
                        "without_all",
                        "without_severe",
                        "without_grade3",
                        "without_grade4",
                        "people_without",
                        *EVIDENCE_SOURCE,
                    ),
                    _("Side effects in numbers: figures as printed"),
                    label=_("Figure"),
                ),
            ],
        ),
        (
            _("Cost and versions"),
            [
                rows(
                    "biosimilars",
                    (
                        "brand_name",
                        "generic_name",
                        "route",
                        "company",
                        "approved_on",
                        "breast_cancer_use",
                        "set_id",
                    ),
                    _("Biosimilars"),
                    label=_("Biosimilar"),
                ),
                group(_("Other versions and cost"), "generics", "cost_note"),
                rows(
                    "support_programs",
                    ("name", "sponsor", "url", "phone", "note"),
                    _("Help with cost"),
                    label=_("Support program"),
                ),
                rows(
                    "label_sources",
                    ("set_id", "what", "main"),
                    _("Official labels to watch"),
                    label=_("Official label"),
                ),
            ],
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Drug]:
        """Medicines with the classes that the list shows."""
        return Drug.objects.prefetch_related("classes")


class DrugClassViewSet(EntryViewSet):
    """Classes of medicine."""

    model = DrugClass
    icon = "tag"
    menu_label = _("Classes")
    list_display = ["name", "kind", *REVIEW_COLUMNS]
    list_filter = ["live", "kind", "reviewed_on", "review_due"]
    search_fields = ["name", "other_names", "search_aliases"]
    list_export = ["name", "slug", "kind", "live", "reviewed_on", "review_due"]
    edit_handler = edit_screen(
        (
            _("Class"),
            [
                TitleFieldPanel("name", targets=["slug"]),
                group(_("Names"), "slug", "other_names", "kind"),
                group(
                    _("What they are"),
                    "summary",
                    "key_points",
                    "targets",
                    "how_it_works",
                    "drawing",
                ),
                group(
                    _("Who they are for, and how they are given"),
                    "who_for",
                    "tests_needed",
                    "given_as",
                    "typical_side_effects",
                ),
                group(
                    _("To weigh up"), "never_compared", "other_choices", "not_known", "questions"
                ),
            ],
        ),
    )


class SideEffectViewSet(EntryViewSet):
    """Side effects."""

    model = SideEffect
    icon = "warning"
    menu_label = _("Side effects")
    list_display = ["name", *REVIEW_COLUMNS]
    list_filter = ["live", "reviewed_on", "review_due"]
    search_fields = ["name", "other_names", "search_aliases"]
    list_export = ["name", "slug", "live", "reviewed_on", "review_due"]
    edit_handler = edit_screen(
        (
            _("Side effect"),
            [
                TitleFieldPanel("name", targets=["slug"]),
                group(_("Names"), "slug", "other_names"),
                group(_("The answer first"), "summary", "description"),
                group(
                    _("Get help now"),
                    "call_911",
                    "call_team_now",
                    "call_team_same_day",
                    "fever_rule",
                ),
                rows(
                    "medicine_rules",
                    ("drug", "call", "source", "source_url"),
                    _("When to call with certain medicines, strictest first"),
                    label=_("Rule of a medicine"),
                ),
                group(_("What helps"), "self_care", "checks", "not_known"),
            ],
        ),
    )


class OtherMedicineViewSet(ModelViewSet):
    """Medicines that the guide has no page on."""

    model = OtherMedicine
    icon = "list-ul"
    menu_label = _("Medicines not covered")
    add_to_admin_menu = False
    form_fields = [
        "generic_name",
        "slug",
        "brand_names",
        "kind",
        "what_it_is",
        "us_status",
        "nearest",
        "relation",
        "read_more_url",
    ]
    list_display = ["generic_name", "brand_names", "kind", "us_status"]
    list_filter = ["kind"]
    search_fields = ["generic_name", "brand_names"]
    search_backend_name = None


class GuideGroup(SnippetViewSetGroup):
    """The menu of the guide's content."""

    menu_label = _("Guide")
    menu_icon = "folder-open-inverse"
    menu_order = 100
    items = (
        DrugViewSet,
        DrugClassViewSet,
        SideEffectViewSet,
        OtherMedicineViewSet,
        ContributorViewSet,
    )
