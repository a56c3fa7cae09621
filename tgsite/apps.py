"""The site around the apps: fixed pages, error pages, styles."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Registers what the site's own pages ask of entries."""

    name = "tgsite"
    verbose_name = "Site"

    def ready(self) -> None:
        """Called once at start."""
        from education.models import Article
        from tgsite.editorial import checks
        from tgsite.views import about_address_is_free

        checks.register(Article, about_address_is_free)
