"""Articles and glossary terms (design, section 4)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField

from drugs.models import Drug, DrugClass
from education.blocks import BodyBlock
from education.choices import EvidenceLevel, Kind, Topic
from tgsite.editorial.fields import ChoiceSetField, LinesField, PartialDateField
from tgsite.editorial.models import EditorialModel, SourceRow


class Article(EditorialModel):
    """A text for readers: the answer first, then the body, then what to do."""

    title = models.CharField(
        max_length=120, help_text=_("The reader's question or the answer, at most 10 words.")
    )
    kind = models.CharField(
        max_length=16,
        choices=Kind.choices,
        default=Kind.EXPLAINER,
        help_text=_("“About this guide” puts the article under /about/."),
    )
    topics = ChoiceSetField(codes=Topic.choices, blank=True, help_text=_("Everything it is about."))
    summary = models.TextField(
        blank=True, help_text=_("The answer in two lines, at most 60 words.")
    )
    key_points = LinesField(
        blank=True, help_text=_("Three to five, one a line, at most 90 words in all.")
    )
    body = StreamField(BodyBlock(), blank=True)
    what_you_can_do = LinesField(
        blank=True, help_text=_("Steps in order, one a line, each beginning with a verb.")
    )
    not_known = LinesField(_("what is not known yet"), blank=True, help_text=_("One a line."))
    reported_on = PartialDateField(
        _("reported"), blank=True, help_text=_("The day of the news: 2026-05-15, 2026-05 or 2026.")
    )
    evidence_level = models.CharField(
        _("how sure it is"), max_length=16, choices=EvidenceLevel.choices, blank=True
    )
    unchanged = LinesField(
        _("what does not change today"),
        blank=True,
        help_text=_("For readers who are being treated now. One a line."),
    )
    related_drugs = ParentalManyToManyField(
        Drug, blank=True, related_name="+", verbose_name=_("related medicines")
    )
    related_classes = ParentalManyToManyField(DrugClass, blank=True, related_name="+")
    related_articles = ParentalManyToManyField(
        "self", symmetrical=False, blank=True, related_name="+"
    )

    name_field = "title"
    address_fields = ("slug", "kind")
    months_between_reviews = 12
    preview_view = "education.views.render_article"

    class Meta(EditorialModel.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["title"]
        constraints = [
            *EditorialModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="article_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(live=False) | ~models.Q(title=""), name="live_article_has_title"
            ),
            models.CheckConstraint(
                condition=models.Q(evidence_level__in=["", *EvidenceLevel.values]),
                name="article_evidence_level_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(live=False)
                | ~models.Q(kind=Kind.RESEARCH_NEWS)
                | ~models.Q(evidence_level="") & ~models.Q(unchanged=""),
                name="live_news_says_how_sure_it_is",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page: articles about the guide have a folder of their own."""
        return article_url(self.kind, self.slug or "")


def article_url(kind: str, slug: str) -> str:
    """The address of an article of ``kind``."""
    name = "about_page" if kind == Kind.ABOUT else "education:article"
    return reverse(name, args=[slug])


class ArticleSource(SourceRow):
    """A source of an article."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="sources")

    class Meta(SourceRow.Meta):
        verbose_name = _("source")
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="article_source_key"),
        ]


class GlossaryTerm(EditorialModel):
    """A word of the field in plain words; its first use on each page opens the definition."""

    term = models.CharField(
        max_length=80, help_text=_("Lower case, unless it is a name or an abbreviation.")
    )
    other_names = LinesField(
        blank=True,
        help_text=_("Words that mean exactly the same, one a line. They become links as well."),
    )
    definition = models.CharField(
        max_length=250, help_text=_("One sentence that stands alone, at most 25 words.")
    )
    explanation = models.TextField(
        _("longer text"), blank=True, help_text=_("One to three more sentences.")
    )
    pronunciation = models.CharField(max_length=80, blank=True, help_text=_("e.g. AD-joo-vant"))
    link_on_pages = models.BooleanField(
        _("link its first use on each page"),
        default=True,
        help_text=_("Not for a word that often means something else."),
    )

    name_field = "term"
    months_between_reviews = 12
    preview_view = "education.views.render_term"

    class Meta(EditorialModel.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["term"]
        constraints = [
            *EditorialModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(live=False) | ~models.Q(term="") & ~models.Q(definition=""),
                name="live_term_is_defined",
            ),
        ]

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("education:term", args=[self.slug])


class GlossarySource(SourceRow):
    """A source of a definition."""

    term = ParentalKey(GlossaryTerm, on_delete=models.CASCADE, related_name="sources")

    class Meta(SourceRow.Meta):
        verbose_name = _("source")
        constraints = [
            models.UniqueConstraint(fields=["term", "key"], name="glossary_source_key"),
        ]
