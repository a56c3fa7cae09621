"""D: news says how sure it is."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from education.choices import Kind
from education.models import Article
from tgsite.editorial.checks import Problem
from tgsite.editorial.texts import passages

_IN_PEOPLE = re.compile(r"\bin people\b", re.IGNORECASE)


def news_says_how_sure(article: Article) -> Iterator[Problem]:
    """D2: research news says “in people” or “not yet in people”."""
    if article.kind == Kind.RESEARCH_NEWS and not any(
        _IN_PEOPLE.search(passage.text) for passage in passages(article)
    ):
        yield Problem(_("Say “in people” or “not yet in people”."), "body", rule="D2")
