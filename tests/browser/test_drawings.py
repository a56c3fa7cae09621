"""The map of the home page under a finger and a keyboard; the words of drawings in their frame."""

from __future__ import annotations

import pytest
from django.db import connection
from playwright.sync_api import Page
from pytest_django import Settings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        connection.vendor == "postgresql", reason="A page looks the same on every database"
    ),
]

# CSS pixels (WCAG 2.2, 2.5.8).
LEAST = 24
TARGETS = ".cell-map__drawing a .cell-map__target"
# Of each drawing in a frame: words that touch the frame or other words of it.
COLLISIONS = """() => [...document.querySelectorAll('svg.drawing--framed')].flatMap(drawing => {
  const box = (one, inset) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    return { left, right, top: top + inset, bottom: bottom - inset };
  };
  const frame = box(drawing, 2);
  // The box of a line of words is higher than its letters.
  const texts = [...drawing.querySelectorAll('text')].map(one => [one.textContent, box(one, 2)]);
  const out = texts.filter(([, one]) => one.left < frame.left + 2 || one.right > frame.right - 2
    || one.top < frame.top || one.bottom > frame.bottom);
  const meet = (one, other) => one.left < other.right && other.left < one.right
    && one.top < other.bottom && other.top < one.bottom;
  const over = texts.filter(([, one], place) =>
    texts.slice(place + 1).some(([, other]) => meet(one, other)));
  return [...out, ...over].map(([words]) => words);
})"""


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_parts_of_the_map_are_large_enough_and_apart(
    browser_page: Page, guide: str, width: int
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 844})
    browser_page.goto("/")
    boxes = [one.bounding_box() for one in browser_page.locator(TARGETS).all()]
    places = [(one["x"], one["y"], one["width"], one["height"]) for one in boxes if one]
    assert len(places) == len(boxes) == 11
    assert all(wide >= LEAST and high >= LEAST for _x, _y, wide, high in places)
    for number, (x, y, wide, high) in enumerate(places):
        for other_x, other_y, other_wide, other_high in places[number + 1 :]:
            beside = x + wide <= other_x or other_x + other_wide <= x
            assert beside or y + high <= other_y or other_y + other_high <= y


def test_keyboard_goes_through_the_map_and_shows_where_it_is(
    browser_page: Page, guide: str
) -> None:
    browser_page.goto("/")
    first, second = browser_page.locator(".cell-map__link").all()[:2]
    first.focus()
    browser_page.keyboard.press("Tab")
    width = (
        "one => parseFloat(getComputedStyle(one.querySelector('.cell-map__target')).strokeWidth)"
    )
    assert second.evaluate("one => one === document.activeElement")
    assert second.evaluate(width) >= first.evaluate(width) + 3
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/classes/*/")


@pytest.mark.parametrize("width", [390, 1280])
def test_words_of_a_drawing_touch_neither_its_frame_nor_each_other(
    browser_page: Page, guide: str, settings: Settings, width: int
) -> None:
    settings.DEBUG = True
    browser_page.set_viewport_size({"width": width, "height": 844})
    browser_page.goto("/development/components/")
    assert browser_page.locator("svg.drawing--framed text").count() > 50
    assert browser_page.evaluate(COLLISIONS) == []
