"""Rich text as readers get it: a short list of elements, whatever was pasted or loaded."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import RichTextBlock
from wagtail.rich_text import RichText
from wagtail.whitelist import Whitelister, allow_without_attributes, check_url

FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]

# Elements whose text means nothing to a reader.
_DROPPED = {"script", "style", "template", "iframe", "object", "svg", "math", "head", "title"}
# What a word processor or another site calls the same thing.
_RENAMED = {"h1": "h3", "h2": "h3", "h4": "h3", "strong": "b", "em": "i", "div": "p"}


def _link(tag: Tag) -> None:
    """Keep an address only if it is of this site from the root, or has a safe scheme."""
    href = str(tag.get("href") or "").strip()
    allowed = href and not href.startswith(("//", "\\", "/\\")) and check_url(href)
    known = href.startswith(("/", "#")) or ":" in href
    tag.attrs.clear()
    if not (allowed and known):
        tag.unwrap()
        return
    tag["href"] = href
    if href.startswith(("http:", "https:")):
        tag["rel"] = "external"


class _Cleaner(Whitelister):
    element_rules = dict.fromkeys(
        ("[document]", "p", "h3", "ul", "ol", "li", "b", "i", "br"), allow_without_attributes
    ) | {"a": _link}

    def clean_tag_node(self, doc: Any, tag: Any) -> None:
        """Drop, rename or keep one element."""
        if tag.name in _DROPPED:
            tag.decompose()
            return
        tag.name = _RENAMED.get(tag.name, tag.name)
        super().clean_tag_node(doc, tag)


def clean_html(html: str) -> SafeString:
    """``html`` with allowed elements only; text of others stays, scripts and comments go."""
    cleaned = _Cleaner().clean(html)
    document = BeautifulSoup(cleaned, "html.parser")
    for tag in document.find_all(["p", "li", "h3", "b", "i"]):
        if not tag.get_text(strip=True):
            tag.decompose()
    return mark_safe(document.decode(formatter="minimal"))  # noqa: S308


class CleanRichTextBlock(RichTextBlock):
    """Rich text cleaned when it is saved, and once more when it is shown."""

    def __init__(self, features: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(features=features or FEATURES, **kwargs)

    def clean(self, value: RichText) -> RichText:
        """The text without what readers must not get."""
        return RichText(str(clean_html(super().clean(value).source)))

    def render_basic(self, value: RichText, context: Any = None) -> SafeString:
        """The text as HTML."""
        return clean_html(value.source)
