"""The map of the home page: the places in and around one cell where the live classes act."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from drugs.catalogue import Catalogue, ClassName
from drugs.choices import ClassDrawing

# From outside inward: the order in which the map and the list beside it are read.
PLACES: tuple[tuple[Promise, tuple[ClassDrawing, ...]], ...] = (
    (_("Around the cell"), (ClassDrawing.VEGF,)),
    (
        _("On the edge of the cell"),
        (
            ClassDrawing.ANTIBODY,
            ClassDrawing.CONJUGATE,
            ClassDrawing.HER2,
            ClassDrawing.TROP2,
        ),
    ),
    (
        _("Inside the cell"),
        (
            ClassDrawing.TYROSINE_KINASE,
            ClassDrawing.PI3K,
            ClassDrawing.AKT,
            ClassDrawing.MTOR,
            ClassDrawing.CDK4_6,
        ),
    ),
    (_("At its DNA"), (ClassDrawing.PARP,)),
)


@dataclass(frozen=True)
class Spot:
    """Where one class stands on the map."""

    drawing: ClassDrawing
    known: ClassName
    is_former: bool = False
    """Whether none of its medicines has an approved use for breast cancer any more."""

    @property
    def template(self) -> str:
        """The part of the map that leads to the class."""
        return f"drawings/map/{self.drawing.value}.svg"


@dataclass(frozen=True)
class Place:
    """A place in or around the cell, and the classes that act there."""

    heading: Promise
    spots: list[Spot]


def cell_map(catalogue: Catalogue) -> list[Place]:
    """Places with at least one live class, each class once.

    If two classes have the same drawing, the first of them, A to Z, has the spot.
    """
    by_drawing: dict[str, ClassName] = {}
    for known in catalogue.class_by_pk.values():
        by_drawing.setdefault(known.drawing, known)
    places = [
        Place(
            heading,
            [_spot(one, by_drawing[one], catalogue) for one in drawings if one in by_drawing],
        )
        for heading, drawings in PLACES
    ]
    return [place for place in places if place.spots]


def _spot(drawing: ClassDrawing, known: ClassName, catalogue: Catalogue) -> Spot:
    approvals = {medicine.approval for medicine in catalogue.in_class(known.slug)}
    return Spot(drawing, known, is_former=approvals == {"former"})
