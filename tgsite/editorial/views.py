"""What the public views of all entries share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views import View

from tgsite.editorial.models import EditorialModel, PublishedSlug
from tgsite.editorial.published import as_published


class EntryView(View):
    """The public page of one live entry; an old address leads to the new one for ever."""

    model: type[EditorialModel]

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The page; a permanent redirect from an old slug; 404 for what is not live."""
        found = (
            self.model.objects.live()
            .select_related("live_revision", "reviewed_by")
            .filter(slug=slug)
            .first()
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

    def render(self, request: HttpRequest, entry: EditorialModel) -> HttpResponse:
        """The page of ``entry``; each kind brings its own."""
        raise NotImplementedError
