"""C: an article begins with the answer."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from education.models import Article
from tgsite.editorial.checks import Problem
from tgsite.editorial.checks.c_fairness import says_at_once


def answer_comes_first(article: Article) -> Iterator[Problem]:
    """C1: the answer in two lines."""
    yield from says_at_once(article, _("Give the answer in two lines."))
