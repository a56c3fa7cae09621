"""D: news says how sure it is, in whom, against what, and what it leaves as it was."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from education.choices import Kind
from education.models import Article
from tgsite.editorial.checks import Problem

# The blocks that say who took part and what it was compared with.
STUDIES = ("trial", "study")


def news_says_how_sure(article: Article) -> Iterator[Problem]:
    """D2: how sure it is, in whom it was seen, and what nobody knows yet."""
    if article.kind != Kind.RESEARCH_NEWS:
        return
    if not article.evidence_level:
        message = _("Choose how sure it is: in people, or not yet in people.")
        yield Problem(message, "evidence_level", rule="D2")
    if not any(child.block_type in STUDIES for child in article.body):
        message = _("Say in whom and compared with what: add a trial or a study.")
        yield Problem(message, "body", rule="D2")
    if not article.not_known:
        yield Problem(_("Say what is not known yet."), "not_known", rule="D2")


def news_says_what_stays(article: Article) -> Iterator[Problem]:
    """D3: what does not change for a reader today."""
    if article.kind == Kind.RESEARCH_NEWS and not article.unchanged:
        yield Problem(_("Say what does not change today."), "unchanged", rule="D3")
