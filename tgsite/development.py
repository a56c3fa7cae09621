"""The development page that shows every component in every state, with sample data."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace as Sample
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.html import format_html

from drugs import catalogue as catalogues
from drugs.cell_map import cell_map
from drugs.choices import ClassDrawing
from drugs.compare_page import compare_page
from drugs.filters import DrugFilterSet
from drugs.forms import CompareForm
from drugs.matching import Diagnosis
from drugs.models import Drug, DrugForm, DrugSideEffect, Indication, SideEffectRate, TrialResult
from drugs.presenters import card, drug_page, search_notes
from education.choices import Drawing
from education.filters import ArticleFilterSet
from education.templatetags.education_tags import drawn_steps
from tgsite.editorial.models import Contributor, Publication
from tgsite.editorial.standing import SafetyNotice, Standing
from tgsite.editorial.updates import Update
from tgsite.head import Crumb, Head
from tgsite.search import vocabulary
from tgsite.search.intents import Suggestion
from tgsite.search.results import Result, read

ICONS = (
    "search",
    "phone",
    "alert",
    "check",
    "info",
    "calendar",
    "book",
    "pill",
    "drip",
    "syringe",
    "printer",
    "arrow-right",
    "external",
    "chevron",
    "question",
    "glossary",
    "close",
)
LINES = [
    "It acts on HER2, a protein that tells some cancers to grow.",
    "You have it as an infusion into a vein, every 3 weeks.",
    "Call at once about a new cough or a fever.",
]


def components(request: HttpRequest) -> HttpResponse:
    """The page; 404 outside development."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "development/components.html", samples())


def _medicine() -> Drug:
    """A medicine with a use of each status, in memory only."""
    drug = Drug(brand_name="Sample", generic_name="samplemab-xxxx", targets="HER2")
    drug.manufacturer = "A company"
    common: dict[str, Any] = {
        "setting": ("metastatic",),
        "her2": ("positive",),
        "approved_on": "2020-01-02",
    }
    common |= {"for_whom": "adults", "source": "Prescribing information (FDA)", "confirmed": True}
    drug.indications = [
        Indication(summary="Approved use", given_with="chemotherapy", **common),
        Indication(summary="Use with accelerated approval", status="accelerated", **common),
        Indication(
            summary="Withdrawn use",
            status="withdrawn",
            withdrawn_on="2011-11-18",
            withdrawn_reason="It did not help people live longer",
            **common,
        ),
        Indication(summary="Use that was reported", **common | {"confirmed": False}),
    ]
    drug.forms = [
        DrugForm(route="iv-infusion", cycle_days=21, dose_days="1, 8"),
        DrugForm(route="oral-tablet", cycle_days=28, dose_days="1-21"),
    ]
    drug.effect_timing = "Diarrhea starts after a median of 8 days in the sample trial."
    drug.side_effects = [
        DrugSideEffect(effect="diarrhea"),
        DrugSideEffect(effect="lung inflammation", group="serious", how_common="1 in 100 people"),
    ]
    drug.trial_results = list(_trial_results())
    drug.side_effect_rates = [
        *_rates("SAMPLE-1", 14, people_without=300, without_all="10", without_severe="<1"),
        *_rates("SAMPLE-2, no comparison group", 2),
    ]
    return drug


def _trial_results() -> Iterator[TrialResult]:
    """Two trials: people in 100, months, how long people lived, and one arm alone."""
    source = {"source": "Sample label, version 2", "source_date": "2026-05-15"}
    both: dict[str, Any] = {"people_with": 2549, "people_without": 300, **source}
    both |= {"trial": "SAMPLE-1", "uses": "Approved use", "compared_with": "placebo"}
    both |= {"participants": "2,849 people", "unit": "percent at 3 years"}
    found = "More people were free of cancer with Sample."
    yield TrialResult(
        outcome="people free of cancer",
        finding=found,
        with_value="90.7",
        with_interval="89.3 to 91.8",
        without_value="87.6",
        per_100_with="90.7",
        per_100_without="87.6",
        per_100_at="3 years",
        hazard_ratio="0.75",
        hazard_interval="0.63 to 0.89",
        **both,
    )
    yield TrialResult(
        outcome="people alive",
        finding="It is not clear yet whether people lived longer.",
        overall_survival=True,
        with_value="97",
        **both,
    )
    yield TrialResult(
        trial="SAMPLE-2",
        uses="Approved use",
        outcome="people whose cancer shrank",
        finding="There was no other group to compare with.",
        unit="percent",
        with_value="20",
        people_with=90,
        **source,
    )


def _rates(trial: str, count: int, **values: Any) -> Iterator[SideEffectRate]:
    """Side effects of one trial; ``values`` of the other arm."""
    for number in range(1, count + 1):
        yield SideEffectRate(
            trial=trial,
            effect=f"side effect {number}",
            unit="people in 100",
            with_all="30",
            with_grade3="4",
            with_grade4="<1",
            people_with=2549,
            source="Sample label, version 2",
            source_section="6",
            **values,
        )


def _found(catalogue: catalogues.Catalogue) -> dict[str, Any]:
    """A question, suggestions of each look, and results of medicines."""
    asked = read("her2 tests")
    places: dict[str, Any] = {"reason": "You named a medicine", "text": LINES[0], "url": "/"}
    return {
        "asked": asked,
        "suggestions": [
            Suggestion("Herceptin (trastuzumab): Side effects", **places),
            Suggestion("Call 911 if this is happening now", **places, is_urgent=True),
            Suggestion(
                "We have no page on tamoxifen",
                **places | {"url": "https://www.cancer.gov/"},
                is_external=True,
            ),
        ],
        "found": [
            Result(document, found_by="Another name")
            for document in vocabulary.current().documents
            if document.slug in ("enhertu", "avastin", "her2-and-its-tests")
        ],
        "notes": search_notes("enhertu", catalogue),
    }


def _traces() -> dict[str, Any]:
    """A safety notice that waits for a clinician and one that was confirmed; changes of pages."""
    noticed = [
        Standing(notice=SafetyNotice(LINES[2], "FDA", "https://www.fda.gov/", since, until))
        for since, until in ((date(2026, 11, 8), date(2999, 1, 1)), (date(2026, 8, 6), None))
    ]
    page = Sample(url="/drugs/", standing=noticed[0])
    moment = datetime(2026, 11, 8, tzinfo=UTC)
    name = "Sample (samplemab-xxxx)"
    return {
        "noticed": [Sample(standing=standing) for standing in noticed],
        "updates": [
            Update(1, moment, Publication.Kind.NOTICE, name, "The label has a new warning.", page),
            Update(2, moment, Publication.Kind.OFF, name, "", None),
        ],
        "load": [Update(3, moment, Publication.Kind.STARTER, name, LINES[0], page)] * 2,
    }


def samples() -> dict[str, Any]:
    """What the components are shown with: invented, but for medicines of the guide."""
    catalogue = catalogues.current()
    diagnosis = Diagnosis.stated(None, "low", "metastatic", ())
    compared = compare_page(catalogue.named(["herceptin", "enhertu", "avastin"]), catalogue)
    nobody = Sample(all=[])
    reviewer = Contributor(
        slug="sample", name="Sample Reviewer", credentials="MD", role="Medical oncologist"
    )
    unreviewed = Sample(
        is_reviewed=False,
        reviewed_on=None,
        reviewed_by=None,
        review_due=None,
        slug="",
        change_note="",
        last_published_at=date(2026, 11, 22),
        authors=nobody,
    )
    overdue = Sample(
        is_reviewed=True,
        reviewed_on=date(2024, 8, 6),
        reviewed_by=reviewer,
        review_due=date(2025, 2, 6),
        slug="",
        change_note="New fever rule.",
        last_published_at=date(2024, 8, 6),
        authors=nobody,
    )
    sources = [
        Sample(
            title="Prescribing information",
            url="https://dailymed.nlm.nih.gov/",
            publisher="FDA",
            kind="label",
            get_kind_display="Official label",
            as_of="2026-08",
            place="section 1",
            read_on=date(2026, 11, 22),
        ),
        Sample(
            title="A source without a link",
            url="",
            publisher="",
            kind="",
            as_of="",
            place="",
            read_on=None,
        ),
    ]
    term = Sample(
        slug="biopsy",
        url="/",
        term="biopsy",
        definition="Taking a small piece of tissue, to look at it under a microscope.",
    )
    article = Sample(
        url="/learn/", title="Reading your report", kind_label="Explained", summary=LINES[1]
    )
    return {
        "head": Head(
            "Components",
            "Every piece of a page, in every state. For those who work on the site.",
            (Crumb("Components", "/development/components/"),),
        ),
        "icons": ICONS,
        "class_drawings": list(ClassDrawing),
        "cell_places": cell_map(catalogue),
        "lines": LINES,
        "text": "Score 0 without stain is HER2-negative.\n\n3+ is HER2-positive.",
        "steps": drawn_steps(
            {"drawing": Drawing.CONJUGATE_STEPS, "alternative": "\n".join(LINES * 2)}
        ),
        "html": format_html("<p>{}</p><p>{}</p>", *LINES[:2]),
        "term": term,
        "terms": [term],
        "pages": Paginator(range(30), 10).page(2),
        "letters": [(letter, letter not in "JQXZ") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
        "unreviewed": unreviewed,
        "overdue": overdue,
        "sources": sources,
        "medicines": catalogue.named(["enhertu", "avastin", "kisqali"]),
        "low_hint": Sample(
            low=catalogue.named(["enhertu"]), ultralow=catalogue.named(["enhertu", "trodelvy"])
        ),
        "faq": [Sample(question="Is it chemotherapy?", answer=format_html("<p>{}</p>", LINES[0]))]
        * 2,
        "places": [
            {
                "name": "A helpline",
                "what": "People who answer questions.",
                "phone": "1-800-555-0100",
                "hours": "day and night",
                "url": "https://example.org",
                "note": "Also in Spanish.",
            },
            {"name": "A website", "url": "https://example.org"},
        ],
        "urgent": Sample(
            call_911="passing out\nchest pain", call_team_now="a new cough", fever_rule=True
        ),
        "drug_class": Sample(
            url="/classes/anti-her2/", name="HER2-targeted medicines", summary=LINES[0]
        ),
        "article": article,
        "effect": Sample(
            url="/", name="Mouth sores", other_names=["stomatitis", "mucositis"], summary=LINES[2]
        ),
        "cards": [card(match, diagnosis, catalogue) for match in catalogue.matches(diagnosis)[7:9]],
        "short_list": Sample(
            sentence="No other medicine in this guide has US approval for exactly these answers.",
            relaxations=[],
            check_report=["Check the HER2 result in your report."],
        ),
        "columns": ["Form", "How often", "Where"],
        "rows": [["Infusion", "every 3 weeks", "clinic"], ["Tablets", "every day", "home"]],
        "page": drug_page(_medicine(), catalogue),
        "compared": compared,
        "compare_form": CompareForm(catalogue.medicines, compared.medicines),
        "sections": [Sample(key="links", heading="Buttons, links, statuses")],
        "articles": [article] * 2,
        "about_pages": [Crumb("About this guide", "/about/this-guide/")],
        **_found(catalogue),
        **_traces(),
        "form": DrugFilterSet(QueryDict("her2=purple&mutation=brca1&mutation=no-brca")).form,
        "facets": DrugFilterSet().facets,
        "filter": ArticleFilterSet().form,
        "filter_facets": ArticleFilterSet().facets,
        "chips": DrugFilterSet(QueryDict("her2=low&setting=metastatic&q=mab")).chips,
    }
