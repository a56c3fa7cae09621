"""The closed lists of the field, as codes in the program: nobody can delete one by accident.

Labels are what patients read. Source of the lists: design, sections 4 and 5.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Setting(models.TextChoices):
    """When in the course of the disease a use applies."""

    NEOADJUVANT = "neoadjuvant", _("Before surgery")
    ADJUVANT = "adjuvant", _("After surgery")
    LOCALLY_ADVANCED = (
        "locally-advanced",
        _("Has grown nearby and cannot be removed by surgery"),
    )
    METASTATIC = "metastatic", _("Has spread to other parts of the body (metastatic)")


class HormoneReceptor(models.TextChoices):
    """What a use asks of the hormone receptors (estrogen or progesterone)."""

    ANY = "any", _("Any hormone-receptor result")
    POSITIVE = "positive", _("Hormone receptor-positive")
    NEGATIVE = "negative", _("Hormone receptor-negative")


class Her2Status(models.TextChoices):
    """HER2 results a use covers; low and ultralow tumours are reported HER2-negative."""

    POSITIVE = "positive", _("HER2-positive")
    LOW = "low", _("HER2-low")
    ULTRALOW = "ultralow", _("HER2-ultralow")
    NEGATIVE = "negative", _("HER2-negative")


class Mutation(models.TextChoices):
    """Gene changes that a use can need; any one of those listed suffices."""

    BRCA1 = "BRCA1", "BRCA1"
    BRCA2 = "BRCA2", "BRCA2"
    PIK3CA = "PIK3CA", "PIK3CA"
    AKT1 = "AKT1", "AKT1"
    PTEN = "PTEN", "PTEN"


# Two different tests: blood or saliva for the inherited genes, tumour tissue or blood for the rest.
INHERITED_MUTATIONS = frozenset({Mutation.BRCA1.value, Mutation.BRCA2.value})
TUMOR_MUTATIONS = frozenset({Mutation.PIK3CA.value, Mutation.AKT1.value, Mutation.PTEN.value})


class Line(models.TextChoices):
    """Where a use stands in the order of treatments for its setting."""

    FIRST = "first", _("Can be the first treatment")
    LATER = "later", _("After other treatment")
    ANY = "any", _("First or later, or not stated")


class Status(models.TextChoices):
    """Approval by the US Food and Drug Administration (FDA)."""

    APPROVED = "approved", _("Approved")
    ACCELERATED = "accelerated", _("Accelerated approval")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Route(models.TextChoices):
    """How a medicine gets into the body."""

    IV_INFUSION = "iv-infusion", _("Infusion into a vein")
    SUBCUTANEOUS_INJECTION = "subcutaneous-injection", _("Injection under the skin")
    ORAL_TABLET = "oral-tablet", _("Tablets")
    ORAL_CAPSULE = "oral-capsule", _("Capsules")


class ClassKind(models.TextChoices):
    """Two ways to sort medicines; a medicine is usually in a class of each."""

    TARGET = "target", _("By what it acts on")
    TYPE = "type", _("By the type of medicine")


class ClassDrawing(models.TextChoices):
    """Where a class acts in one cell: each is `templates/drawings/class-<code>.svg`.

    The label is its caption. The map of the home page has a place for each (`drugs/cell_map.py`).
    """

    HER2 = "her2", _("Three ways to act on HER2")
    CDK4_6 = "cdk4-6", _("Where CDK4/6 inhibitors act: before a cell divides")
    PARP = "parp", _("One way to mend DNA is missing, another is blocked")
    PI3K = "pi3k", _("Where PI3K inhibitors act in the chain of messages to grow")
    AKT = "akt", _("Where AKT inhibitors act in the chain of messages to grow")
    MTOR = "mtor", _("Where mTOR inhibitors act in the chain of messages to grow")
    TROP2 = "trop2", _("How chemotherapy gets to a cell with TROP2")
    VEGF = "vegf", _("How an antibody catches VEGF on its way")
    ANTIBODY = "antibody", _("What an antibody can do on the edge of a cell")
    CONJUGATE = "conjugate", _("The way of an antibody that carries chemotherapy")
    TYROSINE_KINASE = "tyrosine-kinase", _("Where HER2 tablets act: inside the cell")

    @property
    def template(self) -> str:
        """Its template."""
        return f"drawings/class-{self.value}.svg"

    @classmethod
    def known(cls, code: str) -> ClassDrawing | None:
        """The drawing of a code; none for one that is not in the list any more, as in a draft."""
        return cls(code) if code in cls.values else None


class EffectGroup(models.TextChoices):
    """Side effects as the label sorts them."""

    COMMON = "common", _("Common")
    SERIOUS = "serious", _("Serious")


class UnconfirmedField(models.TextChoices):
    """Parts of a medicine's page that wait for a check against the current label.

    For these the page says "Ask your team" instead of the stored text.
    """

    BOXED_WARNINGS = "boxed_warnings", _("Boxed warnings")
    CHECKS = "checks", _("Tests before and during treatment")
    PREGNANCY = "pregnancy", _("Pregnancy and breastfeeding")
    INTERACTIONS = "interactions", _("Other medicines and food")
    STORAGE = "storage", _("Storage")
    MISSED_DOSE = "missed_dose", _("Missed dose")
