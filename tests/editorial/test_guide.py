"""The guide for editors: who reads it, where it leads, its pictures, the help menu."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.conftest import ClientAs
from tests.editorial.people import account, client_of
from tests.pictures import DENSITY, FOLDER, PICTURES
from tgsite.editorial.views_guide import SECTIONS

pytestmark = pytest.mark.django_db

GUIDE = "/admin/guide/"
HEAVIEST_PICTURE = 60_000
MINUTES, WORDS_A_MINUTE = 8, 240
Fetch = Callable[[str], BeautifulSoup]


def read(client: Client, address: str = GUIDE) -> BeautifulSoup:
    """A page of the admin, parsed."""
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def manager(client_as: ClientAs) -> Client:
    """A managing editor."""
    return client_as("manager")


@pytest.fixture
def guide(manager: Client) -> Any:
    """The guide as a managing editor has it."""
    return read(manager).select_one(".guide")


@pytest.mark.parametrize("role", ["author", "reviewer", "manager", "administrator"])
def test_every_role_reads_it(client_as: ClientAs, role: str) -> None:
    page = read(client_as(role))
    headings = [heading.get_text(strip=True) for heading in page.select(".guide h2")]
    assert headings == [str(section.title) for section in SECTIONS]


def test_nobody_else_reads_it(client: Client) -> None:
    assert client.get(GUIDE).url.startswith("/admin/login/")
    response = client_of(account("stranger")).get(GUIDE)
    assert response.status_code == 302
    assert "guide" not in response.url.partition("?")[0]


@pytest.mark.parametrize("role", ["author", "reviewer", "manager", "administrator"])
def test_its_links_lead_somewhere(client_as: ClientAs, role: str) -> None:
    client = client_as(role)
    links = {str(link["href"]) for link in read(client).select(".guide a[href]")}
    pages = {link for link in links if not link.startswith("#")}
    assert len(pages) >= 10
    for page in pages:
        assert client.get(page).status_code == 200, page


def test_its_anchors_exist(guide: Any) -> None:
    anchors = {str(link["href"])[1:] for link in guide.select("a[href^='#']")}
    named = [str(one["id"]) for one in guide.select("[id]")]
    assert anchors >= {section.key for section in SECTIONS}
    assert anchors <= set(named)
    assert len(named) == len(set(named))


def test_its_drawing_can_be_heard(guide: Any) -> None:
    drawing = guide.select_one("svg[role=img]")
    for name in drawing["aria-labelledby"].split():
        assert guide.find(id=name).get_text(strip=True)


def test_each_picture_is_there_as_wide_and_high_as_stated_and_says_what_it_shows(
    guide: Any,
) -> None:
    shown = {}
    for image in guide.select("img"):
        path = finders.find(str(image["src"]).removeprefix("/static/"))
        assert path, image["src"]
        with Image.open(path) as picture:
            size = (int(image["width"]) * DENSITY, int(image["height"]) * DENSITY)
            assert picture.size == size, image["src"]
        assert len(image["alt"].split()) > 5
        assert image["loading"] == "lazy"
        name = str(image["src"]).rpartition("/")[2].partition(".")[0]
        shown[name] = (int(image["width"]), int(image["height"]))
    assert shown == {one.name: (one.width, one.height) for one in PICTURES}


def test_its_pictures_are_light_and_none_is_left_over() -> None:
    sizes = {path.stem: path.stat().st_size for path in FOLDER.iterdir()}
    assert set(sizes) == {picture.name for picture in PICTURES}
    assert {name: size for name, size in sizes.items() if size > HEAVIEST_PICTURE} == {}


def test_it_is_short(guide: Any) -> None:
    guide.svg.decompose()
    assert len(guide.get_text(" ").split()) <= MINUTES * WORDS_A_MINUTE


def test_numbers_are_those_of_the_rules(guide: Any) -> None:
    words = re.sub(r"\s+", " ", guide.get_text(" "))
    assert "at most 20 changed words" in words
    assert "at most 60 words" in words
    assert "for 14 days" in words
    assert "30 days before a review" in words
    assert "3 days before an unconfirmed" in words
    assert "after 12 months for articles and glossary terms" in words
    assert re.search(r"after 6 months for [a-z ,]*\bmedicines\b", words)


def test_only_who_may_exchange_is_led_there(client_as: ClientAs) -> None:
    led = f'.guide a[href="{reverse("exchange")}"]'
    assert read(client_as("manager")).select(led)
    assert not read(client_as("author")).select(led)


@pytest.mark.parametrize("role", ["author", "administrator"])
def test_the_help_menu_leads_to_it_and_to_nothing_of_wagtails(
    client_as: ClientAs, role: str
) -> None:
    home = client_as(role).get(reverse("wagtailadmin_home"))
    page = BeautifulSoup(home.content, "html.parser")
    menu = page.select_one("#wagtail-sidebar-props").get_text()
    assert f'"{GUIDE}"' in menu
    # Its first item: before the other help of our own.
    assert menu.index(GUIDE) < menu.index(reverse("editorial_roles"))
    for words in ("guide.wagtail.org", "What's new", "Editor Guide", "whats-new"):
        assert words not in menu
    assert "guide.wagtail.org" not in home.text
    assert page.select(f'main a[href="{GUIDE}"]')
