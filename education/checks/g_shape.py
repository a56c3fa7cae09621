"""G: the shape of an article's body: blocks, headings, pictures."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from education.blocks import FigureBlock, TableBlock
from education.models import Article
from tgsite.editorial.checks import Level, Problem
from tgsite.editorial.rich_text import clean_html
from tgsite.editorial.texts import Form, passages, single_blocks, words

HEADING_WORDS = 10
WORDS_BETWEEN_HEADINGS = 150
# Blocks whose own heading is a small one.
WITH_SMALL_HEADINGS = frozenset({"trial", "study"})


# Block -> the rule that its own validation keeps.
_RULES = {FigureBlock: "G7", TableBlock: "G8"}


def body_is_whole(article: Article) -> Iterator[Problem]:
    """Each block is complete by its own rules (G7, G8), and there is at least one."""
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
            # A block's own rule is final, as every model's own rule is.
            rule = _RULES.get(type(child.block), "")
            yield Problem(f"{place} {reasons}", "body", rule=rule, level=Level.FINAL)


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


def headings_skip_no_level(article: Article) -> Iterator[Problem]:
    """G2: no smaller heading stands before the first heading of the body."""
    for child in article.body:
        if child.block_type == "heading":
            return
        if child.block_type in WITH_SMALL_HEADINGS:
            message = _("A block with a small heading stands before the first heading.")
            yield Problem(message, "body", rule="G2")
            return
        for _block, value in single_blocks(child.block, child.value):
            # As readers get it: what was pasted may call a heading by another name.
            if isinstance(value, RichText) and "<h3" in clean_html(value.source):
                message = _("A small heading stands before the first heading: use a heading block.")
                yield Problem(message, "body", rule="G2")
                return


def headings_are_near_and_short(article: Article) -> Iterator[Problem]:
    """G2: a heading of at most 10 words at least every 150 words."""
    since = 0
    for passage in passages(article):
        if passage.field != "body":
            continue
        length = len(words(passage.text))
        if passage.form is Form.HEADING:
            since = 0
            if length > HEADING_WORDS:
                message = _("A heading of %(words)d words: %(text)s")
                values = {"words": length, "text": passage.text}
                yield Problem(message % values, "body", rule="G2", level=Level.WARN)
        elif passage.is_prose:
            if since <= WORDS_BETWEEN_HEADINGS < since + length:
                message = _("More than %(most)d words without a heading, before: %(text)s")
                values = {"most": WORDS_BETWEEN_HEADINGS, "text": passage.text[:60]}
                yield Problem(message % values, "body", rule="G2", level=Level.WARN)
            since += length


ARTICLE = (body_is_whole, headings_skip_no_level, headings_are_near_and_short)
