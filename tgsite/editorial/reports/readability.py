"""How hard every live entry is to read (content standard F1, section 4)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn

from tgsite.editorial.models import EditorialModel, ReadingFigures, entry_models
from tgsite.editorial.naming import Name, known
from tgsite.editorial.plain import relations
from tgsite.editorial.readability import BODY_GRADE, Section, measure
from tgsite.editorial.reports.base import (
    EditAddresses,
    Report,
    RowChoice,
    RowFilterSet,
    kind_choices,
)


class Level(TextChoices):
    """Whether the page, or one of its sections, is too hard."""

    ABOVE = "above", gettext_lazy("Above grade 8, the page or a section")
    WITHIN = "within", gettext_lazy("Grade 8 or below")
    UNGRADED = "ungraded", gettext_lazy("Too short for a grade")


@dataclass(frozen=True)
class Reading:
    """One entry with its figures."""

    kind: str
    kind_name: str
    name: str
    edit_url: str
    figures: ReadingFigures

    @property
    def words(self) -> int:
        """Words of prose."""
        return self.figures.words

    @property
    def grade(self) -> float | None:
        """Flesch-Kincaid grade of the page."""
        return self.figures.grade

    @property
    def smog(self) -> float | None:
        """SMOG grade of the page."""
        return self.figures.smog

    @property
    def sections(self) -> str:
        """The sections that are long enough for a grade, in their order."""
        return "; ".join(
            _("%(name)s: %(grade)s (SMOG %(smog)s, %(words)d words)")
            % {"name": name, "grade": grade, "smog": smog, "words": words}
            for name, words, grade, smog in self.figures.sections
            if grade is not None
        )

    @property
    def worst(self) -> str:
        """The hardest sentence."""
        return self.figures.worst

    @property
    def worst_grade(self) -> float | None:
        """Its grade."""
        return self.figures.worst_grade

    @property
    def level(self) -> Level:
        """Where it stands beside the limit of the standard."""
        grades = [self.grade, *(grade for _name, _words, grade, _smog in self.figures.sections)]
        known_grades = [grade for grade in grades if grade is not None]
        if not known_grades:
            return Level.UNGRADED
        return Level.ABOVE if max(known_grades) > BODY_GRADE else Level.WITHIN


def readings(user: Any) -> list[Reading]:
    """Every live entry; what was not measured since its last publication is measured now.

    Measuring takes about 30 ms an entry, so the first call of a new site takes some seconds.
    """
    edit = EditAddresses(user)
    names = _names_digest()
    kept = {(one.content_type_id, one.object_id): one for one in ReadingFigures.objects.all()}
    found = []
    for model in entry_models():
        content_type = ContentType.objects.get_for_model(model)
        entries = list(
            model.objects.live()
            .order_by(model.name_field)
            .values("pk", "live_revision_id", "last_published_at", shown=F(model.name_field))
        )
        basis = {
            one["pk"]: _digest(names, one["live_revision_id"], one["last_published_at"])
            for one in entries
        }
        figures = {pk: kept.get((content_type.pk, pk)) for pk in basis}
        figures |= _measured(
            model,
            {pk: basis[pk] for pk, one in figures.items() if not one or one.basis != basis[pk]},
        )
        found += [
            Reading(
                kind=model._meta.label_lower,
                kind_name=capfirst(str(model._meta.verbose_name)),
                name=one["shown"],
                edit_url=edit.of(model, one["pk"]),
                figures=row,
            )
            for one in entries
            if (row := figures[one["pk"]]) is not None
        ]
    return found


def _names_digest() -> str:
    """Names are taken out before measuring: a new medicine changes the grade of other pages."""
    kinds = (sorted(known(kind)) for kind in Name if kind is not Name.TERM)
    return _digest(*kinds)


def _digest(*parts: Any) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _measured(model: type[EditorialModel], basis: dict[int, str]) -> dict[int, ReadingFigures]:
    """Measure the entries of ``basis`` (primary key -> digest) and keep their figures."""
    if not basis:
        return {}
    content_type = ContentType.objects.get_for_model(model)
    with_rows = [name for name, _rows in relations(model)]
    measured = {}
    for entry in model.objects.filter(pk__in=basis).prefetch_related(*with_rows):
        reading = measure(entry)
        worst = reading.worst[0] if reading.worst else None
        measured[entry.pk], _made = ReadingFigures.objects.update_or_create(
            content_type=content_type,
            object_id=entry.pk,
            defaults={
                "basis": basis[entry.pk],
                "grade": reading.page.grade,
                "smog": reading.page.smog,
                "words": reading.page.words,
                "sections": [_kept(section) for section in reading.sections],
                "worst": worst.text if worst else "",
                "worst_grade": worst.grade if worst else None,
            },
        )
    return measured


def _kept(section: Section) -> list[Any]:
    return [section.name, section.words, section.grade, section.smog]


class ReadabilityFilterSet(RowFilterSet):
    """Kind and level."""

    kind = RowChoice(label=gettext_lazy("Kind"), choices=kind_choices)
    level = RowChoice(label=gettext_lazy("Level"), choices=Level.choices)


class ReadabilityReport(Report):
    """Every live entry, the hardest to read first."""

    page_title = gettext_lazy("Readability")
    header_icon = "doc-full"
    index_url_name = "editorial_reports:readability"
    index_results_url_name = "editorial_reports:readability_results"
    export_filename = "readability"
    filterset_class = ReadabilityFilterSet
    default_ordering = "-grade"
    columns = [
        TitleColumn(
            "name",
            label=gettext_lazy("Name"),
            sort_key="name",
            get_url=lambda row: row.edit_url or None,
        ),
        Column("kind_name", label=gettext_lazy("Kind"), sort_key="kind_name"),
        Column("words", label=gettext_lazy("Words"), sort_key="words"),
        Column("grade", label=gettext_lazy("Grade (Flesch-Kincaid)"), sort_key="grade"),
        Column("smog", label=gettext_lazy("SMOG"), sort_key="smog"),
        Column("sections", label=gettext_lazy("Sections of 100 words and more")),
        Column("worst", label=gettext_lazy("Hardest sentence")),
        Column("worst_grade", label=gettext_lazy("Its grade"), sort_key="worst_grade"),
    ]
    list_export = [column.name for column in columns]

    def rows(self) -> list[Reading]:
        """Every live entry."""
        return readings(self.request.user)
