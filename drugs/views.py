"""Public pages of medicines and classes: they ask, filter, page and render."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from drugs import catalogue as catalogues
from drugs import hints
from drugs.choices import ClassKind
from drugs.filters import DrugFilterSet, parameters
from drugs.finder import Question
from drugs.models import Drug, DrugClass
from drugs.presenters import card, drug_page
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.views import EntryView

PAGE_SIZE = 24


class DrugListView(TemplateView):
    """The medicines for the answers in the address, with the reasons; status 200 for any answer."""

    template_name = "drugs/drug_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form with its messages, one page of results, and the hints beside them."""
        filterset = DrugFilterSet(self.request.GET)
        valid = filterset.is_valid()
        page, page_error = _page(filterset, self.request.GET.getlist("page"))
        question, catalogue = filterset.question, filterset.catalogue
        advise = valid and not page_error
        return super().get_context_data(
            filterset=filterset,
            form=filterset.form,
            question=question,
            is_stated=question.diagnosis.is_stated,
            count=len(filterset.found),
            page=page,
            page_error=page_error,
            cards=[card(match, question.diagnosis, catalogue) for match in page or ()],
            low_hint=hints.her2_low(catalogue, question) if advise else None,
            short_list=hints.short_list(catalogue, question) if advise else None,
            **kwargs,
        )


def _page(filterset: DrugFilterSet, asked: list[str]) -> tuple[Page[Any] | None, str]:
    """The page asked for; or nothing and a message that says which pages there are."""
    paginator = Paginator(filterset.found, PAGE_SIZE)
    # Two different numbers are no page.
    number = (asked[0] or "1") if len(set(asked)) == 1 else "no page" if asked else "1"
    try:
        # A number of more digits is no page of ours, and slow to read.
        return paginator.page(number if len(number) < 6 else "no page"), ""
    except (EmptyPage, PageNotAnInteger):
        last = paginator.num_pages
        message = _("There is no such page of results. The last page is %(last)d.") % {"last": last}
        return None, message


class DrugView(EntryView):
    """A medicine's page."""

    model = Drug

    def render(self, request: HttpRequest, entry: EditorialModel) -> HttpResponse:
        """See ``render_drug``."""
        return render_drug(request, entry)


def render_drug(request: HttpRequest, drug: Drug) -> HttpResponse:
    """The page of a medicine whose rows are in memory; the admin's preview calls it as well."""
    return render(
        request, "drugs/drug_detail.html", {"page": drug_page(drug), "drug": drug, "entry": drug}
    )


class ClassListView(TemplateView):
    """All classes, by target and by type, with their medicines."""

    template_name = "drugs/class_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Two groups of classes, each class with its live medicines."""
        catalogue = catalogues.current()
        classes = list(DrugClass.objects.live().only("slug", "name", "kind", "summary"))
        return super().get_context_data(
            groups=[
                {
                    "heading": label,
                    "classes": [
                        {"entry": entry, "medicines": catalogue.in_class(entry.slug)}
                        for entry in classes
                        if entry.kind == kind
                    ],
                }
                for kind, label in ClassKind.choices
            ],
            **kwargs,
        )


class ClassView(EntryView):
    """A class's page."""

    model = DrugClass

    def render(self, request: HttpRequest, entry: EditorialModel) -> HttpResponse:
        """See ``render_class``."""
        return render_class(request, entry)


def render_class(request: HttpRequest, drug_class: DrugClass) -> HttpResponse:
    """The page of a class whose rows are in memory; its medicines follow the catalogue."""
    catalogue = catalogues.current()
    medicines = [
        {"medicine": medicine, "look_alikes": catalogue.named(medicine.look_alikes)}
        for medicine in catalogue.in_class(drug_class.slug or "")
    ]
    return render(
        request,
        "drugs/class_detail.html",
        {"drug_class": drug_class, "entry": drug_class, "medicines": medicines},
    )


def list_url(question: Question) -> str:
    """The address of the list that asks ``question``."""
    return reverse("drugs:drug_list", query=parameters(question))
