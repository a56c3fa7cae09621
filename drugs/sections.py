"""The sections of an entry's page, in their order, and when each is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from drugs.models import Drug
from tgsite.editorial.site import site_settings


class HasDrug(Protocol):
    """What the sections of a medicine's page ask of it."""

    @property
    def drug(self) -> Drug:
        """The medicine with its rows."""


@dataclass(frozen=True)
class Section:
    """One section of an entry's page. ``key`` is its address and names its template."""

    key: str
    heading: str | Promise
    is_shown: Callable[[Any], object]
    folder: str = "sections"

    @property
    def template(self) -> str:
        """The template of what stands under the heading."""
        return f"drugs/{self.folder}/_{self.key.replace('-', '_')}.html"


def _known(*fields: str) -> Callable[[HasDrug], object]:
    """Whether any of ``fields`` has text, or waits for a check and so says "ask your team"."""
    return lambda page: any(
        getattr(page.drug, name) or name in page.drug.unconfirmed for name in fields
    )


def _rows(*relations: str) -> Callable[[HasDrug], object]:
    """Whether the medicine has rows of any of these kinds."""
    return lambda page: any(getattr(page.drug, name).all() for name in relations)


def _either(*tests: Callable[[HasDrug], object]) -> Callable[[HasDrug], object]:
    return lambda page: any(test(page) for test in tests)


def _always(_page: Any) -> bool:
    return True


def _of_class(key: str, heading: str | Promise, *fields: str) -> Section:
    """A section of a class's page, there if one of ``fields`` has text or no field is named."""
    return Section(key, heading, lambda page: _filled(page.drug_class, fields), "class_sections")


def _of_effect(key: str, heading: str | Promise, *fields: str) -> Section:
    """The same for a side effect's page."""
    return Section(key, heading, lambda page: _filled(page.effect, fields), "effect_sections")


def _filled(entry: Any, fields: tuple[str, ...]) -> bool:
    return not fields or any(getattr(entry, name) for name in fields)


# The order of content standard, section 6. A section stands on a page that has something for it.
SECTIONS = (
    Section(
        "boxed-warnings", _("Boxed warnings: the most serious risks"), _known("boxed_warnings")
    ),
    Section("not-for", _("Who must not have it"), _known("contraindications")),
    Section("uses", _("Uses in breast cancer"), _rows("indications")),
    Section("how-it-works", _("How it works"), _known("how_it_works", "payload")),
    Section("how-given", _("How you have it"), _either(_rows("forms"), _known("how_to_take"))),
    Section("tests", _("Tests before and during treatment"), _known("checks", "test_needed")),
    Section(
        "trial-results",
        _("What it may do for you: what trials measured"),
        _rows("trial_results", "indications"),
    ),
    Section(
        "side-effects",
        _("Side effects"),
        _either(_rows("side_effects", "side_effect_rates"), _known("effect_timing")),
    ),
    Section("pregnancy", _("Pregnancy, birth control and breastfeeding"), _always),
    Section("interactions", _("Other medicines and food"), _known("interactions")),
    Section("storage", _("Missed dose and storage"), _known("missed_dose", "storage")),
    Section("daily-life", _("Daily life"), _known("daily_life")),
    Section("other-choices", _("Other choices"), _known("other_choices")),
    Section("not-known", _("What is not known yet"), _known("not_known")),
    Section(
        "versions", _("Biosimilars and generics"), _either(_rows("biosimilars"), _known("generics"))
    ),
    Section("cost", _("Help with cost"), _either(_rows("support_programs"), _known("cost_note"))),
    Section("questions", _("Questions to ask your team"), _known("questions")),
    Section("someone-to-talk-to", _("Someone to talk to"), lambda _page: site_settings().places),
    Section("read-on", _("Read on"), _always),
    Section("what-changed", _("What changed"), _known("change_note")),
    Section("labels", _("The official US label"), _rows("label_sources")),
    Section("sources", _("Sources"), _rows("sources")),
    Section("about-this-page", _("About this page"), _always),
)


CLASS_SECTIONS = (
    _of_class("who-for", _("Who they are for, and the test that decides"), "who_for"),
    _of_class("how-it-works", _("How they work"), "how_it_works", "targets"),
    _of_class("how-given", _("How they are given"), "given_as"),
    _of_class("medicines", _("The medicines")),
    Section(
        "differences",
        _("How they differ, and what was never compared"),
        lambda page: page.features or page.drug_class.never_compared,
        "class_sections",
    ),
    _of_class("side-effects", _("Typical side effects"), "typical_side_effects"),
    _of_class("tests", _("Tests before and during treatment"), "tests_needed"),
    _of_class("other-choices", _("Other choices"), "other_choices"),
    _of_class("not-known", _("What is not known yet"), "not_known"),
    _of_class("questions", _("Questions to ask your team"), "questions"),
    _of_class("read-on", _("Read on")),
    _of_class("what-changed", _("What changed"), "change_note"),
    Section("sources", _("Sources"), lambda page: page.drug_class.sources.all(), "class_sections"),
    _of_class("about-this-page", _("About this page")),
)
# The same for each medicine side by side; a cell says so where its record has nothing.
COMPARE_SECTIONS = tuple(
    Section(key, heading, _always, "compare_sections")
    for key, heading in (
        ("names", _("Names and approval")),
        ("uses", _("Uses in breast cancer")),
        ("class", _("What it is")),
        ("how-given", _("How you have it, and how often")),
        ("boxed-warnings", _("Boxed warnings: the most serious risks")),
        ("side-effects", _("Side effects")),
        ("tests", _("Tests before and during treatment")),
        ("pregnancy", _("Pregnancy, birth control and breastfeeding")),
    )
)
EFFECT_SECTIONS = (
    Section("rules", _("When to call, by medicine"), lambda page: page.rules, "effect_sections"),
    _of_effect("what-it-is", _("What it is"), "description"),
    _of_effect("at-home", _("What you can do at home"), "self_care"),
    _of_effect("tests", _("Tests your team may do"), "checks"),
    _of_effect("medicines", _("Medicines that can cause it")),
    _of_effect("not-known", _("What is not known yet"), "not_known"),
    _of_effect("what-changed", _("What changed"), "change_note"),
    Section("sources", _("Sources"), lambda page: page.effect.sources.all(), "effect_sections"),
    _of_effect("about-this-page", _("About this page")),
)


@dataclass(frozen=True)
class _Alone:
    """A medicine without the rest of its page: all that the tests of its sections ask for."""

    drug: Drug


def keys_of(drug: Drug) -> list[str]:
    """The addresses, on a medicine's page, of the sections that it has something for."""
    return [section.key for section in SECTIONS if section.is_shown(_Alone(drug))]
