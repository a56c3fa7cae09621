"""Content checks of articles and glossary terms, a module a letter of the standard."""

from education.checks import c_fairness, d_knowledge, f_language, g_shape, reading
from education.models import Article, GlossaryTerm
from tgsite.editorial.checks import register
from tgsite.editorial.checks.h_action import says_what_to_do
from tgsite.editorial.checks.lengths import key_points_at_a_glance


def register_all() -> None:
    """Called once at start."""
    reading.register_all()
    register(
        Article,
        c_fairness.answer_comes_first,
        key_points_at_a_glance,
        d_knowledge.news_says_how_sure,
        d_knowledge.news_says_what_stays,
        d_knowledge.trials_are_in_the_record,
        *g_shape.ARTICLE,
        says_what_to_do,
    )
    register(GlossaryTerm, *f_language.TERM)
