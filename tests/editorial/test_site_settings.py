"""The texts of every page: who changes them, and that each page follows at the next request."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from drugs.models import Drug
from education.loaders import CONTENT
from tests.conftest import ClientAs, Page
from tests.editorial.admin_form import form_data, submit
from tests.editorial.small_guide import parsed, words
from tests.factories import (
    DrugClassFactory,
    SideEffectFactory,
    publish,
    published_article,
    published_term,
)
from tgsite.editorial.content import ContentKind, load
from tgsite.editorial.models import ContentVersion, SiteSettings
from tgsite.editorial.site import site_settings

pytestmark = pytest.mark.django_db

EDIT = reverse("wagtailsettings:edit", args=["editorial", "sitesettings"])
ASK = "/about/where-to-ask/"
HERCEPTIN = "/drugs/herceptin/"
TEXTS = ("disclaimer", "fda_line", "funding")


@pytest.fixture
def guide(drug: Drug) -> Drug:
    """A live entry of each kind; the medicine."""
    publish(DrugClassFactory(slug="blue"))
    publish(SideEffectFactory(slug="rash"))
    published_article(slug="reading")
    published_term("protein", slug="protein")
    return drug


def place(**values: str) -> tuple[str, dict[str, str]]:
    """A place to ask with ``values``, as the field takes it."""
    return "place", {"name": "Helpline", "what": "People who answer"} | values


def save(**values: Any) -> SiteSettings:
    """The one row with ``values``."""
    texts = SiteSettings.objects.first() or SiteSettings()
    for name, value in values.items():
        setattr(texts, name, value)
    texts.save()
    return texts


def typed(*places: dict[str, str]) -> dict[str, str]:
    """Fields of the form for these places, as a browser sends them."""
    fields = {"places_to_ask-count": str(len(places))}
    for number, values in enumerate(places):
        prefix = f"places_to_ask-{number}"
        fields |= {f"{prefix}-deleted": "", f"{prefix}-order": str(number)}
        fields |= {f"{prefix}-type": "place", f"{prefix}-id": ""}
        for name in ("name", "what", "phone", "hours", "url", "note"):
            fields[f"{prefix}-value-{name}"] = values.get(name, "")
    return fields


LINE = {"name": "Typed line", "what": "Nurses who answer", "phone": "1-800-555-0100"}
CHARITY = {"name": "Typed charity", "what": "Leaflets", "url": "https://example.org/help"}


def sent(client: Client, *places: dict[str, str], **changes: str) -> HttpResponse:
    """Open the form, change texts, put two places or these, and save."""
    address = client.get(EDIT, follow=True).request["PATH_INFO"]
    return submit(client, address, **typed(*(places or (LINE, CHARITY))), **changes)


# --- What readers get

PAGES = (
    "/",
    "/drugs/",
    HERCEPTIN,
    "/classes/",
    "/classes/blue/",
    "/side-effects/",
    "/side-effects/rash/",
    "/learn/",
    "/learn/reading/",
    "/glossary/",
    "/glossary/protein/",
    "/about/",
    "/about/this-guide/",
    "/about/privacy/",
    ASK,
)


@pytest.mark.parametrize("address", PAGES)
def test_changed_texts_stand_at_the_foot_of_the_page_at_the_next_request(
    page: Page, guide: Drug, address: str
) -> None:
    page(address)
    save(disclaimer="This is no advice.", fda_line="The agency said yes.")
    foot = words(page(address).find("footer"))
    assert "This is no advice." in foot
    assert "The agency said yes." in foot


@pytest.mark.parametrize("address", ["/no-such/", "/drugs/no-such/"])
def test_error_page_carries_the_texts_as_well(client: Client, address: str) -> None:
    save(disclaimer="This is no advice.")
    response = client.get(address)
    assert response.status_code == 404
    assert "This is no advice." in words(response)


@pytest.mark.parametrize(
    "address",
    [HERCEPTIN, "/side-effects/rash/", "/learn/reading/", "/glossary/protein/", "/classes/blue/"],
)
def test_page_of_an_entry_says_who_pays(page: Page, guide: Drug, address: str) -> None:
    page(address)
    save(funding="A charity pays.")
    assert "A charity pays." in words(page(address).find(id="about-this-page"))


def test_without_a_row_every_text_has_its_default(page: Page, guide: Drug) -> None:
    assert not SiteSettings.objects.exists()
    defaults = SiteSettings()
    foot = words(page(HERCEPTIN).find("footer"))
    assert str(defaults.disclaimer) in foot
    assert str(defaults.fda_line) in foot
    assert str(defaults.funding) in words(page(HERCEPTIN).find(id="about-this-page"))
    assert not page(ASK).select("main a[href^='tel:'], main a[rel=external]")
    assert not SiteSettings.objects.exists()


def test_text_of_an_editor_is_shown_as_text(client: Client) -> None:
    save(disclaimer="<script>alert(1)</script>", places_to_ask=[place(name="<b>Bold</b>")])
    assert b"<script>alert" not in client.get("/").content
    assert b"<b>Bold" not in client.get(ASK).content


def test_page_on_how_the_guide_is_made_says_who_pays(page: Page) -> None:
    page("/about/how-we-work/")
    save(funding="A charity pays.")
    assert "A charity pays." in words(page("/about/how-we-work/").main)


# --- Where else to ask


def test_places_stand_in_the_editor_s_order_with_everything_known(page: Page) -> None:
    save(
        places_to_ask=[
            place(name="Zeta line", hours="Day and night", note="In English.", what="Nurses"),
            place(name="Alpha line"),
        ]
    )
    main = words(page(ASK).main)
    assert main.index("Zeta line") < main.index("Alpha line")
    assert "Nurses" in main
    assert "In English." in main


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [
        ("1-800-227-2345", "tel:18002272345"),
        ("+1 800 227 2345", "tel:+18002272345"),
        ("1-877 GO KOMEN (1-877-465-6636)", "tel:1877"),
    ],
    ids=["dashes", "abroad", "with-brackets"],
)
def test_place_has_a_telephone_link_and_its_hours(page: Page, phone: str, dialled: str) -> None:
    save(places_to_ask=[place(phone=phone, hours="Day and night")])
    (link,) = page(ASK).select("main a[href^='tel:']")
    assert words(link) == phone
    assert link["href"] == dialled
    assert "Day and night" in words(page(ASK).main)


def test_place_without_telephone_or_address_has_no_link(page: Page) -> None:
    save(places_to_ask=[place(), place(name="On the web", url="https://example.org/help")])
    main = page(ASK).main
    assert main is not None
    assert not main.select("a[href^='tel:']")
    assert [words(link) for link in main.select("a[href='https://example.org/help']")] == [
        "Website of On the web"
    ]


def test_page_says_that_places_are_not_for_emergencies(page: Page, settings: Any) -> None:
    """B1."""
    settings.EMERGENCY_NUMBER = "112"
    main = words(page(ASK).main)
    assert "They are not for emergencies." in main
    assert "call 112 or your care team" in main


@pytest.mark.parametrize("address", PAGES)
def test_every_page_leads_to_the_places_to_ask(page: Page, guide: Drug, address: str) -> None:
    assert page(address).select(f"footer a[href='{ASK}']")


# --- Who changes them


def test_a_managing_editor_changes_the_texts_in_the_admin(
    client_as: ClientAs, page: Page, guide: Drug
) -> None:
    before = page(HERCEPTIN)
    response = sent(
        client_as("manager"),
        disclaimer="Typed in the admin.",
        fda_line="The agency, typed.",
        funding="A charity, typed.",
    )
    assert response.status_code == 200
    after = words(page(HERCEPTIN).body)
    for text in ("Typed in the admin.", "The agency, typed.", "A charity, typed."):
        assert text not in words(before.body)
        assert text in after


def test_a_managing_editor_adds_places_to_ask(client_as: ClientAs, page: Page) -> None:
    sent(client_as("manager"))
    main = page(ASK).main
    assert main is not None
    assert "Typed line" in words(main)
    assert main.select("a[href='tel:18005550100']")
    assert main.select("a[href='https://example.org/help']")


@pytest.mark.parametrize(
    "places",
    [(LINE,), (CHARITY, CHARITY | {"name": "Second charity"})],
    ids=["one-place", "no-telephone"],
)
def test_too_few_places_to_ask_are_refused_and_nothing_typed_is_lost(
    client_as: ClientAs, page: Page, places: tuple[dict[str, str], ...]
) -> None:
    """D5: at least two bodies outside, one of them to be called."""
    before = words(page("/").body)
    response = sent(client_as("manager"), *places, disclaimer="Typed and not lost.")
    assert "Name at least two places to ask" in response.text
    assert form_data(response)["disclaimer"] == ["Typed and not lost."]
    assert words(page("/").body) == before


@pytest.mark.parametrize("field", TEXTS)
def test_an_empty_text_is_refused_at_its_field(client_as: ClientAs, page: Page, field: str) -> None:
    before = words(page("/").body)
    response = sent(client_as("manager"), **{field: ""})
    assert "This field is required." in response.text
    assert words(page("/").body) == before


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_others_neither_see_nor_change_the_texts(
    client_as: ClientAs, page: Page, role: str
) -> None:
    texts = save(disclaimer="As it was.")
    client = client_as(role)
    address = reverse("wagtailsettings:edit", args=["editorial", "sitesettings", texts.pk])
    for method in (client.get, client.post):
        response = method(address, {"disclaimer": "Forged."}, follow=True)
        assert not BeautifulSoup(response.content, "html.parser").select("[name=disclaimer]")
    assert "As it was." in words(page("/").find("footer"))


def test_strangers_are_sent_to_the_login(client: Client) -> None:
    response = client.get(EDIT)
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


@pytest.mark.parametrize(
    ("role", "sees"), [("author", False), ("reviewer", False), ("manager", True)]
)
def test_the_menu_offers_the_texts_to_those_who_may_change_them(
    client_as: ClientAs, role: str, sees: bool
) -> None:
    menu = str(parsed(client_as(role).get("/admin/")).find(id="wagtail-sidebar-props"))
    assert (EDIT in menu) is sees


# --- One row, and its content version


def test_there_is_only_one_row() -> None:
    save()
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteSettings(slug="second").save()


def test_saving_raises_the_content_version_by_one() -> None:
    version = ContentVersion.current()
    save(disclaimer="Said anew.")
    assert ContentVersion.current() == version + 1


def test_saving_that_fails_half_way_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = save(disclaimer="As it was.")

    def fail() -> None:
        raise RuntimeError

    monkeypatch.setattr(ContentVersion, "advance", fail)
    texts.disclaimer = "Half done."
    with pytest.raises(RuntimeError):
        texts.save()
    assert SiteSettings.objects.get().disclaimer == "As it was."


# --- Loaded from its file

SITE_FILE = ContentKind(SiteSettings, CONTENT / "site.yaml")


def test_the_starter_texts_are_loaded_from_their_file(page: Page) -> None:
    load([SITE_FILE], live=False)
    assert "It lists what is approved and never recommends." in words(page("/").find("footer"))
    main = page(ASK).main
    assert main is not None
    assert "American Cancer Society" in words(main)
    assert main.select("a[href='tel:18002272345']")
    assert main.select("a[href='https://www.cancer.org']")


def test_loading_again_changes_nothing() -> None:
    load([SITE_FILE], live=True)
    version = ContentVersion.current()
    assert load([SITE_FILE], live=True).unchanged == ["editorial.SiteSettings site"]
    assert ContentVersion.current() == version


def test_texts_that_an_editor_changed_are_kept() -> None:
    load([SITE_FILE], live=True)
    save(disclaimer="Written by an editor.")
    assert load([SITE_FILE], live=True).kept == ["editorial.SiteSettings site"]
    assert site_settings().disclaimer == "Written by an editor."


def test_texts_that_an_editor_wrote_first_are_kept() -> None:
    save(disclaimer="Written by an editor.")
    load([SITE_FILE], live=True)
    assert site_settings().disclaimer == "Written by an editor."
