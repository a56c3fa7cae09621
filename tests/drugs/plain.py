"""Uses, medicines and catalogues as plain values, valid with no argument; no database."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from drugs.catalogue import Catalogue, ClassName, Medicine
from drugs.finder import Found, Question, find
from drugs.matching import Diagnosis, Use

_numbers = count(1)


def a_use(
    setting: Iterable[str] = ("metastatic",), her2: Iterable[str] = ("positive",), **fields: Any
) -> Use:
    """A confirmed, approved use; ``setting`` and ``her2`` are any iterables of codes."""
    return Use(setting=frozenset(setting), her2=frozenset(her2), **fields)


def a_medicine(brand_name: str = "Example", *uses: Use, **fields: Any) -> Medicine:
    """A medicine with these uses; ``fields`` replace what the others are filled with."""
    slug = brand_name.lower().replace(" ", "-")
    filled = {
        "pk": next(_numbers),
        "slug": slug,
        "url": f"/drugs/{slug}/",
        "generic_name": f"generic {brand_name}",
        "also_known_as": (),
        "biosimilars": (),
        "searchable": brand_name.casefold(),
        "summary": "",
        "status_note": "",
        "targets": (),
        "classes": (),
        "routes": (),
        "look_alikes": (),
        "effects": (),
        "reviewed_on": None,
        "review_due": None,
        "updated_at": None,
    }
    return Medicine(brand_name=brand_name, uses=uses, **{**filled, **fields})


def classes(*slugs: str) -> tuple[ClassName, ...]:
    """Classes that are named like their slugs."""
    return tuple(ClassName(number, slug, slug) for number, slug in enumerate(slugs))


def a_catalogue(*medicines: Medicine) -> Catalogue:
    """A catalogue of these medicines."""
    return Catalogue(version=1, medicines=medicines)


def asked(**answers: Any) -> Question:
    """The question with these parameters of the list's address, e.g. ``mutation=["brca1"]``."""
    return Question(Diagnosis.stated(**answers))


def brands(found: Found) -> list[str]:
    """Brand names in the order of the list."""
    return [match.medicine.brand_name for match in found]


def listed(catalogue: Catalogue, **answers: Any) -> list[str]:
    """Brand names that these answers list, in order."""
    return brands(find(catalogue, asked(**answers)))
