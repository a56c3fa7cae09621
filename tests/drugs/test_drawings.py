"""Drawings of the classes: how they are made, and where their pages and the home page show them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings as site
from django.template.loader import render_to_string

from drugs.cell_map import PLACES
from drugs.choices import ClassDrawing
from drugs.models import DrugClass
from tests.conftest import Page
from tests.editorial.small_guide import words
from tests.factories import DrugClassFactory, indication, publish, published_drug

ROOT = Path(site.BASE_DIR)
DRAWINGS = sorted((ROOT / "templates" / "drawings").rglob("*.svg"))
STYLES = sorted((ROOT / "tgsite" / "static" / "css" / "components").glob("*.css"))
DRAWN = [path for path in STYLES if path.stem in ("figure", "cell-map")]
# What is the same in every language: names of proteins and genes, scores, the name of an include.
NAME = re.compile(r"(\{\{ name \}\}|[A-Z0-9+/, ]+|mTOR)$")
TRANSLATED = re.compile(r'\{% translate "[^"]+" %\}$')
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(|(?:fill|stroke|style)=")

every_drawing = pytest.mark.parametrize("drawing", ClassDrawing, ids=lambda one: one.value)
every_file = pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)


def svg(template: str, **context: Any) -> Tag:
    """The drawing of a template."""
    found = BeautifulSoup(render_to_string(template, context), "html.parser").svg
    assert found is not None
    return found


def published_class(drawing: str, **changes: Any) -> Any:
    """A live class with a drawing."""
    return publish(DrugClassFactory(), drawing=drawing, targets="It is a protein.", **changes)


# --- How they are made


@every_drawing
@pytest.mark.parametrize("ident", ["", "elsewhere"])
def test_drawing_is_an_image_named_by_its_title(drawing: ClassDrawing, ident: str) -> None:
    found = svg(drawing.template, id=ident)
    assert found["role"] == "img"
    assert found.title is not None
    assert found["aria-labelledby"] == found.title["id"] == (ident or f"drawing-class-{drawing}")
    assert len(words(found.title).split()) > 15, "says all that the drawing says"
    assert [one["id"] for one in found.select("[id]")] == [found.title["id"]]


@every_file
def test_words_of_a_drawing_can_be_translated(path: Path) -> None:
    source = path.read_text()
    bare = [
        text
        for text in re.findall(r"<(?:text|title)\b[^>]*>(.*?)</(?:text|title)>", source)
        if not TRANSLATED.match(text) and not NAME.match(text) and "known.name" not in text
    ]
    assert not bare


@pytest.mark.parametrize("path", [*DRAWINGS, *DRAWN], ids=lambda path: path.name)
def test_drawing_has_only_the_colours_of_the_site(path: Path) -> None:
    assert not COLOUR.findall(path.read_text())


@every_drawing
def test_every_drawing_has_one_place_on_the_map(drawing: ClassDrawing) -> None:
    assert [drawing in drawings for _heading, drawings in PLACES].count(True) == 1
    assert (ROOT / "templates" / "drawings" / "map" / f"{drawing}.svg").exists()


def test_drawing_that_an_old_draft_names_is_none() -> None:
    assert ClassDrawing.known("gone") is None
    assert ClassDrawing.known("") is None


# --- Where they stand


def test_class_page_shows_its_drawing_with_how_they_work(page: Page, db: None) -> None:
    known = published_class("parp")
    section = page(known.get_absolute_url()).select_one("#how-it-works")
    assert section is not None
    (figure,) = section.select("figure")
    assert figure.select_one("svg[role=img] > title#drawing-class-parp")
    assert words(figure.figcaption) == str(ClassDrawing.PARP.label)
    # The steps stand beside it.
    assert not figure.select("details")


def test_class_without_a_drawing_has_no_figure(page: Page, db: None) -> None:
    known = published_class("")
    assert not page(known.get_absolute_url()).select("figure")


def test_medicine_shows_the_drawing_of_its_smallest_class(page: Page, db: None) -> None:
    """Antibodies are some of the medicines that act on HER2: theirs says more about one of them."""
    wide, narrow, plain = (published_class(code) for code in ("her2", "antibody", ""))
    published_drug(classes=[wide])
    drug = published_drug(classes=[wide, narrow, plain])
    (figure,) = page(drug.get_absolute_url()).select("#how-it-works figure")
    assert figure.select_one("#drawing-class-antibody")


def test_medicine_of_a_class_that_is_not_live_has_no_drawing(page: Page, db: None) -> None:
    drug = published_drug(classes=[DrugClassFactory(drawing="parp")])
    assert not page(drug.get_absolute_url()).select("#how-it-works figure")


# --- The map


def on_the_map(soup: BeautifulSoup) -> dict[str, str]:
    """Address -> name of each part of the drawn map, in its order."""
    links = soup.select("svg[role=group] a[href]")
    return {str(link["href"]): words(link.title) for link in links}


def in_the_list(soup: BeautifulSoup) -> dict[str, str]:
    """The same of the list beside it."""
    return {str(link["href"]): words(link) for link in soup.select(".cell-map li a[href]")}


def test_map_and_list_lead_to_every_live_class_with_a_drawing(page: Page, db: None) -> None:
    live = [published_class(code) for code in reversed(ClassDrawing.values)]
    published_class("", name="Without a drawing")
    DrugClassFactory(drawing="her2", slug="secret", name="A secret class")
    soup = page("/")
    expected = {one.get_absolute_url(): one.name for one in live}
    assert on_the_map(soup) == in_the_list(soup) == expected
    # A keyboard and a screen reader meet them in one order.
    assert list(on_the_map(soup)) == list(in_the_list(soup))
    assert [words(one) for one in soup.select(".cell-map h3")] == [str(one) for one, _ in PLACES]
    assert "It is a protein." in words(soup.select_one(".cell-map li"))


def test_every_part_of_the_map_shows_a_word_of_its_own(page: Page, db: None) -> None:
    """A name is never in a tooltip alone."""
    for code in ClassDrawing.values:
        published_class(code)
    shown = [
        [words(text) for text in link.select("text")]
        for link in page("/").select("svg[role=group] a")
    ]
    assert all(len(texts) == 1 and texts[0] for texts in shown)
    assert len({texts[0] for texts in shown}) == len(shown)


def test_class_that_leaves_the_site_leaves_map_and_list(page: Page, db: None) -> None:
    stays, leaves = published_class("parp"), published_class("vegf")
    assert leaves.get_absolute_url() in on_the_map(page("/"))
    DrugClass.objects.get(pk=leaves.pk).unpublish()
    soup = page("/")
    assert set(on_the_map(soup)) == set(in_the_list(soup)) == {stays.get_absolute_url()}
    assert len(soup.select(".cell-map h3")) == 1


def test_first_of_two_classes_with_one_drawing_has_its_place(page: Page, db: None) -> None:
    for name in ("Second", "First"):
        published_class("parp", name=name)
    soup = page("/")
    assert list(on_the_map(soup).values()) == list(in_the_list(soup).values()) == ["First"]


def test_home_without_a_drawn_class_has_no_map(page: Page, db: None) -> None:
    published_class("")
    soup = page("/")
    assert not soup.select(".cell-map")
    assert soup.select("main a[href='/classes/']")


def test_list_and_map_say_when_no_medicine_of_a_class_is_approved_any_more(
    page: Page, db: None
) -> None:
    ended = indication(status="withdrawn", withdrawn_on="2011-11-18", withdrawn_reason="No gain")
    known = published_class("vegf")
    published_drug(classes=[known], indications=[ended], status_note="Ended on 18 November 2011.")
    soup = page("/")
    assert "No longer approved for breast cancer" in words(soup.select_one(".cell-map li"))
    (title,) = on_the_map(soup).values()
    assert title == f"{known.name}, no longer approved for breast cancer"
    assert soup.select("svg .cell-map__link--former")
    published_drug(classes=[known])
    soup = page("/")
    assert "No longer approved" not in words(soup.select_one(".cell-map li"))
    assert list(on_the_map(soup).values()) == [known.name]
    assert not soup.select("svg .cell-map__link--former")
