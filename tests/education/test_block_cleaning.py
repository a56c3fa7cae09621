"""What never gets through to a reader of a block, whichever way it came in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from education.models import Article
from tests.conftest import Page
from tests.editorial.small_guide import words
from tests.education.bodies import Block, callout, faq, heading, load_article, shown, text, the
from tests.factories import published_article

pytestmark = pytest.mark.django_db


WORD_PROCESSOR = (
    '<h1 style="mso-outline-level:1">Over</h1><div class="WordSection1">'
    '<!--[if gte mso 9]><xml>hidden</xml><![endif]--><p class="MsoNormal" style="margin:0cm">'
    '<span lang="EN-US" style="font-family:Calibri">Kept<o:p></o:p></span></p></div>'
    "<style>p.MsoNormal {color:red}</style><p><o:p>&nbsp;</o:p></p>"
)
# what was written -> the words that stay, and what must not be in the body
DIRT: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "word-processor": (
        WORD_PROCESSOR,
        "Over Kept",
        ("style", "class=", "Mso", "<o:p", "<span", "<h1", "<div", "hidden", "<!--", "lang="),
    ),
    "script": ("<p>Kept</p><script>alert(1)</script>", "Kept", ("script", "alert")),
    "script-in-capitals": ("<p>Kept</p><SCRIPT>alert(1)</SCRIPT>", "Kept", ("alert",)),
    "script-in-pieces": ("<p>Kept</p><scr<script>ipt>alert(1)</script>", "Kept", ("<script",)),
    "script-in-a-marked-section": (
        "<p>Kept</p><![CDATA[><script>alert(1)</script>]]>",
        "Kept",
        ("alert", "CDATA"),
    ),
    "handler": ('<p onclick="alert(1)">Kept</p>', "Kept", ("onclick", "alert")),
    "handler-of-a-picture": ("<p>Kept<img src=x onerror=alert(1)></p>", "Kept", ("img", "alert")),
    "script-link": ('<p><a href="javascript:alert(1)">Kept</a></p>', "Kept", ("<a", "alert")),
    "script-link-in-disguise": (
        '<p><a href=" jAva&#10;script&colon;alert(1)">Kept</a></p>',
        "Kept",
        ("<a", "alert"),
    ),
    "data-link": ('<p><a href="data:text/html,x">Kept</a></p>', "Kept", ("<a",)),
    "frame": ('<p>Kept</p><iframe src="https://x.example">In</iframe>', "Kept", ("iframe", "In")),
    "page-of-the-library": (
        '<p><a linktype="page" id="3">Kept</a></p>',
        "Kept",
        ("<a", "linktype"),
    ),
    "picture-of-the-library": ('<p>Kept<embed embedtype="image" id="3"/></p>', "Kept", ("embed",)),
    "address-without-a-scheme": ('<p><a href="other.example/x">Kept</a></p>', "Kept", ("<a",)),
    "address-of-another-host": ('<p><a href="//other.example/">Kept</a></p>', "Kept", ("<a",)),
    "opens-a-window": (
        '<p><a href="https://x.example/" target="_blank" onclick="a()">Kept</a></p>',
        "Kept",
        ("target", "onclick"),
    ),
    "form": ('<form action="/x"><p>Kept</p><input name="q"></form>', "Kept", ("form", "input")),
    "drawing": ("<p>Kept</p><svg onload=alert(1)><text>In</text></svg>", "Kept", ("svg", "alert")),
    "conditional-comment": ("<p>Kept</p><!-- <b>secret</b> -->", "Kept", ("secret", "<!--")),
}
RICH: dict[str, tuple[Callable[[str], Block], str]] = {
    "text": (text, ".prose"),
    "callout": (callout, ".callout__body"),
    "answer": (faq, ".faq__answer"),
}


def from_a_revision(_folder: Path, block: Block) -> Article:
    """An article whose revision was written without a form."""
    return published_article(heading(), block)


def from_a_file(folder: Path, block: Block) -> Article:
    """An article loaded from a content file."""
    kind, value = block
    load_article(folder, [{"heading": "What is it?"}, {kind: value}])
    return Article.objects.get(slug="loaded")


@pytest.mark.parametrize("written", [from_a_revision, from_a_file], ids=["revision", "file"])
@pytest.mark.parametrize(("block", "place"), RICH.values(), ids=RICH)
@pytest.mark.parametrize(("html", "kept", "gone"), DIRT.values(), ids=DIRT)
def test_reader_gets_clean_text_only(
    page: Page,
    tmp_path: Path,
    written: Callable[[Path, Block], Article],
    block: Callable[[str], Block],
    place: str,
    html: str,
    kept: str,
    gone: tuple[str, ...],
) -> None:
    article = written(tmp_path, block(html))
    source = the(shown(page, article), place).decode_contents()
    assert not [piece for piece in gone if piece in source], source
    assert kept.split() == [
        word for word in words(the(shown(page, article), place)).split() if word in kept.split()
    ]


def test_search_engines_get_clean_answers_only(client: Client) -> None:
    article = published_article(faq("<p>Kept</p><script>alert(1)</script><style>p {a}</style>"))
    source = client.get(article.get_absolute_url()).text
    assert '"text": "Kept"' in source
    assert "alert(1)" not in source


def test_text_from_a_file_is_clean_in_the_database_too(tmp_path: Path) -> None:
    article = from_a_file(tmp_path, text(WORD_PROCESSOR))
    stored = str(article.body.get_prep_value())
    assert "Mso" not in stored
    assert "<script" not in stored
