"""Public pages of medicines, classes and side effects: they ask, filter, page and render."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from drugs import catalogue as catalogues
from drugs import hints
from drugs.choices import ClassKind
from drugs.compare import choose, offers
from drugs.compare_page import compare_page
from drugs.filters import DrugFilterSet
from drugs.forms import CompareForm
from drugs.heads import (
    class_head,
    class_list_head,
    compare_head,
    drug_head,
    drug_list_head,
    side_effect_head,
    side_effect_list_head,
)
from drugs.models import Drug, DrugClass, SideEffect
from drugs.presenters import card, class_page, drug_page, side_effect_page
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.standing import NOTICE_COLUMNS, REVIEW_COLUMNS
from tgsite.editorial.views import EntryView
from tgsite.filters import page_of

PAGE_SIZE = 24


class DrugListView(TemplateView):
    """The medicines for the answers in the address, with the reasons; status 200 for any answer."""

    template_name = "drugs/drug_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form with its messages, one page of results, and the hints beside them."""
        filterset = DrugFilterSet(self.request.GET)
        valid = filterset.is_valid()
        page, page_error = page_of(filterset.found, PAGE_SIZE, self.request.GET.getlist("page"))
        question, catalogue = filterset.question, filterset.catalogue
        advise = valid and not page_error
        is_stated = question.diagnosis.is_stated
        return super().get_context_data(
            head=drug_list_head(
                _("Medicines for your answers") if is_stated else _("Find medicines")
            ),
            filterset=filterset,
            form=filterset.form,
            question=question,
            is_stated=is_stated,
            count=len(filterset.found),
            page=page,
            page_error=page_error,
            cards=[card(match, question.diagnosis, catalogue) for match in page or ()],
            low_hint=hints.her2_low(catalogue, question) if advise else None,
            short_list=hints.short_list(catalogue, question) if advise else None,
            **kwargs,
        )


class CompareView(TemplateView):
    """Two to four medicines side by side; status 200 whatever the address asks for."""

    template_name = "drugs/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The medicines, what was left out, and the form that adds one more."""
        catalogue = catalogues.current()
        choice = choose(catalogue, self.request.GET.getlist("drug"))
        page = compare_page(choice.medicines, catalogue)
        return super().get_context_data(
            head=compare_head(page.medicines),
            page=page,
            messages=choice.messages,
            form=CompareForm(catalogue.medicines, page.medicines) if page.has_room else None,
            offers=[] if page.columns else offers(catalogue),
            **kwargs,
        )


class DrugView(EntryView):
    """A medicine's page."""

    model = Drug

    def render(self, request: HttpRequest, entry: EditorialModel) -> HttpResponse:
        """See ``render_drug``."""
        return render_drug(request, entry)


def render_drug(request: HttpRequest, drug: Drug) -> HttpResponse:
    """The page of a medicine whose rows are in memory; the admin's preview calls it as well."""
    page = drug_page(drug, catalogues.current())
    context = {"page": page, "drug": drug, "entry": drug, "head": drug_head(page)}
    return render(request, "drugs/drug_detail.html", context)


class ClassListView(TemplateView):
    """All classes, by target and by type, with their medicines."""

    template_name = "drugs/class_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Two groups of classes, each class with its live medicines."""
        catalogue = catalogues.current()
        columns = ("slug", "name", "kind", "summary", *REVIEW_COLUMNS, *NOTICE_COLUMNS)
        classes = list(DrugClass.objects.live().only(*columns))
        return super().get_context_data(
            head=class_list_head(),
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
    page = class_page(drug_class, catalogues.current())
    context = {
        "page": page,
        "drug_class": drug_class,
        "entry": drug_class,
        "head": class_head(page),
    }
    return render(request, "drugs/class_detail.html", context)


class SideEffectListView(TemplateView):
    """All side effects, the emergency signs first."""

    template_name = "drugs/side_effect_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The side effects A to Z."""
        effects = catalogues.current().effects
        return super().get_context_data(head=side_effect_list_head(), effects=effects, **kwargs)


class SideEffectView(EntryView):
    """A side effect's page."""

    model = SideEffect

    def render(self, request: HttpRequest, entry: EditorialModel) -> HttpResponse:
        """See ``render_side_effect``."""
        return render_side_effect(request, entry)


def render_side_effect(request: HttpRequest, effect: SideEffect) -> HttpResponse:
    """The page of a side effect whose rows are in memory; its medicines follow their records."""
    page = side_effect_page(effect, catalogues.current())
    return render(
        request,
        "drugs/side_effect_detail.html",
        {"page": page, "effect": effect, "entry": effect, "head": side_effect_head(effect)},
    )
