"""One factory a model, valid with no argument, nothing random that a test reads."""

from typing import Any

import factory
from wagtail.models import Orderable, Revision

from drugs.models import (
    Drug,
    DrugClass,
    DrugClassSource,
    DrugForm,
    DrugSideEffect,
    DrugSource,
    Indication,
    LabelSource,
    MedicineRule,
    SideEffect,
    SideEffectRate,
    SideEffectSource,
    SupportProgram,
    TrialResult,
)
from education.models import Article, ArticleSource, GlossarySource, GlossaryTerm
from tgsite.editorial.models import Contributor, EditorialModel, SiteSettings

SET_ID = "492dbdb2-077e-4064-bff3-372d6af0a7a2"


class ContributorFactory(factory.django.DjangoModelFactory):
    """A reviewer with credentials."""

    slug = factory.Sequence(lambda n: f"person-{n}")
    name = factory.Sequence(lambda n: f"Person {n}")
    credentials = "MD"

    class Meta:
        model = Contributor
        skip_postgeneration_save = True


class DrugClassFactory(factory.django.DjangoModelFactory):
    """A class as a draft; ``publish`` makes it live."""

    slug = factory.Sequence(lambda n: f"class-{n}")
    name = factory.Sequence(lambda n: f"Class {n}")
    summary = "Medicines that block one protein."
    how_it_works = "They block it."
    live = False

    class Meta:
        model = DrugClass
        skip_postgeneration_save = True

    @factory.post_generation
    def rows(self, _create: bool, _extracted: Any, **_kwargs: Any) -> None:
        """The rows without which it cannot be published."""
        self.sources = [DrugClassSource(title="Label", publisher="FDA", kind="regulator")]
        self.save()


class DrugFactory(factory.django.DjangoModelFactory):
    """A medicine as a draft, complete enough for ``publish``; ``uses`` replaces its one use."""

    slug = factory.Sequence(lambda n: f"medicine-{n}")
    brand_name = factory.Sequence(lambda n: f"Medicine {n:04}")
    generic_name = factory.Sequence(lambda n: f"genericumab-{n:04}")
    summary = "A medicine for tests."
    how_it_works = "It blocks one protein."
    call_911 = "chest pain\ntrouble breathing"
    call_team_now = "new cough"
    live = False

    class Meta:
        model = Drug
        skip_postgeneration_save = True

    @factory.post_generation
    def rows(self, _create: bool, _extracted: Any, **_kwargs: Any) -> None:
        """The rows without which it cannot be published."""
        self.indications = [indication()]
        self.forms = [DrugForm(route="iv-infusion", form="infusion", schedule="every 3 weeks")]
        self.side_effects = [DrugSideEffect(effect="tiredness (fatigue)")]
        self.label_sources = [LabelSource(set_id=SET_ID, what="Label", main=True)]
        self.sources = [
            DrugSource(title="Prescribing information", publisher="FDA", kind="regulator")
        ]
        self.save()


class SideEffectFactory(factory.django.DjangoModelFactory):
    """A side effect as a draft, complete enough for ``publish``; it has no rule of a medicine."""

    slug = factory.Sequence(lambda n: f"side-effect-{n}")
    name = factory.Sequence(lambda n: f"Side effect {n:04}")
    summary = "Call your team early."
    description = "It can come with treatment."
    call_911 = "not waking up"
    call_team_now = "more than one day of it"
    self_care = "Rest when you need it."
    live = False

    class Meta:
        model = SideEffect
        skip_postgeneration_save = True

    @factory.post_generation
    def rows(self, _create: bool, _extracted: Any, **_kwargs: Any) -> None:
        """The row without which it cannot be published."""
        self.sources = [SideEffectSource(title="Label", publisher="FDA", kind="regulator")]
        self.save()


def medicine_rule(drug: Drug, **values: Any) -> MedicineRule:
    """An unsaved rule of ``drug`` for ``medicine_rules``, with ``values`` replaced."""
    fields = {"call": "At the first sign of it.", "source": "Label (FDA)"}
    return MedicineRule(drug=drug, **(fields | values))


class ArticleFactory(factory.django.DjangoModelFactory):
    """An article with one paragraph as a draft, complete enough for ``publish``."""

    slug = factory.Sequence(lambda n: f"article-{n}")
    title = factory.Sequence(lambda n: f"Article {n:04}")
    summary = "The answer in two lines."
    body = factory.LazyFunction(lambda: [{"type": "text", "value": "<p>The text.</p>"}])
    live = False

    class Meta:
        model = Article
        skip_postgeneration_save = True

    @factory.post_generation
    def rows(self, _create: bool, _extracted: Any, **_kwargs: Any) -> None:
        """The rows without which it cannot be published."""
        self.sources = [ArticleSource(title="Guideline", publisher="ASCO", kind="guideline")]
        self.save()


class GlossaryTermFactory(factory.django.DjangoModelFactory):
    """A term as a draft, complete enough for ``publish``; no page uses its word by chance."""

    slug = factory.Sequence(lambda n: f"term-{n}")
    term = factory.Sequence(lambda n: f"glossaryword{n:04}")
    definition = "One sentence that stands alone."
    live = False

    class Meta:
        model = GlossaryTerm
        skip_postgeneration_save = True

    @factory.post_generation
    def rows(self, _create: bool, _extracted: Any, **_kwargs: Any) -> None:
        """The row without which it cannot be published."""
        self.sources = [GlossarySource(title="Dictionary", publisher="NCI", kind="guideline")]
        self.save()


def indication(**values: Any) -> Indication:
    """An unsaved, confirmed use for HER2-positive metastatic cancer, with ``values`` replaced."""
    fields: dict[str, Any] = {
        "summary": "Metastatic HER2-positive breast cancer",
        "setting": ("metastatic",),
        "her2": ("positive",),
        "approved_on": "2020-01-02",
        "confirmed": True,
        "source": "Prescribing information (FDA)",
    }
    return Indication(**(fields | values))


def publish(entry: EditorialModel, **changes: Any) -> EditorialModel:
    """Change fields or child rows of ``entry``, publish it as starter content, return it anew.

    Rows without a place stand in the order of their list, as in the admin's forms.
    """
    for name, value in changes.items():
        for place, row in enumerate(value if isinstance(value, list) else []):
            if isinstance(row, Orderable) and row.sort_order is None:
                row.sort_order = place
        setattr(entry, name, value)
    publish_revision(entry.save_revision(clean=False))
    return type(entry).objects.get(pk=entry.pk)


def publish_revision(revision: Revision) -> None:
    """Publish ``revision`` through the gate, as starter content: no clinician has signed it."""
    revision.content_object.publish(revision, starter=True)


def published_drug(**changes: Any) -> Drug:
    """A live medicine with ``changes``."""
    return publish(DrugFactory(), **changes)  # type: ignore[return-value]


def published_article(*body: tuple[str, Any], **changes: Any) -> Article:
    """A live article with ``changes``; ``body`` are pairs of a block's type and stored value."""
    if body:
        changes["body"] = [{"type": kind, "value": value} for kind, value in body]
    return publish(ArticleFactory(), **changes)  # type: ignore[return-value]


def published_term(term: str, **changes: Any) -> GlossaryTerm:
    """A live glossary term with this word and ``changes``."""
    return publish(GlossaryTermFactory(term=term), **changes)  # type: ignore[return-value]


# --- Entries that a reviewer could sign: no content check stands in their way.

KEY_POINTS = "Ask about the test first.\nYou take it at home.\nCall your team early."
OTHER_CHOICES = (
    "Chemotherapy or hormone therapy.\nHaving no treatment: your team then eases what troubles you."
)
QUESTIONS = "Why this one?\nHow long?\nWhat else is there?\nWhom do I call?\nWhat does it cost?"


def places_to_ask() -> SiteSettings:
    """The texts of every page, with two places to ask."""
    places = [
        {"type": "place", "value": {"name": name, "what": "Questions.", "phone": "1-800-555-0100"}}
        for name in ("One", "Two")
    ]
    settings, _made = SiteSettings.objects.update_or_create(
        slug="site", defaults={"places_to_ask": places}
    )
    return settings


def whole(entry: EditorialModel, **changes: Any) -> Any:
    """``entry`` with an author, on a site with places to ask, and with ``changes``; not saved."""
    places_to_ask()
    entry.authors = [ContributorFactory()]
    for name, value in changes.items():
        setattr(entry, name, value)
    return entry


def trial_result(**values: Any) -> TrialResult:
    """An unsaved result with both arms, with ``values`` replaced."""
    fields = {
        "trial": "TEST-1",
        "uses": "Metastatic breast cancer",
        "outcome": "The cancer did not grow for",
        "finding": "The cancer stayed away for longer with the medicine.",
        "unit": "months",
        "with_value": "20",
        "without_value": "10",
        "people_with": 300,
        "people_without": 300,
        "follow_up": "2 years",
        "source": "Label, version 2",
        "source_date": "2026-05-15",
    }
    return TrialResult(**(fields | values))


def rate(**values: Any) -> SideEffectRate:
    """An unsaved side-effect figure with both arms, with ``values`` replaced."""
    fields = {
        "trial": "TEST-1",
        "effect": "rash",
        "unit": "people in 100",
        "with_all": "30",
        "with_severe": "2",
        "without_all": "10",
        "without_severe": "<1",
        "people_with": 300,
        "people_without": 300,
        "source": "Label, version 2",
        "source_date": "2026-05-15",
    }
    return SideEffectRate(**(fields | values))


def whole_drug(**changes: Any) -> Drug:
    """A medicine that nothing stands in the way of, with ``changes``; not saved with them."""
    fields: dict[str, Any] = {
        "pronunciation_brand": "ALL-fa",
        "pronunciation_generic": "jen-er-ik",
        "how_it_works": "It blocks one protein. Then the cell stops growing.",
        "key_points": KEY_POINTS,
        "pregnancy": "Use birth control, and for 7 months after the last dose. Do not breastfeed.",
        "daily_life": "You can work.\nYou can travel.\nYou may be tired.",
        "other_choices": OTHER_CHOICES,
        "not_known": "As of November 2026, nobody knows what it does after many years.",
        "questions": QUESTIONS,
        "forms": [DrugForm(route="iv-infusion", form="infusion", duration="30 minutes")],
        "trial_results": [trial_result()],
        "support_programs": [SupportProgram(name="Help with cost", sponsor="The maker")],
    }
    return whole(DrugFactory(), **(fields | changes))  # type: ignore[no-any-return]


def whole_class(**changes: Any) -> DrugClass:
    """The same of a class."""
    fields = {"key_points": KEY_POINTS, "other_choices": OTHER_CHOICES, "questions": QUESTIONS}
    fields["not_known"] = "As of November 2026, much."
    return whole(DrugClassFactory(), **(fields | changes))  # type: ignore[no-any-return]


def whole_side_effect(**changes: Any) -> SideEffect:
    """The same of a side effect."""
    return whole(SideEffectFactory(), **changes)  # type: ignore[no-any-return]


def whole_article(*body: tuple[str, Any], **changes: Any) -> Article:
    """The same of an article; ``body`` as for ``published_article``."""
    if body:
        changes["body"] = [{"type": kind, "value": value} for kind, value in body]
    return whole(ArticleFactory(), **changes)  # type: ignore[no-any-return]


def whole_term(**changes: Any) -> GlossaryTerm:
    """The same of a glossary term."""
    return whole(GlossaryTermFactory(), **changes)  # type: ignore[no-any-return]
