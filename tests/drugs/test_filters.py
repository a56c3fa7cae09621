"""Every filter of the list through its address: match, non-match, wrong, empty, two at once."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Page
from tests.editorial.small_guide import (
    Guide,
    chosen,
    field_words,
    parsed,
    results,
    words,
)

pytestmark = pytest.mark.usefixtures("guide", "db")

PARAMETERS = (
    "q",
    "hormone_receptor",
    "her2",
    "setting",
    "mutation",
    "class",
    "route",
    "sort",
    "page",
)


def listed(page: Page, query: str) -> set[str]:
    """The slugs that the list shows for ``query``."""
    return set(results(page(f"/drugs/?{query}")))


# query -> a medicine that it lists, and one that it does not
FILTERS = {
    "q=alpha": ("alpha", "beta"),
    "q=ALPHAMAB": ("alpha", "beta"),
    "hormone_receptor=positive": ("beta", "gamma"),
    "hormone_receptor=negative": ("gamma", "beta"),
    "her2=positive": ("alpha", "beta"),
    "her2=negative": ("beta", "delta"),
    "her2=low": ("delta", "alpha"),
    "her2=ultralow": ("gamma", "alpha"),
    "setting=early": ("beta", "gamma"),
    "setting=adjuvant": ("beta", "gamma"),
    "setting=locally-advanced": ("delta", "alpha"),
    "setting=metastatic": ("alpha", "beta"),
    "mutation=no-brca": ("gamma", "beta"),
    "mutation=no-tumor": ("beta", "gamma"),
    "mutation=akt1": ("beta", "gamma"),
    "mutation=none": ("alpha", "gamma"),
    "class=blue": ("alpha", "beta"),
    "route=oral-tablet": ("beta", "gamma"),
    "route=subcutaneous-injection": ("delta", "alpha"),
}


@pytest.mark.parametrize(("query", "there", "gone"), [(q, *two) for q, two in FILTERS.items()])
def test_filter_keeps_a_match_and_drops_a_non_match(
    page: Page, query: str, there: str, gone: str
) -> None:
    found = listed(page, query)
    assert there in found
    assert gone not in found


def test_neoadjuvant_matches_no_withdrawn_use(page: Page) -> None:
    """C8."""
    assert listed(page, "setting=neoadjuvant") == set()


def test_unconfirmed_use_never_matches(page: Page) -> None:
    assert "alpha" not in listed(page, "setting=adjuvant")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("her2=negative&setting=adjuvant", {"beta"}),
        ("her2=positive&setting=adjuvant", set()),
        ("class=blue&route=oral-capsule", {"gamma"}),
        ("class=blue&class=green", {"alpha", "beta", "gamma"}),
        ("route=oral-tablet&route=oral-capsule", {"beta", "gamma"}),
        ("q=mab&her2=low", {"delta"}),
        ("mutation=brca1&mutation=pik3ca&her2=negative", {"beta", "gamma"}),
        ("mutation=no-brca&mutation=pik3ca&her2=negative", {"gamma"}),
    ],
)
def test_two_filters_at_once(page: Page, query: str, found: set[str]) -> None:
    assert listed(page, query) == found


@pytest.mark.parametrize("name", PARAMETERS)
def test_empty_value_leaves_nothing_out(page: Page, guide: Guide, name: str) -> None:
    assert listed(page, f"{name}=") == set(guide.live)


def test_no_parameter_lists_every_live_medicine_a_to_z(page: Page, guide: Guide) -> None:
    assert results(page("/drugs/")) == sorted(guide.live)


@pytest.mark.parametrize(
    ("order", "first"), [("name", "alpha"), ("generic", "delta"), ("newest", "delta")]
)
def test_order_asked_for_is_kept(page: Page, order: str, first: str) -> None:
    assert results(page(f"/drugs/?sort={order}"))[0] == first


def test_medicine_without_current_use_is_listed_only_without_a_diagnosis(page: Page) -> None:
    """C8: Avastin stays in the catalogue, with the words beside its name."""
    soup = page("/drugs/")
    article = soup.find("article", attrs={"data-result": "former"})
    assert "No longer approved for breast cancer" in words(article)
    for query in ("her2=negative", "setting=metastatic", "mutation=none"):
        assert "former" not in listed(page, query)


# --- Wrong values

WRONG = {
    "hormone_receptor": "maybe",
    "her2": "equivocal",
    "setting": "stage-4",
    "mutation": "tp53",
    "class": "no-such-class",
    "route": "by-mouth",
    "sort": "price",
    "q": "x" * 101,
}
CASES = [*WRONG.items(), ("her2", "POSITIVE"), ("class", "secret"), ("q", "a\0b"), ("her2", "\0")]


def refused(soup: BeautifulSoup, name: str) -> None:
    """No result, and a message at the field ``name`` that a valid page does not have."""
    assert results(soup) == []
    fine = parsed(Client().get("/drugs/"))
    assert len(field_words(soup, name)) > len(field_words(fine, name))


@pytest.mark.parametrize(("name", "value"), CASES)
def test_wrong_value_is_refused_at_its_field(page: Page, name: str, value: str) -> None:
    refused(page("/drugs/?" + urlencode({name: value})), name)


@pytest.mark.parametrize(("name", "value"), WRONG.items())
def test_wrong_value_keeps_the_other_choices(page: Page, name: str, value: str) -> None:
    others = {
        "hormone_receptor": "positive",
        "her2": "negative",
        "setting": "adjuvant",
        "mutation": "brca2",
        "class": "green",
        "route": "oral-tablet",
        "sort": "generic",
        "q": "beta",
    }
    others.pop(name)
    soup = page("/drugs/?" + urlencode(others | {name: value}))
    assert results(soup) == []
    assert {other: chosen(soup, other) for other in others} == {
        other: [kept] for other, kept in others.items()
    }


@pytest.mark.parametrize("name", ["mutation", "class", "route"])
def test_wrong_value_beside_a_right_one_is_not_dropped(page: Page, name: str) -> None:
    right = {"mutation": "brca1", "class": "blue", "route": "oral-tablet"}[name]
    refused(page(f"/drugs/?{name}={right}&{name}={WRONG[name]}"), name)


def test_two_wrong_values_are_both_named(page: Page) -> None:
    soup = page("/drugs/?her2=equivocal&setting=stage-4")
    refused(soup, "her2")
    refused(soup, "setting")


# --- Contradictions


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("q", "alpha", "beta"),
        ("hormone_receptor", "positive", "negative"),
        ("her2", "positive", "negative"),
        ("setting", "early", "metastatic"),
        ("sort", "name", "newest"),
    ],
)
def test_single_answer_given_twice_is_refused_at_its_field(
    page: Page, name: str, one: str, other: str
) -> None:
    refused(page(f"/drugs/?{name}={one}&{name}={other}"), name)
    refused(page(f"/drugs/?{name}={other}&{name}={one}"), name)


def test_page_given_twice_is_refused(page: Page) -> None:
    assert results(page("/drugs/?page=1&page=2")) == []
    assert results(page("/drugs/?page=2&page=1")) == []


@pytest.mark.parametrize("name", ["q", "her2", "sort", "page"])
def test_same_answer_given_twice_counts_once(page: Page, name: str) -> None:
    value = {"q": "alpha", "her2": "positive", "sort": "name", "page": "1"}[name]
    assert (
        listed(page, f"{name}={value}&{name}={value}") == listed(page, f"{name}={value}") != set()
    )


@pytest.mark.parametrize(
    "query",
    [
        "mutation=none&mutation=brca1",
        "mutation=none&mutation=pten",
        "mutation=no-brca&mutation=brca1",
        "mutation=brca2&mutation=no-brca",
        "mutation=no-tumor&mutation=akt1",
        "mutation=brca1&mutation=no-brca&mutation=pik3ca",
    ],
)
def test_a_change_and_no_change_of_the_same_group_are_refused(page: Page, query: str) -> None:
    refused(page(f"/drugs/?{query}"), "mutation")


@pytest.mark.parametrize(
    "query", ["mutation=no-brca&mutation=pik3ca", "mutation=no-tumor&mutation=brca1"]
)
def test_a_change_in_one_group_and_none_in_the_other_agree(page: Page, query: str) -> None:
    assert listed(page, query)


# --- Unknown parameters, pages of results


@pytest.mark.parametrize(
    "query", ["utm_source=news", "x=1&x=2", "=", "&&&", "her3=positive", "%00=1"]
)
def test_unknown_parameter_is_ignored(page: Page, guide: Guide, query: str) -> None:
    assert listed(page, query) == set(guide.live)


@pytest.mark.parametrize(
    "number",
    ["0", "99", "abc", "-1", "1e9", "9" * 5, "9" * 5000, "1.5", "1_0", "٣", "\0", "NaN", "²"],
    ids=lambda value: ascii(value[:12]),
)
def test_page_that_is_not_there_says_so(page: Page, number: str) -> None:
    soup = page("/drugs/?" + urlencode({"page": number}))
    assert results(soup) == []
    assert "no such page" in words(soup.find(id="results"))
    assert "The last page is 1" in words(soup.find(id="results"))


def test_page_that_is_not_there_of_a_narrower_list_keeps_the_answers(page: Page) -> None:
    soup = page("/drugs/?her2=positive&page=7")
    assert chosen(soup, "her2") == ["positive"]
    (way_back,) = soup.select("#results a[href]")
    assert "her2=positive" in str(way_back["href"])
    assert "page" not in str(way_back["href"])


# --- Anything at all

STRANGE = {
    "emoji": {"q": "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467"},
    "right-to-left-marks": {"q": "\u202ealpha\u202c\u200f"},
    "combining": {"q": "a\u0301" * 40},
    "case-folding-that-grows": {"q": "ß" * 60 + "İ" * 30},
    "spaces-of-all-kinds": {"q": "\u3000\u00a0\u2028\u2029\t\r\n"},
    "nul": dict.fromkeys(PARAMETERS, "\x00"),
    "html": {"q": "<script>alert(1)</script>", "class": '"><img src=x>'},
    "sql": {"q": "' OR 1=1 --", "class": "x' OR '1'='1"},
    "template": {"q": "{{ 7*7 }}{% debug %}"},
    "format": {"q": "%s%(n)d{0}", "her2": "%(count)s"},
    "ten-kilobytes-of-words": {"q": "a " * 5000},
    "ten-kilobytes-of-a-code": {"her2": "x" * 10_000},
    "ten-kilobytes-of-nothing-known": {"z" * 5000: "z" * 5000},
    "not-unicode": b"q=%ff%fe&her2=%c3%28&class=%ed%a0%80",
    "raw-bytes": bytes(range(33, 256)),
    "half-an-escape": b"q=%&her2=%z&page=%4",
    "many-of-one": b"&".join([b"mutation=brca1"] * 900),
    "brackets": b"her2[]=positive&her2[0]=x&q[$ne]=1",
    "semicolons": b"her2=positive;setting=early",
}


@pytest.mark.parametrize("query", STRANGE.values(), ids=STRANGE)
def test_strange_query_is_answered(client: Client, query: dict[str, str] | bytes) -> None:
    raw = query.decode("latin-1") if isinstance(query, bytes) else urlencode(query)
    response = client.get("/drugs/", QUERY_STRING=raw)
    assert response.status_code == 200
    assert parsed(response).find("main")


def test_text_of_a_reader_is_shown_as_text(client: Client) -> None:
    response = client.get("/drugs/", {"q": "<script>alert(1)</script>", "her2": "<b>x</b>"})
    assert b"<script>alert" not in response.content
    assert b"<b>x</b>" not in response.content


@pytest.mark.parametrize("name", ["x", "mutation"])
def test_thousands_of_parameters_are_a_bad_request(client: Client, name: str) -> None:
    response = client.get("/drugs/", QUERY_STRING="&".join(f"{name}={n}" for n in range(6000)))
    assert response.status_code == 400
    soup = parsed(response)
    assert soup.select("main a[href^='/']"), "the page has a way on"


VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "positive", "negative", "brca1", "none", "blue", "name", "1", "2", "early"]
    ),
)


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.dictionaries(
        st.one_of(st.sampled_from(PARAMETERS), st.text(max_size=5)),
        st.lists(VALUES, max_size=3),
        max_size=len(PARAMETERS),
    )
)
def test_any_text_at_any_parameter_is_answered(query: dict[str, list[str]]) -> None:
    response = Client().get("/drugs/", QUERY_STRING=urlencode(query, doseq=True))
    assert response.status_code in (200, 400)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=60))
def test_any_bytes_as_query_are_answered(query: bytes) -> None:
    response = Client().get("/drugs/", QUERY_STRING=query.decode("latin-1"))
    assert response.status_code in (200, 400)
