"""A small live guide that the tests of public pages share, made once a module."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from bs4 import BeautifulSoup, Tag
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from drugs.models import Drug, DrugClass, DrugForm, DrugSideEffect, SideEffect
from tests import remembering
from tests.factories import (
    ArticleFactory,
    ContributorFactory,
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    SideEffectFactory,
    indication,
    medicine_rule,
    publish,
    published_article,
    published_drug,
    published_term,
)

T = TypeVar("T")


def for_a_module(blocker: DjangoDbBlocker, make: Callable[[], T]) -> Iterator[T]:
    """What ``make`` writes is there for all tests of a module, and is rolled back after them.

    Each test starts with this content in memory, as after the first request. One that changes
    rows without a publication forgets it, like whoever does so outside tests.
    """
    with blocker.unblock():
        outer = transaction.atomic()
        outer._from_testcase = True  # type: ignore[attr-defined]
        outer.__enter__()
        try:
            made = make()
            remembering.learn()
            yield made
        finally:
            remembering.unlearn()
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@dataclass
class Guide:
    """The slugs of the small guide."""

    live: tuple[str, ...] = ("alpha", "beta", "gamma", "delta", "former")
    hidden: tuple[str, ...] = ("draftium", "unpublished")
    hidden_words: tuple[str, ...] = (
        "Draftium",
        "Unpublished",
        "Secret class",
        "Secret draft",
        "Secret side effect",
        "Secret article",
        "Secret term",
    )


def given(route: str) -> list[DrugForm]:
    """One form by ``route``."""
    return [DrugForm(route=route, form="form", schedule="every day")]


def make_guide() -> Guide:
    """Five live medicines, two classes and one entry of each other kind.

    Beside them stands what readers must never see. Alpha and Gamma can cause Rash; the article
    is about Alpha and Blue; the texts of the factories use the word protein.
    """
    writer = ContributorFactory(slug="wanda", name="Wanda Writer")
    blue = publish(DrugClassFactory(slug="blue", name="Blue medicines"), authors=[writer])
    green = publish(DrugClassFactory(slug="green", name="Green medicines"))
    secret = DrugClassFactory(slug="secret", name="Secret class")
    rash = publish(SideEffectFactory(slug="rash", name="Rash"), authors=[writer])
    SideEffectFactory(slug="secret", name="Secret side effect")
    itching = DrugSideEffect(effect="itching rash", explained_by=rash)
    draftium = DrugFactory(slug="draftium", brand_name="Draftium", classes=[blue])
    unpublished = published_drug(
        slug="unpublished", brand_name="Unpublished", classes=[blue], side_effects=[itching]
    )
    alpha = published_drug(
        slug="alpha",
        brand_name="Alpha",
        generic_name="alphamab",
        classes=[blue, secret],
        authors=[writer],
        forms=given("iv-infusion"),
        not_the_same_as=[draftium, unpublished],
        side_effects=[
            DrugSideEffect(effect="rash on the hands", explained_by=rash),
            DrugSideEffect(effect="tiredness (fatigue)"),
        ],
        indications=[
            indication(summary="Metastatic HER2-positive cancer", partners=[draftium, unpublished]),
            indication(summary="Rumoured early use", setting=("adjuvant",), confirmed=False),
            indication(
                summary="Old use before surgery",
                setting=("neoadjuvant",),
                status="withdrawn",
                withdrawn_on="2019-03-04",
                withdrawn_reason="It did not help people live longer.",
            ),
        ],
    )
    published_drug(
        slug="beta",
        brand_name="Beta",
        generic_name="betaparib",
        classes=[green],
        forms=given("oral-tablet"),
        indications=[
            indication(
                summary="After surgery",
                setting=("adjuvant",),
                hormone_receptor="positive",
                her2=("negative",),
                mutations=("BRCA1", "BRCA2"),
                approved_on="2022",
            )
        ],
    )
    published_drug(
        slug="gamma",
        brand_name="Gamma",
        generic_name="gammalisib",
        classes=[blue, green],
        forms=given("oral-capsule"),
        not_the_same_as=[alpha],
        side_effects=[DrugSideEffect(effect="blistering rash", group="serious", explained_by=rash)],
        indications=[
            indication(
                summary="With alphamab",
                hormone_receptor="negative",
                her2=("negative",),
                mutations=("PIK3CA",),
                approved_on="2024-05",
                partners=[alpha],
            )
        ],
    )
    published_drug(
        slug="delta",
        brand_name="Delta",
        generic_name="aa-deltamab",
        forms=given("subcutaneous-injection"),
        indications=[
            indication(
                summary="HER2-low cancer",
                setting=("locally-advanced",),
                her2=("low", "ultralow"),
                approved_on="2025-01-31",
            )
        ],
    )
    published_drug(
        slug="former",
        brand_name="Former",
        status_note="The FDA took its breast-cancer approval back.",
        indications=[
            indication(
                summary="Old metastatic use",
                her2=("negative",),
                status="withdrawn",
                withdrawn_on="2011-11-18",
                withdrawn_reason="Small delay, serious risks.",
            )
        ],
    )
    publish(
        rash,
        medicine_rules=[
            medicine_rule(alpha, call="On the first day of a rash."),
            medicine_rule(draftium, call="Never to be read."),
            medicine_rule(unpublished, call="Not to be read any more."),
        ],
    )
    published_term("protein", slug="protein", definition="A building block of cells.")
    GlossaryTermFactory(slug="secret", term="Secret term")
    published_article(
        ("heading", "First part"),
        ("text", "<p>Words about a protein.</p>"),
        slug="reading-a-report",
        title="Reading a report",
        authors=[writer],
        related_drugs=[alpha, draftium],
        related_classes=[blue],
    )
    ArticleFactory(slug="secret", title="Secret article")
    unpublished.unpublish()
    beta = Drug.objects.get(slug="beta")
    beta.summary = "Secret draft"
    beta.save_revision()
    return Guide()


def add_medicines(number: int) -> None:
    """More live medicines, each with a class, an author, a look-alike, a partner and a rash."""
    blue, alpha = DrugClass.objects.get(slug="blue"), Drug.objects.get(slug="alpha")
    rash = SideEffect.objects.get(slug="rash")
    for _number in range(number):
        published_drug(
            classes=[blue],
            authors=list(alpha.authors.all()),
            not_the_same_as=[alpha],
            side_effects=[DrugSideEffect(effect="rash", explained_by=rash)],
            indications=[indication(partners=[alpha]), indication(her2=("negative",))],
        )


# --- What a reader sees


def parsed(response: Any) -> BeautifulSoup:
    """The page of a response."""
    return BeautifulSoup(response.content, "html.parser")


def words(found: Any) -> str:
    """The words of a page, a part of it or a response, with single spaces."""
    if not isinstance(found, Tag):
        found = parsed(found).body
    return " ".join(found.get_text(" ").split())


def results(soup: BeautifulSoup) -> list[str]:
    """The results of a list, in order: only what is marked as one, and inside the results."""
    marked = soup.select("[data-result]")
    inside = soup.select("#results article[data-result]")
    assert len(marked) == len(inside)
    return [str(article["data-result"]) for article in inside]


def field_words(soup: BeautifulSoup, name: str) -> str:
    """What stands at the form field ``name``: the widest part of the form with only its inputs."""
    control = soup.find(["input", "select"], attrs={"name": name})
    assert isinstance(control, Tag), f"no field {name}"
    part = control
    for parent in control.parents:
        if {one.get("name") for one in parent.find_all(["input", "select"])} - {name, None}:
            break
        part = parent
    return re.sub(r"\s+", " ", part.get_text(" "))


def chosen(soup: BeautifulSoup, name: str) -> list[str]:
    """The values of the form field ``name`` that are filled in."""
    found = [
        str(one.get("value", ""))
        for one in soup.find_all("input", attrs={"name": name})
        if one.get("type") not in ("radio", "checkbox") or one.has_attr("checked")
    ]
    found += [str(one["value"]) for one in soup.select(f"select[name={name}] option[selected]")]
    return [value for value in found if value]
