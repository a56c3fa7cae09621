"""Rich text as readers get it: a short list of elements, whatever was pasted or loaded."""

from __future__ import annotations

import logging
import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from draftjs_exporter.error import ExporterException
from wagtail.blocks import RichTextBlock
from wagtail.rich_text import RichText
from wagtail.whitelist import Whitelister, allow_without_attributes, check_url

FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]

_TEXT = ("p", "h3", "ul", "ol", "li", "b", "i", "br")
# Elements whose text means nothing to a reader.
_DROPPED = {"script", "style", "template", "iframe", "object", "svg", "math", "head", "title"}
# What a word processor or another site calls the same thing.
_RENAMED = {f"h{level}": "h3" for level in (1, 2, 4, 5, 6)} | {"strong": "b", "em": "i"}
# Elements of other sites that hold a paragraph of their own, or several.
_BOXES = (
    {"address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "main"}
    | {"nav", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
_HOLDS_BLOCKS = ("p", "h3", "ul", "ol")
# What the library's reader of the editor's JSON raises when it gets something else.
_NOT_THE_EDITORS = (
    ExporterException,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
)
logger = logging.getLogger(__name__)
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0]+")


def _link(tag: Tag) -> None:
    """Keep an address only if it is of this site from the root, or has a safe scheme."""
    # Browsers drop control characters: /\t/evil.example is //evil.example to them.
    href = _CONTROL.sub("", str(tag.get("href") or ""))
    allowed = href and not href.startswith(("//", "\\", "/\\")) and check_url(href)
    known = href.startswith(("/", "#")) or ":" in href
    tag.attrs.clear()
    if not (allowed and known):
        tag.unwrap()
        return
    tag["href"] = href
    if href.lower().startswith(("http:", "https:")):
        tag["rel"] = "external"


class _Cleaner(Whitelister):
    element_rules = dict.fromkeys(("[document]", *_TEXT), allow_without_attributes) | {"a": _link}

    def clean_string_node(self, doc: Any, node: Any) -> None:
        """Keep text only: browsers read comments, marked sections and declarations as they like."""
        if type(node) is not NavigableString:
            node.extract()

    def clean_tag_node(self, doc: Any, tag: Any) -> None:
        """Drop, rename, unwrap or keep one element."""
        if tag.name in _DROPPED:
            tag.decompose()
            return
        tag.name = _RENAMED.get(tag.name, tag.name)
        if tag.name not in _BOXES:
            super().clean_tag_node(doc, tag)
            if tag.name in ("p", "h3") and tag.find(_HOLDS_BLOCKS):
                tag.unwrap()
            return
        for child in list(tag.contents):
            self.clean_node(doc, child)
        if tag.find([*_HOLDS_BLOCKS, "li"]) or not tag.get_text(strip=True):
            # What stood in two boxes stays two words.
            tag.insert_before(" ")
            tag.insert_after(" ")
            tag.unwrap()
        else:
            tag.name = "p"
            tag.attrs.clear()


def clean_html(html: str) -> SafeString:
    """``html`` with allowed elements only; text of others stays, scripts and comments go."""
    document = BeautifulSoup(_Cleaner().clean(html), "html.parser")
    for tag in document.find_all(["p", "li", "h3", "b", "i"]):
        if not tag.get_text(strip=True):
            tag.decompose()
    return mark_safe(document.decode(formatter="minimal").strip())  # noqa: S308


class DamagedText(RichText):
    """What came from a form and is not what the editor's field sends; kept as plain words."""

    def __init__(self, sent: str) -> None:
        super().__init__(str(format_html("<p>{}</p>", sent.replace("\x00", ""))))


class CleanRichTextBlock(RichTextBlock):
    """Rich text cleaned when it is saved, and once more when it is shown."""

    def __init__(self, features: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(features=features or FEATURES, **kwargs)

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> RichText | None:
        """The text that a form sent; ``DamagedText`` where the library would fail."""
        sent = data.get(prefix) or ""
        try:
            text: RichText | None = super().value_from_datadict(data, files, prefix)
        except _NOT_THE_EDITORS as error:
            logger.warning("A rich text could not be read: %s", type(error).__name__)
            return DamagedText(sent)
        damaged = text is not None and "\x00" in text.source
        return DamagedText(sent) if damaged else text

    def clean(self, value: RichText) -> RichText:
        """The text without what readers must not get; refused if no word of it is left."""
        if isinstance(value, DamagedText):
            raise ValidationError(
                _("This text came damaged. Look it through, write it anew, then save again.")
            )
        text = clean_html(super().clean(value).source)
        if self.required and not self.is_deferred_validation and not _has_words(text):
            raise ValidationError(_("This field is required."))
        return RichText(str(text))

    def render_basic(self, value: RichText, context: Any = None) -> SafeString:
        """The text as HTML."""
        return clean_html(value.source)


def _has_words(html: str) -> bool:
    return bool(BeautifulSoup(html, "html.parser").get_text(strip=True))


def plain_text(html: str) -> str:
    """The words of rich text as readers get it, in one line."""
    document = BeautifulSoup(clean_html(html), "html.parser")
    for block in document.find_all(["p", "h3", "li", "br"]):
        block.append("\n")
    return " ".join(document.get_text().split())
