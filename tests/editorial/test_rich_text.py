"""Rich text as readers get it, whatever was pasted, typed or loaded."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.rich_text import RichText

from tgsite.editorial.rich_text import CleanRichTextBlock, clean_html

ALLOWED = {"p", "h3", "ul", "ol", "li", "b", "i", "br", "a"}
SCHEMES = ("http:", "https:", "ftp:", "mailto:", "tel:")

# what was written -> what readers get
CLEANED = {
    "nothing": ("", ""),
    "paragraph": ("<p>A</p>", "<p>A</p>"),
    "bold-and-italic": ("<p><b>A</b> <i>B</i></p>", "<p><b>A</b> <i>B</i></p>"),
    "lists": ("<ul><li>A</li></ul><ol><li>B</li></ol>", "<ul><li>A</li></ul><ol><li>B</li></ol>"),
    "line-break": ("<p>A<br>B</p>", "<p>A<br/>B</p>"),
    "plain-words": ("A < B & C", "A &lt; B &amp; C"),
    "entities": ("<p>A &amp; B &lt;b&gt;&nbsp;C</p>", "<p>A &amp; B &lt;b&gt;\u00a0C</p>"),
    "quotes": ("<p>\"A\" 'B'</p>", "<p>\"A\" 'B'</p>"),
    "other-scripts": ("<p>\u4e2d \U0001f9ec</p>", "<p>\u4e2d \U0001f9ec</p>"),
    "upper-headings": ("<h1>A</h1><h2>B</h2><h3>C</h3>", "<h3>A</h3><h3>B</h3><h3>C</h3>"),
    "lower-heading": ("<h4>A</h4>", "<h3>A</h3>"),
    "strong-and-em": ("<p><strong>A</strong><em>B</em></p>", "<p><b>A</b><i>B</i></p>"),
    "division": ("<div>A</div><div>B</div>", "<p>A</p><p>B</p>"),
    "span": ('<p><span style="color:red">A</span></p>', "<p>A</p>"),
    "attributes": ('<p class="a" id="b" style="c" lang="d" data-x onclick="e">A</p>', "<p>A</p>"),
    "capitals": ("<P CLASS=x>A<B>C</B></P>", "<p>A<b>C</b></p>"),
    "office-element": ("<p>A<o:p></o:p></p>", "<p>A</p>"),
    "comment": ("<p>A<!-- B --></p>", "<p>A</p>"),
    "conditional-comment": ("<!--[if mso]><p>B</p><![endif]--><p>A</p>", "<p>A</p>"),
    "declaration": ("<!DOCTYPE html><p>A</p>", "<p>A</p>"),
    "processing-instruction": ("<?xml version='1.0'?><p>A</p>", "<p>A</p>"),
    "marked-section": ("<p>A<![CDATA[B]]></p>", "<p>A</p>"),
    # A browser reads this section only up to the first ">".
    "marked-section-with-markup": ("<p>A</p><![CDATA[><img src=x onerror=y>]]>", "<p>A</p>"),
    "conditional-section": ("<![if !IE]><p>A</p><![endif]>", "<p>A</p>"),
    "script": ("<p>A</p><script>B</script>", "<p>A</p>"),
    "style": ("<style>B</style><p>A</p>", "<p>A</p>"),
    "title": ("<head><title>B</title></head><p>A</p>", "<p>A</p>"),
    "frame": ("<p>A<iframe src=x>B</iframe></p>", "<p>A</p>"),
    "object": ("<p>A<object data=x>B</object></p>", "<p>A</p>"),
    "drawing": ("<p>A<svg><script>B</script></svg></p>", "<p>A</p>"),
    "formula": ("<p>A<math><mi>B</mi></math></p>", "<p>A</p>"),
    "picture": ("<p>A<img src=x onerror=y></p>", "<p>A</p>"),
    "empty-paragraphs": ("<p></p><p> </p><p>&nbsp;</p><p>A</p>", "<p>A</p>"),
    "empty-inside": ("<p><b></b></p><ul><li></li><li>A</li></ul>", "<ul><li>A</li></ul>"),
    "unclosed": ("<p>A<b>B", "<p>A<b>B</b></p>"),
    "paragraph-in-a-division": ("<div><p>A</p><p>B</p></div>", "<p>A</p><p>B</p>"),
    "list-in-a-division": ("<div><ul><li>A</li></ul></div>", "<ul><li>A</li></ul>"),
    "division-in-a-division": ("<div><div>A</div></div>", "<p>A</p>"),
}


@pytest.mark.parametrize(("html", "expected"), CLEANED.values(), ids=CLEANED)
@pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")  # The point of one case.
def test_html_is_cleaned(html: str, expected: str) -> None:
    assert clean_html(html) == expected


# the address of a link -> the address that readers get; none: only the words stay
LINKS = {
    "of-this-site": ("/drugs/alpha/", "/drugs/alpha/"),
    "with-a-query": ("/learn/?kind=a&amp;q=b", "/learn/?kind=a&q=b"),
    "inside-the-page": ("#sources", "#sources"),
    "other-site": ("https://www.fda.gov/x", "https://www.fda.gov/x"),
    "mail": ("mailto:a@b.example", "mailto:a@b.example"),
    "telephone": ("tel:+18002274633", "tel:+18002274633"),
    "spaces-around": (" /drugs/ ", "/drugs/"),
    "script": ("javascript:alert(1)", None),
    "script-in-capitals": ("JavaScript:alert(1)", None),
    "script-with-a-tab": ("java\tscript:alert(1)", None),
    "script-with-a-line": ("java\nscript:alert(1)", None),
    "script-as-entity": ("javascript&colon;alert(1)", None),
    "script-after-a-control": ("\x01javascript:alert(1)", None),
    "script-for-old-browsers": ("vbscript:x", None),
    "data": ("data:text/html,<script>x</script>", None),
    "file": ("file:///etc/passwd", None),
    "blob": ("blob:x", None),
    "unknown-scheme": ("page:3", None),
    "other-host": ("//evil.example/", None),
    "other-host-by-backslashes": ("\\\\evil.example", None),
    "other-host-by-a-backslash": ("/\\evil.example", None),
    "other-host-with-a-tab": ("/\t/evil.example/", None),
    "other-host-with-a-line": ("/\n/evil.example/", None),
    "relative": ("drugs/alpha/", None),
    "host-alone": ("evil.example", None),
    "empty": ("", None),
    "spaces": ("   ", None),
}


@pytest.mark.parametrize(("address", "expected"), LINKS.values(), ids=LINKS)
def test_link_keeps_only_an_address_of_this_site_or_of_a_safe_scheme(
    address: str, expected: str | None
) -> None:
    soup = BeautifulSoup(clean_html(f'<p>A <a href="{address}">B</a></p>'), "html.parser")
    assert soup.get_text() == "A B"
    assert [link["href"] for link in soup.find_all("a")] == ([expected] if expected else [])


@pytest.mark.parametrize(
    "html",
    ["<a>B</a>", '<a name="x">B</a>', '<a linktype="page" id="3">B</a>', "<a href>B</a>"],
)
def test_link_without_an_address_is_only_words(html: str) -> None:
    assert clean_html(f"<p>{html}</p>") == "<p>B</p>"


@pytest.mark.parametrize(
    "address", ["https://x.example/", "http://x.example/", "HTTPS://x.example/"]
)
def test_link_to_another_site_says_so_and_carries_nothing_else(address: str) -> None:
    html = f'<p><a href="{address}" target="_blank" rel="x" class="y" onclick="z">B</a></p>'
    assert clean_html(html) == f'<p><a href="{address}" rel="external">B</a></p>'


@pytest.mark.parametrize("address", ["/drugs/", "#x", "mailto:a@b.example", "tel:911"])
def test_other_links_do_not_say_that_they_lead_away(address: str) -> None:
    assert clean_html(f'<p><a href="{address}" rel="x">B</a></p>') == (
        f'<p><a href="{address}">B</a></p>'
    )


# Two cells of a table must not become one word: 5 and 10 are not 510.
APART = {
    "cells": "<table><tr><td>5</td><td>10</td></tr></table>",
    "rows": "<table><tr><td>5</td></tr><tr><td>10</td></tr></table>",
    "headings": "<h5>5</h5><h5>10</h5>",
    "sections": "<section>5</section><section>10</section>",
    "quotations": "<blockquote>5</blockquote><blockquote>10</blockquote>",
    "definitions": "<dl><dt>5</dt><dd>10</dd></dl>",
    "rule": "5<hr>10",
}


@pytest.mark.parametrize("html", APART.values(), ids=APART)
def test_words_of_elements_that_go_stay_apart(html: str) -> None:
    assert BeautifulSoup(clean_html(html), "html.parser").get_text(" ").split() == ["5", "10"]


# --- Any text

PIECES = (
    *("words ", "5 < 6 &", "&amp;", "&lt;script&gt;", "&#106;avascript:", "\u00e9", "\n"),
    *("<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<ul>", "<li>", "</li>", "</ul>", "<br>"),
    *("<h1>", "</h1>", "<h6>", "</h6>", "<div>", "</div>", "<span>", "</span>", "<td>", "</td>"),
    *("<script>", "</script>", "<style>", "</style>", "<svg>", "</svg>", "<math>", "</math>"),
    *("<iframe>", "</iframe>", "<!--", "-->", "<![CDATA[", "]]>", "<?x", "?>", "<template>"),
    *("<a href='javascript:x'>", "<a href='/drugs/'>", "<a href=https://x.example>", "</a>"),
    *("<p onclick=x>", '<img src=x onerror="y">', "<o:p>", "<", ">", '"', "'", "<a href=//x>"),
)
HTML = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=12).map("".join)
generated = settings(max_examples=400, deadline=None)


def outside(soup: BeautifulSoup) -> list[str]:
    """What stands in the text and must not: elements, attributes, addresses, other nodes."""
    found = [str(node) for node in soup.descendants if type(node) not in (Tag, NavigableString)]
    for tag in soup.find_all(True):
        names = {"href", "rel"} if tag.name == "a" else set()
        if tag.name not in ALLOWED or set(tag.attrs) - names:
            found.append(str(tag))
        address = re.sub(r"[\x00-\x20]", "", str(tag.get("href", "/"))).lower()
        if not address.startswith(("/", "#", *SCHEMES)) or address.startswith(("//", "/\\")):
            found.append(address)
    return found


@given(HTML)
@generated
def test_no_text_leads_to_anything_but_the_allowed_elements(html: str) -> None:
    cleaned = clean_html(html)
    assert isinstance(cleaned, SafeString)
    assert not outside(BeautifulSoup(cleaned, "html.parser"))


@given(HTML)
@generated
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = clean_html(html)
    assert clean_html(once) == once


@given(st.lists(st.sampled_from([piece for piece in PIECES if "<" not in piece]), max_size=8))
@generated
def test_plain_words_stay_as_they_are(pieces: list[str]) -> None:
    html = f"<p>A{''.join(pieces)}</p>"
    before, after = (
        BeautifulSoup(one, "html.parser").get_text() for one in (html, clean_html(html))
    )
    assert after == before


# --- The block


@pytest.fixture
def block() -> CleanRichTextBlock:
    """The block as a body has it."""
    return CleanRichTextBlock()


DIRTY = '<p class="x">A</p><script>B</script><!-- C -->'


def test_text_is_cleaned_when_it_is_saved(block: CleanRichTextBlock) -> None:
    assert block.clean(RichText(DIRTY)).source == "<p>A</p>"


def test_text_is_cleaned_when_it_is_shown(block: CleanRichTextBlock) -> None:
    assert block.render_basic(RichText(DIRTY)) == "<p>A</p>"


@pytest.mark.parametrize("html", ["", "<p></p>", "<p> </p>", "<p><br></p>", "<script>x</script>"])
def test_text_without_a_word_is_refused(block: CleanRichTextBlock, html: str) -> None:
    with pytest.raises(ValidationError):
        block.clean(RichText(html))
