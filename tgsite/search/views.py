"""The page of a search, and suggestions while a person types.

What people look for is health data: neither answer is kept anywhere, here or by a browser.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from tgsite.head import Crumb, Head
from tgsite.search.results import answer
from tgsite.search.suggesting import offers


@method_decorator(never_cache, name="dispatch")
class SearchView(TemplateView):
    """Everything that is found for ``q``; status 200 whatever is typed."""

    template_name = "search/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The answer, or nothing but the box while nothing is asked."""
        typed = self.request.GET.get("q", "")
        exact = self.request.GET.get("exact") == "1"
        return super().get_context_data(
            head=_head(), answer=answer(typed, exact=exact) if typed.strip() else None, **kwargs
        )


def _head() -> Head:
    # The words are in no title: a title is read by whoever looks at the screen.
    title = _("Search this guide")
    return Head(
        title,
        _("Medicines, classes, side effects, articles and words of this guide."),
        (Crumb(title, reverse("search")),),
    )


@require_safe
@never_cache
def suggest(request: HttpRequest) -> HttpResponse:
    """``{"groups": [{"label", "items": [{"label", "note", "url"}]}]}`` for ``q``."""
    groups = offers(request.GET.get("q", ""))
    return JsonResponse({"groups": [asdict(group) for group in groups]})
