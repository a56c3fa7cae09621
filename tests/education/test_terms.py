"""The glossary's links: which words become one, and that nothing else of the page changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from education.shelf import ListedTerm
from education.terms import TermIndex, link_terms

LINK = re.compile(r'<a class="term" href="[^"]*" data-term="[^"]*">([^<]*)</a>')


def term(name: str, *other_names: str, slug: str = "", link_on_pages: bool = True) -> ListedTerm:
    """A live term; its slug is made of its name unless given."""
    slug = slug or re.sub(r"\W+", "-", name.lower()).strip("-")
    return ListedTerm(0, slug, name, other_names, f"What {name} means.", link_on_pages)


CELL, HER2, RECEPTOR = term("cell"), term("HER2"), term("hormone receptor")


def links(html: str, *terms: ListedTerm, medicines: Iterable[str] = ()) -> list[str]:
    """The words of ``html`` that became a link, in order."""
    linked, _used = link_terms(html, TermIndex(terms, medicines))
    return [link.get_text() for link in parsed(linked).select("a.term")]


def parsed(html: str) -> BeautifulSoup:
    """The page."""
    return BeautifulSoup(html, "html.parser")


# --- The link


def test_word_becomes_a_link_to_its_definition() -> None:
    linked, used = link_terms("<p>A cell grows.</p>", TermIndex([CELL]))
    link = '<a class="term" href="/glossary/cell/" data-term="term-cell">cell</a>'
    assert linked == f"<p>A {link} grows.</p>"
    assert used == [CELL]


def test_only_the_first_use_becomes_a_link() -> None:
    assert links("<p>HER2 and HER2.</p><p>HER2</p>", HER2) == ["HER2"]


def test_two_names_of_one_term_make_one_link() -> None:
    assert links("<p>A gene test, a genetic test.</p>", term("gene test", "genetic test")) == [
        "gene test"
    ]


def test_terms_are_given_in_the_order_of_their_first_use() -> None:
    _linked, used = link_terms("<p>HER2 on a cell, HER2</p>", TermIndex([CELL, HER2]))
    assert used == [HER2, CELL]


def test_what_the_page_itself_explains_is_no_link() -> None:
    linked, used = link_terms("<p>HER2 on a cell</p>", TermIndex([CELL, HER2]), known=["cell"])
    assert used == [HER2]
    assert "/glossary/cell/" not in linked


def test_term_that_is_not_to_be_linked_is_no_link() -> None:
    assert not links("<p>A stage, stages</p>", term("stage", link_on_pages=False))


class OddTerm(ListedTerm):
    """A term whose address holds what HTML means something by."""

    @property
    def url(self) -> str:
        """Its page."""
        return '/glossary/?a=1&b="><script>'


def test_address_and_slug_are_escaped() -> None:
    odd = OddTerm(0, '"><script>', "cell", (), "", True)
    linked, _used = link_terms("<p>cell</p>", TermIndex([odd]))
    (link,) = parsed(linked).select("a.term")
    assert (link["href"], link["data-term"]) == (odd.url, 'term-"><script>')
    assert "<script>" not in linked


# --- Which words

# text, names of the terms (each name a term), the words that become links
WORDS: dict[str, tuple[str, tuple[str, ...], list[str]]] = {
    "longest-name": (
        "a hormone receptor test",
        ("hormone", "hormone receptor", "receptor", "test"),
        ["hormone receptor", "test"],
    ),
    "shorter-name-elsewhere": (
        "a hormone receptor, a hormone",
        ("hormone", "hormone receptor"),
        ["hormone receptor", "hormone"],
    ),
    "shorter-name-where-the-longer-breaks-off": (
        "a hormone, too",
        ("hormone", "hormone receptor"),
        ["hormone"],
    ),
    "part-of-a-word": ("cellular, excellent, subcell, cell2", ("cell",), []),
    "small-letters-in-any-case": ("Biopsy", ("biopsy",), ["Biopsy"]),
    "small-letters-in-capitals": ("BIOPSY", ("biopsy",), ["BIOPSY"]),
    "capitals-in-that-spelling": ("PR", ("PR",), ["PR"]),
    "capitals-in-small-letters": ("pr", ("PR",), []),
    "capitals-in-another-spelling": ("Her2 and her2", ("HER2",), []),
    "some-capitals": ("Ki67", ("Ki-67",), []),
    "some-capitals-as-written": ("the Ki-67 score", ("Ki-67",), ["Ki-67"]),
    "plural-s": ("two cells", ("cell",), ["cells"]),
    "plural-ies": ("two biopsies", ("biopsy",), ["biopsies"]),
    "plural-ses": ("two metastases", ("metastasis",), ["metastases"]),
    "plural-es": ("two rashes", ("rash",), ["rashes"]),
    "plural-of-capitals": ("two CDKs", ("CDK",), ["CDKs"]),
    "plural-of-two-words": ("hormone receptors", ("hormone receptor",), ["hormone receptors"]),
    "plural-of-the-first-word": ("hormones receptor", ("hormone receptor",), []),
    "singular-of-a-plural": ("one cell", ("cells",), []),
    "short-word-that-only-ends-in-s": ("as is", ("a", "i"), []),
    "capitals-before-a-hyphen": ("HER2-positive cancer", ("HER2",), ["HER2"]),
    "capitals-after-a-hyphen": ("anti-HER2 medicine", ("HER2",), []),
    "small-letters-before-a-hyphen": ("cell-surface protein", ("cell",), []),
    "small-letters-after-a-hyphen": ("T-cell", ("cell",), []),
    "name-with-a-hyphen": ("a HER2-low cancer", ("HER2-low", "HER2"), ["HER2-low"]),
    "hyphen-for-a-space": ("hormone-receptor test", ("hormone receptor",), ["hormone-receptor"]),
    "space-for-a-hyphen": ("HER2 low", ("HER2-low",), ["HER2 low"]),
    "name-with-a-slash": ("HER2/neu", ("HER2/neu",), ["HER2/neu"]),
    "end-of-a-line": (
        "hormone\n      receptor",
        ("hormone receptor",),
        ["hormone\n      receptor"],
    ),
    "comma-between": ("hormone, receptor", ("hormone receptor",), []),
    "full-stop-between": ("a hormone. Receptor tests", ("hormone receptor",), []),
    "bracket-between": ("hormone (receptor)", ("hormone receptor",), []),
    "other-word-between": ("hormone and receptor", ("hormone receptor",), []),
    "in-brackets": ("(cell)", ("cell",), ["cell"]),
    "before-a-full-stop": ("cell.", ("cell",), ["cell"]),
    "possessive": ("the cell's wall", ("cell",), []),
    "apostrophe-in-a-name": ("Paget's disease", ("Paget's disease",), ["Paget's disease"]),
    "letters-of-other-scripts": ("\u043acell cell\u00e9", ("cell",), []),
    "sign-is-part-of-a-name": ("Go to the ER.", ("ER+",), []),
    "address-of-a-site": ("www.cell.example, cell.example/page", ("cell",), []),
    "address-of-a-person": ("help@cell.example", ("cell",), []),
    "no-words": ("... - / 's", ("cell",), []),
}


@pytest.mark.parametrize(("text", "names", "expected"), WORDS.values(), ids=WORDS)
def test_words_that_become_links(text: str, names: tuple[str, ...], expected: list[str]) -> None:
    assert links(text, *map(term, names)) == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (term("relapse", "recurrence"), term("return", "recurrence")),
        (term("recurrence", slug="one"), term("recurrence", slug="two")),
        (term("recurrence"), term("return", "Recurrence")),
    ],
    ids=["other-names", "names", "in-another-case"],
)
def test_name_of_two_terms_is_no_link(first: ListedTerm, second: ListedTerm) -> None:
    assert not links("recurrence, Recurrence", first, second)
    assert not links("recurrence, Recurrence", second, first)


def test_term_that_shares_one_name_is_linked_by_its_other_name() -> None:
    terms = (term("relapse", "recurrence"), term("return", "recurrence"))
    assert links("recurrence, relapse", *terms) == ["relapse"]


def test_name_given_twice_by_one_term_is_a_link() -> None:
    assert links("cell", term("cell", "cell")) == ["cell"]


# --- Names of medicines

MEDICINES = ("Kadcyla", "ado-trastuzumab emtansine", "trastuzumab", "Herceptin Hylecta", "Cell")
PARTS = tuple(map(term, ("trastuzumab", "emtansine", "hylecta", "ado", "cell", "kadcyla")))


@pytest.mark.parametrize(
    "text",
    [
        "ado-trastuzumab emtansine",
        "Ado-Trastuzumab Emtansine",
        "ADO-TRASTUZUMAB EMTANSINE",
        "ado-trastuzumab\n  emtansine",
        "Herceptin Hylecta",
        "HERCEPTIN HYLECTA",
        "pre-Herceptin Hylecta",
        "Kadcyla",
        "kadcyla",
        "(trastuzumab)",
        "Cell",
    ],
)
def test_no_word_inside_the_name_of_a_medicine_becomes_a_link(text: str) -> None:
    assert not links(f"<p>Take {text} today.</p>", *PARTS, medicines=MEDICINES)


def test_word_that_is_only_part_of_a_name_is_a_link_where_it_stands_alone() -> None:
    text = "ado-trastuzumab emtansine holds emtansine"
    linked, _used = link_terms(text, TermIndex(PARTS, MEDICINES))
    assert linked.startswith("ado-trastuzumab emtansine holds <a")


def test_medicine_with_the_name_of_a_term_wins_whatever_the_case() -> None:
    assert not links("cell, CELL, Cell", CELL, medicines=["Cell"])


def test_longer_term_around_the_name_of_a_medicine_is_a_link() -> None:
    found = links("trastuzumab resistance", term("trastuzumab resistance"), medicines=MEDICINES)
    assert found == ["trastuzumab resistance"]


# --- Where

QUIET = (
    *("a", "abbr", "button", "caption", "code", "dfn", "dt", "form", "label", "legend", "nav"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "option", "pre", "select", "summary", "svg", "th"),
    *("script", "style", "template", "textarea", "title"),
)
LOUD = ("article", "b", "blockquote", "dd", "details", "div", "em", "figcaption", "i", "li", "p")
LOUD = (*LOUD, "section", "small", "span", "strong", "td", "ul")


@pytest.mark.parametrize("tag", QUIET)
def test_nothing_inside_this_element_becomes_a_link(tag: str) -> None:
    assert links(f"<{tag}>cell</{tag}> HER2", CELL, HER2) == ["HER2"]


@pytest.mark.parametrize("tag", QUIET)
def test_word_after_this_element_becomes_a_link(tag: str) -> None:
    assert links(f"<{tag} class='x'>cell</{tag}><p>cell</p>", CELL) == ["cell"]


@pytest.mark.parametrize("tag", LOUD)
def test_word_inside_this_element_becomes_a_link(tag: str) -> None:
    assert links(f"<{tag}>cell</{tag}>", CELL) == ["cell"]


# html -> the words that become links
PLACES: dict[str, tuple[str, list[str]]] = {
    "marked-as-quiet": ("<div data-no-terms><p>cell</p></div>HER2", ["HER2"]),
    "marked-with-a-value": ('<div data-no-terms="1">cell</div>HER2', ["HER2"]),
    "deep-inside": ("<a href='/'><span><b>cell</b></span></a>HER2", ["HER2"]),
    "quiet-in-quiet": ("<nav><h2>cell</h2> cell</nav>HER2", ["HER2"]),
    "same-in-same": ("<div data-no-terms><div>cell</div> cell</div>HER2", ["HER2"]),
    "void-inside-quiet": ("<button>cell<br>cell<img alt=''></button>HER2", ["HER2"]),
    "unclosed-inside-quiet": ("<nav><ul><li>cell<li>cell<p>cell</ul></nav>HER2", ["HER2"]),
    "unclosed-quiet-ends-with-its-parent": ("<ul><li data-no-terms>cell</ul>HER2", ["HER2"]),
    "stray-end-inside-quiet": ("<h2>cell</b> cell</h2>HER2", ["HER2"]),
    "void-elements": ("<br>cell<br/>HER2<hr>", ["cell", "HER2"]),
    "marked-void-element": ('<img alt="" data-no-terms>cell', ["cell"]),
    "unclosed-elements": ("<p>cell<p>HER2<ul><li>one<li>two</ul>", ["cell", "HER2"]),
    "stray-end": ("</h2></a></div>cell", ["cell"]),
    "capital-element": ("<H2>cell</H2>HER2", ["HER2"]),
    "comment": ("<!-- cell -->HER2", ["HER2"]),
    "attribute": ('<img alt="cell" title="HER2">', []),
    "script": ("<script>if (a<b) { cell }</script>HER2", ["HER2"]),
    "drawing": ("<svg><path d=''/><text>cell</text></svg>HER2", ["HER2"]),
    "entity-beside": ("cell&amp;HER2&nbsp;", ["cell", "HER2"]),
    "across-elements": ("hormone <b>receptor</b>", []),
    "across-an-entity": ("hormone&shy;receptor", []),
}


@pytest.mark.parametrize(("html", "expected"), PLACES.values(), ids=PLACES)
def test_places_where_words_become_links(html: str, expected: list[str]) -> None:
    assert links(html, CELL, HER2, RECEPTOR) == expected


# --- Everything else is passed through

UNTOUCHED = {
    "capital-tags": "<P CLASS=x>a</P>",
    "space-in-an-end-tag": "<p>a</p >",
    "quotes": "<p a='1' b=\"2\" c=3 d>a</p>",
    "line-in-a-tag": '<p\n   class="x"\n>a</p>',
    "entities": "&amp; &lt;b&gt; &#39; &#x27; &nbsp;",
    "entity-without-semicolon": "AT&T and &copy 2026",
    "number-without-semicolon": "a &#38 b",
    "bare-ampersand": "a & b",
    "ampersand-at-the-end": "a &",
    "half-an-entity-at-the-end": "a &am",
    "bare-less-than": "a < b <3",
    "less-than-at-the-end": "a <",
    "comment": "<!-- a -- b --><!---->",
    "conditional-comment": "<!--[if mso]>a<![endif]-->",
    "doctype": "<!DOCTYPE html>",
    "processing-instruction": "<?xml version='1.0'?>",
    "marked-section": "<![CDATA[a]]>",
    "end-tag-of-nothing": "a </3> b",
    "self-closed": "<br/><br /><svg><path d='M0'/></svg>",
    "script": "<script>'<p>' + \"</p>\" && a</script>",
    "style": "<style>a > b {}</style>",
    "spaces": "\n\t a \r\n",
    "other-scripts": "\u4e2d\u6587 \U0001f9ec e\u0301 \u200b",
}


@pytest.mark.parametrize("html", UNTOUCHED.values(), ids=UNTOUCHED)
def test_html_without_a_term_is_passed_through(html: str) -> None:
    assert link_terms(html, TermIndex([CELL]))[0] == html


@pytest.mark.parametrize("html", UNTOUCHED.values(), ids=UNTOUCHED)
def test_html_around_a_term_is_passed_through(html: str) -> None:
    linked, _used = link_terms(f"<i>cell</i> {html}", TermIndex([CELL]))
    assert LINK.sub(r"\1", linked) == f"<i>cell</i> {html}"


# --- Any page

TERMS = (
    term("cell"),
    HER2,
    RECEPTOR,
    term("receptor", "docking site"),
    term("biopsy"),
    term("stage", link_on_pages=False),
)
NAMES = ("Herceptin", "cell booster", "ado-receptor emtansine")
WORDS_OF_TEXT = ("cell", "Cells", "HER2", "HER2-low", "her2", "hormone receptor", "hormone", "and")
NAMES_OF_TEXT = ("receptors", "docking site", "biopsies", "stage", "Cell booster")
SIGNS = (", ", ". ", "-", "/", "\n", "&amp;", "&#8217;s", "&nbsp;", "(", ")", "<br>")
NO_TEXT = ("<!-- cell -->", '<img alt="a cell" src=x>', "<input value='HER2'>")
TEXTS = st.lists(
    st.sampled_from((*WORDS_OF_TEXT, *NAMES_OF_TEXT, "ado-receptor emtansine", *SIGNS, *NO_TEXT)),
    max_size=6,
).map(" ".join)
# In these there is no element, and no entity is read.
PLAIN = st.lists(st.sampled_from(["cell", "HER2", "biopsy", "&&", ";"]), max_size=3).map(" ".join)
ONLY_TEXT = ("script", "style", "textarea", "title", "option")


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An element around what is inside; now and then quiet, and not always closed."""
    tags = st.sampled_from([tag for tag in (*LOUD, *QUIET) if tag not in ONLY_TEXT])
    marks = st.sampled_from(["", "", "", " data-no-terms", ' class="cell" data-x="HER2"'])
    closed = st.builds("<{0}{1}>{2}</{0}>".format, tags, marks, inside)
    text_only = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(ONLY_TEXT), PLAIN)
    unclosed = st.builds("<ul><li>{}<li>{}</ul>".format, inside, inside)
    paragraph = st.builds("<div><p>{}</div>".format, inside)
    one = st.one_of(closed, closed, text_only, unclosed, paragraph)
    return st.lists(st.one_of(TEXTS, one), max_size=4).map("".join)


PAGES = st.recursive(TEXTS, element, max_leaves=8)
generated = settings(max_examples=300, deadline=None)


def is_quiet(node: Any) -> bool:
    """Whether the text or element stands inside something that keeps its words."""
    return any(
        parent.name in QUIET or parent.has_attr("data-no-terms")
        for parent in node.parents
        if isinstance(parent, Tag) and not isinstance(parent, BeautifulSoup)
    )


@given(PAGES)
@generated
def test_without_its_links_the_page_is_what_it_was(html: str) -> None:
    linked, _used = link_terms(html, TermIndex(TERMS, NAMES))
    assert LINK.sub(r"\1", linked) == html
    # The parser drops some of the spaces at the end of a page.
    assert parsed(linked).get_text().split() == parsed(html).get_text().split()


@given(PAGES)
@generated
def test_each_term_is_linked_once_and_given_in_that_order(html: str) -> None:
    linked, used = link_terms(html, TermIndex(TERMS, NAMES))
    slugs = re.findall(r'data-term="term-([^"]*)"', linked)
    assert slugs == [one.slug for one in used]
    assert len(set(slugs)) == len(slugs)
    assert "stage" not in slugs


@given(PAGES)
@generated
def test_no_link_stands_inside_a_quiet_element(html: str) -> None:
    linked, _used = link_terms(html, TermIndex(TERMS, NAMES))
    assert not [link for link in parsed(linked).select("a.term") if is_quiet(link)]


@given(PAGES)
@generated
def test_linking_twice_adds_no_link_to_a_word_that_has_one(html: str) -> None:
    index = TermIndex(TERMS, NAMES)
    once, used = link_terms(html, index)
    again, more = link_terms(once, index, known=[one.slug for one in used])
    assert (again, more) == (once, [])


@given(PAGES)
@generated
def test_every_word_in_running_text_is_found(html: str) -> None:
    """Words of one piece: each that stands free, and none that does not stand there at all."""
    lone = (term("and"), term("biopsy"))
    _linked, used = link_terms(html, TermIndex(lone))
    running = [str(text) for text in parsed(html).find_all(string=True) if not is_quiet(text)]
    free = {word.strip("().,").lower() for text in running for word in text.split()}
    pieces = {piece.lower() for text in running for piece in re.findall(r"[^\W_]+", text)}
    assert of_words(free) <= {one.slug for one in used} <= of_words(pieces)


def of_words(words: set[str]) -> set[str]:
    """The slugs of the two terms whose words are among ``words``."""
    wanted = {"and": {"and"}, "biopsy": {"biopsy", "biopsies"}}
    return {slug for slug, forms in wanted.items() if forms & words}
