"""What the public views of all entries share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import TemplateView

from tgsite.editorial.gathering import Gathered, part
from tgsite.editorial.models import Contributor, EditorialModel, PublishedSlug, entry_models
from tgsite.editorial.published import as_published
from tgsite.editorial.querysets import EntryQuerySet
from tgsite.head import Crumb, Head, absolute
from tgsite.head import person as person_node


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


class ContributorView(TemplateView):
    """A person's page: who they are, and the live pages that they wrote or reviewed."""

    template_name = "editorial/contributor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The person, and pairs of name and entry that they wrote and reviewed: two queries."""
        person = get_object_or_404(Contributor, slug=self.kwargs["slug"])
        rows = Gathered(
            part(f"{role} {model._meta.label}", model.objects.live().filter(**who), "id", *columns)
            for model in entry_models()
            for columns in [("slug", model.name_field)]
            for role, who in (
                ("written", {"authors": person}),
                ("reviewed", {"reviewed_by": person}),
            )
        )
        address = person.get_absolute_url()
        return super().get_context_data(
            head=Head(
                str(person),
                person.biography or person.role,
                (Crumb(str(person), address),),
                (person_node(person) | {"@id": f"{absolute(address)}#person"},),
            ),
            person=person,
            written=_listed(rows, "written"),
            reviewed=_listed(rows, "reviewed"),
            **kwargs,
        )


def _listed(rows: Gathered, role: str) -> list[tuple[str, EditorialModel]]:
    """Name and entry, A to Z by name; the entry knows its id and slug."""
    found = [
        (str(name), model(pk=pk, slug=slug))
        for model in entry_models()
        for pk, slug, name, *_none in rows.part(f"{role} {model._meta.label}")
    ]
    return sorted(found, key=lambda pair: pair[0].casefold())
