"""D: news says how sure it is, in whom, against what, and what it leaves as it was."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from drugs.figures import trials_named
from education.blocks import trials_in
from education.choices import Kind
from education.models import Article
from tgsite.editorial.checks import Level, Problem

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


def trials_are_in_the_record(article: Article) -> Iterator[Problem]:
    """D2: a trial is called as a live medicine's record calls it; otherwise nothing is shown.

    A warning, because the record with the trial may come in the same import.
    """
    named = trials_in(article.body)
    held = trials_named(named)
    for _medicine, name in (one for one in named if one not in held):
        message = _("No live medicine's record has results of a trial “%(trial)s”.")
        yield Problem(message % {"trial": name}, "body", rule="D2", level=Level.WARN)


def news_says_what_stays(article: Article) -> Iterator[Problem]:
    """D3: what does not change for a reader today."""
    if article.kind == Kind.RESEARCH_NEWS and not article.unchanged:
        yield Problem(_("Say what does not change today."), "unchanged", rule="D3")
