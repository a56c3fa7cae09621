"""What the medicines of a class share and how they differ, read off their records."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from drugs.models import Drug, DrugClass, DrugForm, DrugSideEffect, SideEffect
from tests.conftest import Page
from tests.drugs.comparison import change
from tests.editorial.small_guide import words
from tests.factories import indication, publish, published_drug, rate, trial_result

pytestmark = pytest.mark.usefixtures("guide", "db")

BLUE = "/classes/blue/"
SHARED = "What all of them share"


def member(slug: str, **values: Any) -> Drug:
    """One more live medicine of the class Blue."""
    return published_drug(
        slug=slug,
        brand_name=slug.capitalize(),
        classes=DrugClass.objects.filter(slug="blue"),
        **values,
    )


@pytest.fixture
def two_members() -> None:
    """Alpha and Zeta in the class Blue, alike in some things."""
    rash = SideEffect.objects.get(slug="rash")
    change(
        "alpha",
        classes=DrugClass.objects.filter(slug="blue"),
        targets="HER2",
        forms=[DrugForm(route="iv-infusion", form="infusion")],
        indications=[indication(her2=("positive",), setting=("metastatic",), line="first")],
        side_effects=[DrugSideEffect(effect="itching rash", explained_by=rash)],
        trial_results=[trial_result(with_value="31.41")],
        side_effect_rates=[rate(with_all="27.18")],
    )
    member(
        "zeta",
        targets="HER2\nEGFR",
        forms=[DrugForm(route="oral-tablet", form="tablet")],
        indications=[
            indication(her2=("positive",), setting=("metastatic",), line="later"),
            indication(
                summary="With a gene change",
                her2=("positive",),
                setting=("adjuvant",),
                mutations=("PIK3CA",),
                given_with="fulvestrant",
            ),
        ],
    )
    for other in Drug.objects.exclude(slug__in=["alpha", "zeta"]).filter(classes__slug="blue"):
        publish(other, classes=[])


def section(soup: BeautifulSoup) -> Tag:
    """The part of the page that compares."""
    found = soup.find(id="differences")
    assert isinstance(found, Tag)
    return found


def differences(part: Tag) -> dict[str, dict[str, str]]:
    """What -> words of a record -> the medicines whose record has them."""
    return {
        words(fold.summary).removeprefix("How they differ: "): {
            words(row.dt): words(row.dd) for row in fold.select(".facts__row")
        }
        for fold in part.select("details")
    }


def test_what_the_records_of_all_say_is_shared(page: Page, two_members: None) -> None:
    part = section(page(BLUE))
    shared = {words(row.dt): words(row.dd) for row in part.select("dl")[0].select(".facts__row")}
    assert shared["What they act on"] == "HER2"
    assert shared["For which cancers, by test results"] == "HER2-positive"
    assert "metastatic" in shared["When"]
    assert shared["Gene test"] == "No gene change needed"


def test_what_some_records_say_stands_with_the_full_names(page: Page, two_members: None) -> None:
    alpha, zeta = (str(Drug.objects.get(slug=slug)) for slug in ("alpha", "zeta"))
    found = differences(section(page(BLUE)))
    assert found["What they act on"] == {"EGFR": zeta}
    assert found["How you have them"] == {"Infusion into a vein": alpha, "Tablets": zeta}
    assert found["When"] == {"After surgery": zeta}
    assert list(found["Gene test"].values()) == [zeta]
    assert found["Place among treatments"]["Can be the first treatment"] == alpha
    assert found["Side effects that their labels list"] == {"Rash": alpha}


def test_no_figure_of_a_trial_is_compared(page: Page, two_members: None) -> None:
    text = str(page(BLUE))
    assert not [figure for figure in ("31.41", "27.18") if figure in text]


def test_medicine_without_a_current_use_is_left_out(page: Page, two_members: None) -> None:
    """Its record would say nothing on uses, and so nothing would be shared."""
    gone = indication(status="withdrawn", withdrawn_on="2011-11-18", withdrawn_reason="no gain")
    member("gone", targets="VEGF", indications=[gone], status_note="Withdrawn in 2011.")
    part = section(page(BLUE))
    assert SHARED in words(part)
    assert "VEGF" not in words(part)


def test_one_medicine_alone_is_not_compared(page: Page, two_members: None) -> None:
    Drug.objects.get(slug="zeta").unpublish()
    soup = page(BLUE)
    assert SHARED not in words(soup.main)
    assert "How they differ: " not in words(soup.main)


def test_what_was_never_compared_stands_after_it(page: Page, two_members: None) -> None:
    publish(DrugClass.objects.get(slug="blue"), never_compared="Alpha was never set against Zeta.")
    text = words(section(page(BLUE)))
    assert text.index(SHARED) < text.index("Alpha was never set against Zeta.")
