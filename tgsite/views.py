"""Home, about pages, health check and robots: what belongs to the site and to no app."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from drugs import catalogue as catalogues
from drugs.cell_map import cell_map
from drugs.filters import DrugFilterSet
from education import shelf
from education.choices import Kind, Topic
from education.models import Article
from education.shelf import ListedArticle
from education.views import AboutArticleView
from tgsite.editorial.checks import Problem
from tgsite.editorial.updates import newest, updates_feed
from tgsite.head import Crumb, Head, Text

NEWEST = 3
FIRST_TO_READ = 3

DESCRIPTION = _(
    "A plain guide to targeted medicines for breast cancer that are approved in the United States."
)


@dataclass(frozen=True)
class AboutPage:
    """A page about the guide whose text is `templates/about/<slug>.html`."""

    title: Text
    description: Text


ABOUT_PAGES = {
    "this-guide": AboutPage(
        _("About this guide"),
        _("What this guide is for, what it covers and what it leaves out."),
    ),
    "how-we-work": AboutPage(
        _("How this guide is made and checked"),
        _("Where the text comes from, who has checked it, how it is kept current, and who pays."),
    ),
    "privacy": AboutPage(
        _("Your privacy"),
        _("What this site keeps about you: no cookie, no tracking, no stored answers."),
    ),
    "accessibility": AboutPage(
        _("Accessibility"),
        _("How this site works with a keyboard, a screen reader, large text, and on paper."),
    ),
    "where-to-ask": AboutPage(
        _("Where else to ask"),
        _("People who answer questions about breast cancer, with telephone numbers."),
    ),
}


def about_address_is_free(article: Article) -> Iterator[Problem]:
    """An article about the guide does not take the address of a page that is always there."""
    if article.kind == Kind.ABOUT and article.slug in ABOUT_PAGES:
        yield Problem(str(_("Another page about the guide has this address.")), "slug")


def _about() -> Crumb:
    return Crumb(_("About"), reverse("about"))


def about_pages() -> list[Crumb]:
    """Every page about the guide: the fixed ones, then the editors' articles A to Z."""
    fixed = [
        Crumb(page.title, reverse("about_page", args=[slug])) for slug, page in ABOUT_PAGES.items()
    ]
    articles = [one for one in shelf.current().articles if one.kind == Kind.ABOUT]
    return [*fixed, *(Crumb(article.title, article.url) for article in articles)]


class HomeView(TemplateView):
    """Find by diagnosis, find by name, and what was updated last."""

    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The finder's form, unanswered, and the newest changes."""
        filterset = DrugFilterSet()
        return super().get_context_data(
            head=Head(
                _("Targeted medicines for breast cancer"),
                DESCRIPTION,
                (),
                feeds=(updates_feed(),),
            ),
            form=filterset.form,
            medicines=filterset.catalogue.medicines,
            newest=newest(NEWEST),
            places=cell_map(filterset.catalogue),
            articles=_first_to_read(),
            **kwargs,
        )


def _first_to_read() -> list[ListedArticle]:
    """A few articles to begin with, the basics first."""
    listed = [article for article in shelf.current().articles if article.kind != Kind.ABOUT]
    return sorted(listed, key=_far_from_the_basics)[:FIRST_TO_READ]


def _far_from_the_basics(article: ListedArticle) -> tuple[bool, int]:
    """First what is about the basics and nothing else."""
    return Topic.BASICS not in article.topics, article.topics.count(",")


class AboutView(TemplateView):
    """One page about the guide itself: a fixed one, or an article of the editors."""

    model = Article
    fixed_pages = ABOUT_PAGES

    @classmethod
    def leads_somewhere(cls, slug: str) -> bool:
        """Whether a link to this slug leads to a page."""
        return slug in ABOUT_PAGES or AboutArticleView.leads_somewhere(slug)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page of the slug, or the editors' article of that slug."""
        if kwargs["slug"] not in ABOUT_PAGES:
            return AboutArticleView.as_view()(request, *args, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its title, and the other about pages."""
        slug = self.kwargs["slug"]
        page = ABOUT_PAGES[slug]
        trail = (_about(), Crumb(page.title, reverse("about_page", args=[slug])))
        return super().get_context_data(
            head=Head(page.title, page.description, trail),
            title=page.title,
            pages=about_pages(),
            **kwargs,
        )

    def get_template_names(self) -> list[str]:
        """The template of the slug, known to be one of ours."""
        return [f"about/{self.kwargs['slug']}.html"]


class AboutIndexView(TemplateView):
    """The list of about pages."""

    template_name = "about/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The pages."""
        description = _("What this guide is, how it is made, and what happens to what you read.")
        return super().get_context_data(
            head=Head(_about().label, description, (_about(),)), pages=about_pages(), **kwargs
        )


def healthz(_request: HttpRequest) -> HttpResponse:
    """Whether the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    """Whether the process can serve pages: it can when it can read the content."""
    catalogues.current()
    return HttpResponse("ready\n", content_type="text/plain")


def robots(_request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything but the admin and answers about a person's disease."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /drugs/?",
        "Disallow: /drugs/compare/?",
        "Disallow: /learn/?",
        "Disallow: /search/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read, e.g. one with thousands of parameters."""
    return render(request, "400.html", status=400)
