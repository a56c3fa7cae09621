"""The one FilterSet of medicines: its form stands on the page, its rules serve page and API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drugs import catalogue as catalogues
from drugs.choices import Route
from drugs.facets import Facets
from drugs.finder import Found, Question, find
from drugs.hints import SETTING_ANSWERS
from drugs.matching import GENES, INHERITED, TUMOR, ContradictoryAnswersError, Diagnosis
from drugs.models import Drug
from tgsite.filters import NOT_AN_ANSWER, AnswerFilter, ListFilterSet, OneAnswerForm

UNKNOWN = gettext_lazy("I don't know")

HORMONE_RECEPTOR_ANSWERS = [
    ("positive", gettext_lazy("Positive (ER+, PR+ or both)")),
    ("negative", gettext_lazy("Negative (ER- and PR-)")),
]
HER2_ANSWERS = [
    ("positive", gettext_lazy("HER2-positive (IHC 3+, or positive ISH or FISH)")),
    ("low", gettext_lazy("HER2-low (IHC 1+, or 2+ with negative ISH)")),
    ("ultralow", gettext_lazy("HER2-ultralow (IHC 0 with faint staining)")),
    ("negative", gettext_lazy("HER2-negative (IHC 0, or the report says no more)")),
]
EARLY_SETTINGS = ("early", "neoadjuvant", "adjuvant")
SETTING_GROUPS = [
    (
        gettext_lazy("Surgery is planned or done (stage I to III)"),
        [(code, label) for code, label in SETTING_ANSWERS if code in EARLY_SETTINGS],
    ),
    (
        gettext_lazy("Surgery is not the plan now"),
        [(code, label) for code, label in SETTING_ANSWERS if code not in EARLY_SETTINGS],
    ),
]
UNKNOWN_OR_WAITING = ("", gettext_lazy("I don't know, or waiting"))
INHERITED_TEST = gettext_lazy("Inherited test (blood or saliva)")
TUMOR_TEST = gettext_lazy("Test of the tumor (tissue or blood)")
MUTATION_ANSWERS = [
    (
        INHERITED_TEST,
        [
            UNKNOWN_OR_WAITING,
            ("brca1", gettext_lazy("BRCA1 change")),
            ("brca2", gettext_lazy("BRCA2 change")),
            ("no-brca", gettext_lazy("Tested, no BRCA change")),
        ],
    ),
    (
        TUMOR_TEST,
        [
            UNKNOWN_OR_WAITING,
            ("pik3ca", gettext_lazy("PIK3CA change")),
            ("akt1", gettext_lazy("AKT1 change")),
            ("pten", gettext_lazy("PTEN change")),
            ("no-tumor", gettext_lazy("Tested, none of these")),
        ],
    ),
    (gettext_lazy("Both"), [("none", gettext_lazy("Both tested, nothing found"))]),
]
# Heading of a gene test -> the words by which its report is known.
REPORT_WORDS = {
    INHERITED_TEST: gettext_lazy(
        "It has a report of its own. Look for the words germline, hereditary cancer test or BRCA "
        "test."
    ),
    TUMOR_TEST: gettext_lazy(
        "Look for the words biomarker test, NGS or liquid biopsy. "
        "A BRCA change found only in the tumor: ask for the inherited test."
    ),
}
# Answers that stand alone: among those of their test, or in the whole question.
ALONE = {"": "group", "no-brca": "group", "no-tumor": "group", "none": "question"}
SORT_ANSWERS = [
    ("name", gettext_lazy("Brand name, A to Z")),
    ("generic", gettext_lazy("Generic name, A to Z")),
    ("newest", gettext_lazy("Newest approval first")),
]


class GeneChoices(forms.CheckboxSelectMultiple):
    """Check boxes of the gene tests. "I don't know" is ticked for a test without an answer."""

    notes = REPORT_WORDS

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The option, marked for `js/alone.js` if it contradicts the others beside it."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        if option["value"] in ALONE:
            option["attrs"]["data-alone"] = ALONE[option["value"]]
        return option

    def optgroups(
        self, name: str, value: list[Any], attrs: dict[str, Any] | None = None
    ) -> list[Any]:
        """The tests with their answers."""
        groups = super().optgroups(name, value, attrs)
        for _heading, options, _index in groups:
            answered = "none" in value or any(one["selected"] and one["value"] for one in options)
            for option in options:
                if not option["value"]:
                    option["selected"] = not answered
                    option["attrs"].pop("checked", None)
                    option["attrs"] |= {} if answered else {"checked": True}
        return groups


class AnswersField(django_filters.fields.MultipleChoiceField):
    """Several answers to one question; an empty value is no answer."""

    default_error_messages = {"invalid_choice": NOT_AN_ANSWER}

    def to_python(self, value: Any) -> list[str]:
        """The answers as text, each once."""
        return list(dict.fromkeys(answer for answer in super().to_python(value) if answer))


class AnswersFilter(django_filters.MultipleChoiceFilter):
    """A question of which any number of answers can be given."""

    field_class = AnswersField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.CheckboxSelectMultiple, **kwargs})


class FinderForm(OneAnswerForm):
    """Refuses answers that contradict each other, at the field where they stand."""

    short_labels = {
        "q": gettext_lazy("Name"),
        "setting": gettext_lazy("Surgery"),
        "mutation": gettext_lazy("Gene test"),
    }

    def clean(self) -> dict[str, Any]:
        """The cleaned answers; errors for repeated or contradictory ones."""
        cleaned = super().clean()
        try:
            Diagnosis.stated(mutation=cleaned.get("mutation") or ())
        except ContradictoryAnswersError:
            self.add_error(
                "mutation",
                ValidationError(
                    _("These answers contradict each other: a change, and no change. Choose again.")
                ),
            )
        return cleaned


class DrugFilterSet(ListFilterSet):
    """Reads the answers of the list's address; ``question`` and ``found`` are the outcome.

    The matching itself is `drugs.matching`, over the catalogue in memory. An invalid answer leaves
    ``found`` empty and a message at its field. Where an answer stands in a report is said as in
    the articles on tests and stages (`education/content/articles`).
    """

    list_name = "drugs:drug_list"
    unmentioned = ("sort",)

    q = django_filters.CharFilter(
        label=gettext_lazy("Name of a medicine"), max_length=100, strip=True
    )
    setting = AnswerFilter(
        label=gettext_lazy("Is surgery planned or done?"),
        choices=SETTING_GROUPS,
        empty_label=UNKNOWN,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Look in letters and reports for the stage, and for the words neoadjuvant (before "
            "surgery), adjuvant (after surgery) or metastatic."
        ),
    )
    hormone_receptor = AnswerFilter(
        label=gettext_lazy("Hormone receptors"),
        choices=HORMONE_RECEPTOR_ANSWERS,
        empty_label=UNKNOWN,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "The report lists ER and PR on two lines. If one or both are positive, choose positive."
        ),
    )
    her2 = AnswerFilter(
        label=gettext_lazy("HER2"),
        choices=HER2_ANSWERS,
        empty_label=UNKNOWN,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Look for the IHC score (0, 1+, 2+ or 3+) and, with 2+, the result of ISH or FISH. "
            "IHC 1+, or 2+ with negative ISH, is HER2-low even if the report says negative."
        ),
    )
    mutation = AnswersFilter(
        label=gettext_lazy("Gene tests"),
        choices=MUTATION_ANSWERS,
        widget=GeneChoices,
        help_text=gettext_lazy("Two different tests: one never stands in for the other."),
    )
    route = AnswersFilter(
        label=gettext_lazy("How it is given"),
        choices=Route.choices,
    )
    sort = AnswerFilter(
        label=gettext_lazy("Order"),
        choices=SORT_ANSWERS,
        empty_label=gettext_lazy("By place in treatment, then A to Z"),
    )

    class Meta:
        model = Drug
        fields: list[str] = []
        form = FinderForm

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.catalogue = catalogues.current()
        super().__init__(data, **kwargs)
        # `class` is a word of the language, so this filter cannot be declared above.
        self.filters["class"] = AnswersFilter(
            label=gettext_lazy("Class"),
            choices=[(known.slug, known.name) for known in self.catalogue.classes],
        )
        self.filters["class"].parent = self
        self.filters["class"].model = Drug

    @cached_property
    def question(self) -> Question:
        """What was asked; the empty question where an answer is invalid."""
        answers = self.answers
        return Question(
            diagnosis=Diagnosis.stated(
                answers.get("hormone_receptor"),
                answers.get("her2"),
                answers.get("setting"),
                answers.get("mutation") or (),
            ),
            words=answers.get("q") or "",
            classes=frozenset(answers.get("class") or ()),
            routes=frozenset(answers.get("route") or ()),
            sort=answers.get("sort") or "",
        )

    @cached_property
    def found(self) -> Found:
        """The matches in the order asked for; none when an answer is invalid."""
        return () if self.is_refused else find(self.catalogue, self.question)

    def counting(self) -> Facets:
        """See ``drugs.facets``."""
        return Facets(self.catalogue, self.question)


def parameters(question: Question) -> dict[str, Any]:
    """The address parameters that ask ``question``: name -> text or list of texts."""
    diagnosis = question.diagnosis
    mutation = [gene.lower() for gene in sorted(diagnosis.genes)]
    mutation += [
        nothing
        for nothing, group in (("no-brca", INHERITED), ("no-tumor", TUMOR))
        if group in diagnosis.tested and diagnosis.genes.isdisjoint(GENES[group])
    ]
    asked = {
        "q": question.words,
        "hormone_receptor": diagnosis.hormone_receptor,
        "her2": diagnosis.her2,
        "setting": diagnosis.setting,
        "mutation": mutation,
        "class": sorted(question.classes),
        "route": sorted(question.routes),
        "sort": question.sort,
    }
    return {name: value for name, value in asked.items() if value}


def list_url(question: Question) -> str:
    """The address of the list that asks ``question``."""
    return reverse("drugs:drug_list", query=parameters(question))
