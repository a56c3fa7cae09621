"""Tells `load_content` what this app's files hold."""

from pathlib import Path

from education.models import Article, GlossaryTerm
from tgsite.editorial.content import ContentKind, register
from tgsite.editorial.models import SiteSettings

CONTENT = Path(__file__).parent / "content"


def register_all() -> None:
    """Called once at start."""
    register(ContentKind(GlossaryTerm, CONTENT / "glossary.yaml"))
    register(ContentKind(Article, CONTENT / "articles"))
    register(ContentKind(SiteSettings, CONTENT / "site.yaml"))
