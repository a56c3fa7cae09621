"""One factory a model, valid with no argument, nothing random that a test reads."""

from typing import Any

import factory
from wagtail.models import Orderable

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
    SideEffectSource,
)
from education.models import Article, ArticleSource, GlossarySource, GlossaryTerm
from tgsite.editorial.models import Contributor, EditorialModel

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
        self.sources = [DrugSource(title="Prescribing information", publisher="FDA", kind="regulator")]
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
    entry.publish(entry.save_revision(clean=False), starter=True)
    return type(entry).objects.get(pk=entry.pk)


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
