"""What stands side by side of each medicine, and what never does."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from drugs.compare import compare_url
from drugs.models import Drug, DrugForm, DrugSideEffect, SideEffectRate
from tests.conftest import Page
from tests.drugs.comparison import EMPTY, PAIR, cells, change, section, shown
from tests.editorial.small_guide import Guide, words
from tests.factories import ContributorFactory, indication, trial_result

pytestmark = pytest.mark.usefixtures("guide", "db")

FORMER = "No longer approved for breast cancer"
NOT_COMPARED = "These medicines were not compared with each other unless a line says so."
SECTIONS = [
    "names",
    "uses",
    "class",
    "how-given",
    "boxed-warnings",
    "side-effects",
    "tests",
    "pregnancy",
]


def test_same_rows_stand_there_for_each_medicine(page: Page) -> None:
    soup = page(PAIR)
    assert [str(one["id"]) for one in soup.select("section[id]") if one["id"] in SECTIONS] == (
        SECTIONS
    )
    for key in set(SECTIONS) - {"side-effects"}:
        assert [text[:5] for text in cells(soup, key)] == ["Alpha", "Gamma"], key


def test_every_table_has_a_caption_and_a_head_for_each_column_and_row(page: Page) -> None:
    for table in page(PAIR).select("main table"):
        assert words(table.caption)
        heads = table.select("thead th[scope=col]")
        assert len(heads) == len(table.select("thead th"))
        for row in table.select("tbody tr"):
            assert len(row.find_all(["th", "td"])) == len(heads)
            assert all(th["scope"] == "row" for th in row.find_all("th"))


def test_full_names_stand_in_the_order_of_the_address(page: Page) -> None:
    assert shown(page(PAIR)) == ["Alpha (alphamab)", "Gamma (gammalisib)"]
    assert shown(page("/drugs/compare/?drug=gamma&drug=alpha"))[0] == "Gamma (gammalisib)"


@pytest.mark.parametrize("address", [EMPTY, PAIR, "/drugs/compare/?drug=alpha"])
def test_page_says_first_what_it_is_not(page: Page, address: str) -> None:
    main = words(page(address).main)
    assert main.index(NOT_COMPARED) < 400
    assert "Approved in the United States (FDA)" in main
    assert "It lists what is approved; it never recommends." in main


def test_uses_are_the_current_ones_with_their_conditions(page: Page) -> None:
    use = indication(
        summary="Second use",
        line="later",
        after="a taxane",
        given_with="letrozole",
        mutations=("BRCA1",),
        status="accelerated",
    )
    change("alpha", indications=[*Drug.objects.get(slug="alpha").indications.all(), use])
    alpha, gamma = cells(page(PAIR), "uses")
    assert "Metastatic HER2-positive cancer" in alpha
    assert "Rumoured early use" not in alpha
    assert "Old use before surgery" not in alpha
    second = alpha[alpha.index("Second use") :]
    assert "Accelerated approval Place After other treatment" in second
    assert "Earlier treatment a taxane Given with letrozole Test needed a BRCA1 change" in second
    assert "a PIK3CA change, by a test of the tumor" in gamma


def test_former_medicine_says_so_wherever_its_name_stands(page: Page) -> None:
    soup = page("/drugs/compare/?drug=former&drug=alpha")
    for name in soup.select("main thead th, main .compare__name"):
        if "Former" in words(name):
            assert FORMER in words(name)
        else:
            assert FORMER not in words(name) or words(name) == "Side effect"
    former, _alpha = cells(soup, "names")
    assert "The FDA took its breast-cancer approval back." in former
    assert "Approved in the United States" not in former
    assert "no approved use in breast cancer today" in cells(soup, "uses")[0]


def test_look_alikes_are_warned_of_on_both_sides(page: Page) -> None:
    """Only the record of Gamma names Alpha."""
    alpha, gamma = cells(page(PAIR), "names")
    assert "Not the same as: Gamma (gammalisib)" in alpha
    assert "Not the same as: Alpha (alphamab)" in gamma


def test_medicines_that_look_nothing_alike_are_not_warned_of(page: Page) -> None:
    assert "Not the same as" not in words(page("/drugs/compare/?drug=beta&drug=gamma").main)


def test_classes_lead_to_their_pages_and_hidden_ones_are_not_named(page: Page) -> None:
    links = section(page(PAIR), "class").select("a[href^='/classes/']")
    assert [str(link["href"]) for link in links] == [
        "/classes/blue/",
        "/classes/blue/",
        "/classes/green/",
    ]


def test_each_form_says_how_often_and_where(page: Page) -> None:
    change(
        "alpha",
        forms=[
            DrugForm(route="oral-tablet", form="2 mg tablets", schedule="every day", where="home"),
            DrugForm(route="iv-infusion", form="infusion", sort_order=1),
        ],
    )
    alpha = cells(page(PAIR), "how-given")[0]
    first, second = alpha.split("Given as")[1:]
    assert first.strip() == "Tablets Form 2 mg tablets How often every day Where home"
    assert "Infusion into a vein Form infusion How often Ask your team Where Ask" in second


def test_fields_of_the_record_stand_in_their_cells(page: Page) -> None:
    change(
        "alpha",
        boxed_warnings="heart damage\nlung damage",
        checks="heart scan\nblood count",
        pregnancy="Women: 7 months. Men: 4 months.",
    )
    soup = page(PAIR)
    assert "Heart damage Lung damage" in cells(soup, "boxed-warnings")[0]
    assert "Our record of its label has no boxed warning" in cells(soup, "boxed-warnings")[1]
    assert "Heart scan Blood count" in cells(soup, "tests")[0]
    assert "Women: 7 months. Men: 4 months." in cells(soup, "pregnancy")[0]
    assert "Ask your team before treatment starts" in cells(soup, "pregnancy")[1]


@pytest.mark.parametrize(
    ("field", "key"),
    [("boxed_warnings", "boxed-warnings"), ("checks", "tests"), ("pregnancy", "pregnancy")],
)
def test_part_that_waits_for_a_check_says_ask_your_team(page: Page, field: str, key: str) -> None:
    change("alpha", **{field: "Not yet read."}, unconfirmed=[field])
    soup = page(PAIR)
    assert "Not yet read." not in words(soup)
    assert "Ask your team" in cells(soup, key)[0]


def test_review_state_and_page_of_each_medicine(page: Page) -> None:
    """A2, A8."""
    reviewer = ContributorFactory()
    for slug, due in (("alpha", date(2025, 2, 6)), ("beta", date(2999, 2, 6))):
        Drug.objects.filter(slug=slug).update(
            reviewed_by=reviewer, reviewed_on=date(2024, 8, 6), review_due=due
        )
    soup = page("/drugs/compare/?drug=alpha&drug=beta&drug=gamma")
    alpha, beta, gamma = cells(soup, "names")
    assert "overdue: it was due on 6 February 2025" in alpha
    assert "Reviewed on 6 August 2024" in beta
    assert "overdue" not in beta
    assert "Not yet reviewed by a clinician" in gamma
    links = [str(link["href"]) for link in section(soup, "names").select("a[href]")]
    assert {"/drugs/alpha/", "/drugs/beta/#get-help", "/drugs/gamma/"} <= set(links)


def test_paper_says_where_a_fresh_copy_of_each_is(page: Page) -> None:
    gamma = cells(page(PAIR), "names")[1]
    assert "Not reviewed: check guide.example.org/drugs/gamma/ before you rely on it." in gamma


# --- What never stands there


def test_no_figure_of_a_trial_and_no_rate_stands_on_the_page(page: Page) -> None:
    common = {"trial": "TRIAL-X", "source": "Label X"}
    change(
        "alpha",
        trial_results=[trial_result(outcome="Outcome X", with_value="31.41", **common)],
        side_effect_rates=[
            SideEffectRate(unit="people in 100", effect="rash X", with_all="27.18", **common)
        ],
        side_effects=[DrugSideEffect(effect="rash", how_common="about 86 in 100 people")],
    )
    assert "31.41" in words(page("/drugs/alpha/"))
    text = str(page(PAIR))
    figures = ("31.41", "27.18", "86", "TRIAL-X", "Outcome X", "Label X")
    assert not [figure for figure in figures if figure in text]


def test_nothing_that_is_not_live_stands_on_the_page(client: Client, guide: Guide) -> None:
    address = compare_url([*guide.live[:3], *guide.hidden])
    text = client.get(address).content.decode()
    assert not [word for word in guide.hidden_words if word in text]
    for slug in guide.hidden:
        assert f'value="{slug}"' not in text


def test_text_of_an_editor_is_shown_as_text(client: Client, unchecked: None) -> None:
    text = "<script>alert(1)</script>"
    change(
        "alpha",
        pregnancy=text,
        checks=text,
        boxed_warnings=text,
        side_effects=[DrugSideEffect(effect=text)],
        forms=[DrugForm(route="iv-infusion", form=text, schedule=text, where=text)],
    )
    assert b"<script>alert" not in client.get(PAIR).content
