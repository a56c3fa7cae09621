"""What search engines are told about: the fixed pages and every entry they may list."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from drugs.models import Drug, DrugClass, SideEffect
from education.models import Article, GlossaryTerm
from tgsite.editorial.models import EditorialModel
from tgsite.views import ABOUT_PAGES


class PublicSitemap(Sitemap[Any]):
    """Addresses are those of the public site, whatever host the request came by."""

    def get_domain(self, site: Any = None) -> str:
        """The host of ``SITE_URL``."""
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        """Its scheme."""
        return urlsplit(settings.SITE_URL).scheme


class FixedPages(PublicSitemap):
    """Pages that are there whatever the content."""

    def items(self) -> list[str]:
        """Their addresses."""
        about = [reverse("about_page", args=[slug]) for slug in ABOUT_PAGES]
        lists = [
            "home",
            "drugs:drug_list",
            "drugs:compare",
            "drugs:class_list",
            "drugs:side_effect_list",
            "education:article_list",
            "education:glossary",
            "updates",
            "about",
        ]
        return [*(reverse(name) for name in lists), *about]

    def location(self, item: str) -> str:
        """The address itself."""
        return item


class Entries(PublicSitemap):
    """Live entries of one kind; outside development only those that a clinician reviewed."""

    def __init__(self, model: type[EditorialModel]) -> None:
        self.model = model

    def items(self) -> Iterable[Any]:
        """The entries A to Z by slug."""
        entries = self.model.objects.live().order_by("slug")
        return list(entries if settings.DEBUG else entries.filter(reviewed_on__isnull=False))

    def lastmod(self, item: Any) -> Any:
        """When the text that is live was published."""
        return item.last_published_at


SITEMAPS = {
    "pages": FixedPages(),
    "drugs": Entries(Drug),
    "classes": Entries(DrugClass),
    "side-effects": Entries(SideEffect),
    "articles": Entries(Article),
    "glossary": Entries(GlossaryTerm),
}
