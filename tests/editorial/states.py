"""What readers, editors and the database know about an entry, as plain values to compare."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision

from drugs import catalogue
from drugs.models import Drug
from tgsite.editorial.models import ContentVersion, EditorialModel, LoadRecord, PublishedSlug
from tgsite.editorial.plain import mapping
from tgsite.editorial.published import as_published
from tgsite.editorial.views import EntryView


def row_state(entry: EditorialModel) -> dict[str, Any]:
    """The row, its child rows and its links as the tables hold them."""
    model = type(entry)
    state = {"row": model.objects.filter(pk=entry.pk).values().get()}
    for relation in get_all_child_relations(model):
        rows = relation.related_model.objects.filter(**{relation.field.name: entry.pk})
        state[relation.get_accessor_name()] = list(rows.order_by("pk").values())
    fresh = model.objects.get(pk=entry.pk)
    for field in model._meta.many_to_many:
        state[field.name] = sorted(getattr(fresh, field.name).values_list("pk", flat=True))
    return state


def _pk(entry: Any) -> str:
    return str(entry.pk)


def public_state(entry: EditorialModel) -> dict[str, Any]:
    """What readers get of a live entry: its page's text and, of a medicine, its place in lists."""
    row = type(entry).objects.select_related("live_revision").get(pk=entry.pk)
    found = {"row": row_state(entry), "page": mapping(as_published(row), _pk)}
    # Saving a draft notes itself on the row; readers never see these two.
    for name in ("latest_revision_id", "has_unpublished_changes"):
        found["row"]["row"].pop(name)
    if isinstance(row, Drug):
        medicine = catalogue.load(0).by_slug[row.slug]
        found["list"] = (medicine.brand_name, medicine.summary, medicine.uses, medicine.routes)
    return found


def everything(*models_: type[models.Model]) -> dict[str, Any]:
    """All rows of ``models_`` with revisions, redirects, load records and the content version."""
    tables = (*models_, Revision, PublishedSlug, LoadRecord, ContentVersion)
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in tables}


class Plain(EntryView):
    """The shared view with a page of nothing but the slug: no template."""

    def render(self, request: HttpRequest, entry: EditorialModel) -> HttpResponse:
        """The slug."""
        return HttpResponse(entry.slug)


def visit(model: type[EditorialModel], slug: str) -> tuple[int, str]:
    """Status and target of a public address, by the view that all entries share."""

    try:
        response = Plain(model=model).get(RequestFactory().get("/"), slug)
    except Http404:
        return 404, ""
    return response.status_code, response.headers.get("Location", "")
