"""The closed lists that articles are sorted by. Labels are what readers see."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an article is for (design, section 4)."""

    EXPLAINER = "explainer", _("Explained")
    LIVING_WITH = "living-with", _("Living with treatment")
    QUESTIONS = "questions", _("Questions to ask")
    RESEARCH_NEWS = "research-news", _("Research news")
    SUPPORT = "support", _("Help and support")
    ABOUT = "about", _("About this guide")


class Topic(models.TextChoices):
    """What an article is about; it can have several.

    The list of articles follows this order, from first words to living with treatment.
    """

    BASICS = "basics", _("Targeted therapy explained")
    CLASSES = "classes", _("Kinds of medicine")
    TESTS = "tests", _("Tests and reports")
    GENES = "genes", _("Genes")
    STAGES = "stages", _("Stages and treatment plans")
    VISITS = "visits", _("Talking with your team")
    SIDE_EFFECTS = "side-effects", _("Side effects")
    DAILY_LIFE = "daily-life", _("Daily life")
    FAMILY = "family", _("Pregnancy and family")
    COST = "cost", _("Paying for treatment")
    RESEARCH = "research", _("Research")


class EvidenceLevel(models.TextChoices):
    """How sure a piece of news is (content standard, D2)."""

    COMPARED = "compared", _("In people: a trial that compared two treatments")
    NOT_COMPARED = "not-compared", _("In people: a trial that compared nothing")
    LAB = "lab", _("Not yet in people")


class Drawing(models.TextChoices):
    """Our own drawings; each is `templates/drawings/<code>.svg`, in steps `<code>/<number>.svg`."""

    HER2_SCORES = "her2-scores", _("HER2 scores from 0 to 3+")
    TWO_GENE_TESTS = "two-gene-tests", _("The two kinds of gene test")
    STAGES_AND_SETTINGS = "stages-and-settings", _("From diagnosis to treatment settings")
    CONJUGATE_STEPS = "conjugate-steps", _("An antibody-drug conjugate in 6 steps")


# A drawing in steps -> how many there are. Its words stand beside its pictures.
STEPS: dict[str, int] = {Drawing.CONJUGATE_STEPS: 6}
