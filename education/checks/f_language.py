"""F: the names and the definition of a glossary term."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from drugs import catalogue
from education.models import GlossaryTerm
from tgsite.editorial.checks import Problem
from tgsite.editorial.checks.lengths import words_at_most

DEFINITION_WORDS = 25
SHORTEST_NAME = 4


def name_is_no_common_word(term: GlossaryTerm) -> Iterator[Problem]:
    """A name becomes a link on every page: not a word like "the", nor a medicine's name."""
    medicines = {name.casefold() for name in catalogue.current().names}
    for name in (term.term, *term.other_names.splitlines()):
        field = "term" if name == term.term else "other_names"
        if term.link_on_pages and name.islower() and len(name) < SHORTEST_NAME:
            message = _("“%(name)s” is too short: it would become a link everywhere.")
            yield Problem(message % {"name": name}, field)
        elif name.casefold() in medicines:
            message = _("“%(name)s” is the name of a medicine, which is never linked to a word.")
            yield Problem(message % {"name": name}, field)


def definition_is_one_line(term: GlossaryTerm) -> Iterator[Problem]:
    """F4: a definition can be read in one breath."""
    yield from words_at_most(term, "definition", DEFINITION_WORDS, "F4")


def name_is_its_own(term: GlossaryTerm) -> Iterator[Problem]:
    """A word means one thing: no other term has the same name."""
    mine = {name.casefold() for name in (term.term, *term.other_names.splitlines())}
    others = GlossaryTerm.objects.exclude(pk=term.pk).values_list("term", "other_names")
    for name, other_names in others:
        theirs = {one.casefold() for one in (name, *other_names.splitlines())}
        for shared in sorted(mine & theirs):
            message = _("“%(name)s” is a name of the term “%(term)s” already.")
            yield Problem(message % {"name": shared, "term": name}, "other_names")


TERM = (definition_is_one_line, name_is_its_own, name_is_no_common_word)
