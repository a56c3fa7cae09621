"""What the public views of all entries share."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from tgsite.editorial.gathering import Gathered, part
from tgsite.editorial.models import Contributor, EditorialModel, PublishedSlug, entry_models
from tgsite.editorial.published import as_published
from tgsite.editorial.querysets import EntryQuerySet
from tgsite.editorial.updates import (
    changes_of,
    months_with_changes,
    updates_feed,
    updates_page,
)
from tgsite.filters import page_of
from tgsite.head import Crumb, Head, absolute
from tgsite.head import person as person_node

MONTHS_A_PAGE = 3


class EntryView(View):
    """The public page of one live entry; an old address leads to the new one for ever."""

    model: type[EditorialModel]

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The page; a permanent redirect from an old slug; 404 for what is not live."""
        found = (
            self.entries().select_related("live_revision", "reviewed_by").filter(slug=slug).first()
        )
        if found is not None:
            return self.render(request, as_published(found))
        old = PublishedSlug.objects.filter(
            content_type__app_label=self.model._meta.app_label,
            content_type__model=self.model._meta.model_name,
            slug=slug,
        ).first()
        target: Any = old and self.model.objects.live().filter(pk=old.object_id).first()
        if target is None:
            raise Http404
        return redirect(target, permanent=True)

    def entries(self) -> EntryQuerySet:
        """The entries that have their page at this view's addresses."""
        return self.model.objects.live()

    def render(self, request: HttpRequest, entry: EditorialModel) -> HttpResponse:
        """The page of ``entry``; each kind brings its own."""
        raise NotImplementedError

    @classmethod
    def leads_somewhere(cls, slug: str) -> bool:
        """Whether a link to this slug leads to an entry, by its address of today or an old one.

        A draft counts: two entries that link to each other must be able to go live one by one.
        """
        entries = cls.model._default_manager
        old = PublishedSlug.objects.filter(
            content_type=ContentType.objects.get_for_model(cls.model), slug=slug
        ).values("object_id")
        return entries.filter(Q(slug=slug) | Q(pk__in=old)).exists()


class ContributorView(TemplateView):
    """A person's page: who they are, and the live pages that they wrote or reviewed."""

    template_name = "editorial/contributor.html"

    @classmethod
    def leads_somewhere(cls, slug: str) -> bool:
        """Whether there is such a person."""
        return Contributor.objects.filter(slug=slug).exists()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The person, and pairs of name and entry that they wrote and reviewed: two queries."""
        person = get_object_or_404(Contributor, slug=self.kwargs["slug"])
        rows = Gathered(
            part(
                f"{role} {model._meta.label}",
                model.objects.live().filter(**who),
                "id",
                model.name_field,
                *model.address_fields,
            )
            for model in entry_models()
            for role, who in (
                ("written", {"authors": person}),
                ("reviewed", {"reviewed_by": person}),
            )
        )
        address = person.get_absolute_url()
        return super().get_context_data(
            head=Head(
                str(person),
                person.biography or person.role or _("Who this is, and their work in this guide."),
                (Crumb(str(person), address),),
                (person_node(person) | {"@id": f"{absolute(address)}#person"},),
            ),
            person=person,
            written=_listed(rows, "written"),
            reviewed=_listed(rows, "reviewed"),
            **kwargs,
        )


class UpdatesView(TemplateView):
    """What changed for readers, newest first; a page has some months in which anything changed."""

    template_name = "editorial/updates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The months of one page, or a message that says which pages there are: two queries."""
        asked = self.request.GET.getlist("page")
        page, page_error = page_of(months_with_changes(), MONTHS_A_PAGE, asked)
        return super().get_context_data(
            head=Head(
                _("What changed"),
                _("Every change of a page of this guide, newest first: when, and why."),
                (updates_page(),),
                feeds=(updates_feed(),),
            ),
            page=page,
            page_error=page_error,
            months=changes_of(list(page or ())),
            **kwargs,
        )


def _named(model: type[EditorialModel], row: tuple[Any, ...]) -> tuple[str, EditorialModel]:
    """The name, and an entry that knows no more than its address."""
    pk, name, *address = row
    fields = dict(zip(model.address_fields, address, strict=False))
    return str(name), model(pk=pk, **fields)


def _listed(rows: Gathered, role: str) -> list[tuple[str, EditorialModel]]:
    """Names and entries, A to Z by name."""
    found = [
        _named(model, row)
        for model in entry_models()
        for row in rows.part(f"{role} {model._meta.label}")
    ]
    return sorted(found, key=lambda pair: pair[0].casefold())
