"""Content checks of articles and glossary terms."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.rich_text import RichText

from drugs import catalogue
from education.models import Article, GlossaryTerm
from tgsite.editorial.checks import Problem, register
from tgsite.editorial.checks.lengths import SUMMARY_WORDS, key_points_at_a_glance, words_at_most
from tgsite.editorial.links import addresses, is_dead

DEFINITION_WORDS = 25
SHORTEST_NAME = 4


def register_all() -> None:
    """Called once at start."""
    for check in (
        answer_comes_first,
        key_points_at_a_glance,
        body_is_whole,
        nothing_leads_nowhere,
    ):
        register(Article, check)
    for term_check in (definition_is_one_line, name_is_its_own, name_is_no_common_word):
        register(GlossaryTerm, term_check)


def answer_comes_first(article: Article) -> Iterator[Problem]:
    """C1: the answer in two lines."""
    if not article.summary.strip():
        yield Problem(_("Give the answer in two lines."), "summary", rule="C1")
    yield from words_at_most(article, "summary", SUMMARY_WORDS, "C1")


def body_is_whole(article: Article) -> Iterator[Problem]:
    """Each block is complete by its own rules, and there is at least one."""
    if not article.body:
        yield Problem(_("Write the body."), "body")
        return
    for number, child in enumerate(article.body, start=1):
        try:
            child.block.clean(child.value)
        except ValidationError as error:
            reasons = " ".join(dict.fromkeys(_messages(error))) or _("This is not complete.")
            place = _("Block %(number)d (%(kind)s):") % {
                "number": number,
                "kind": child.block.label,
            }
            yield Problem(f"{place} {reasons}", "body")


def _messages(error: ValidationError) -> Iterator[str]:
    """The words of an error, however deep it stands in the block."""
    if type(error) is ValidationError:
        yield from error.messages
        return
    inner: list[Any] = [getattr(error, "non_block_errors", None) or []]
    errors = getattr(error, "block_errors", None) or getattr(error, "cell_errors", None) or {}
    inner += errors.values() if isinstance(errors, dict) else errors
    for found in inner:
        if isinstance(found, ValidationError):
            yield from _messages(found)
        elif isinstance(found, dict):
            for one in found.values():
                yield from _messages(one)
        elif found:
            for one in found.as_data() if hasattr(found, "as_data") else found:
                yield from one.messages if isinstance(one, ValidationError) else [str(one)]


def nothing_leads_nowhere(article: Article) -> Iterator[Problem]:
    """No card and no link inside the site names an entry that is not there."""
    for child in article.body:
        for block, value in _values(child.block, child.value):
            if isinstance(block, ChooserBlock) and value is not None:
                if not block.model_class._default_manager.filter(pk=value.pk).exists():
                    message = _("A card names an entry that was deleted: choose another.")
                    yield Problem(message, "body")
            elif isinstance(value, RichText):
                for address in filter(is_dead, _others(article, value.source)):
                    message = _("There is no page %(address)s on this site.")
                    yield Problem(message % {"address": address}, "body")


def _others(article: Article, html: str) -> Iterator[str]:
    """The addresses in ``html`` but for the article's own, which may be new."""
    own = article.get_absolute_url() if article.slug else ""
    return (address for address in addresses(html) if address.partition("#")[0] != own)


def _values(block: blocks.Block, value: Any) -> Iterator[tuple[blocks.Block, Any]]:
    """The blocks of one field each inside ``block``, with their values."""
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _values(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from _values(block.child_block, item)
    else:
        yield block, value


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
