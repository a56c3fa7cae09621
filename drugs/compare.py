"""Which medicines are to stand side by side: the address that asks for them, and what it may ask.

What then stands there: `drugs/compare_page.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from drugs.catalogue import Catalogue, ClassName, Medicine

FEWEST, MOST = 2, 4
# Of what a reader typed into the address: enough to recognise it, too little to fill a screen.
LONGEST_WORD = 40
MOST_NAMES = 4


def compare_url(slugs: Iterable[str]) -> str:
    """The address that sets the medicines with these slugs side by side, in this order."""
    return reverse("drugs:compare", query={"drug": list(slugs)})


def can_be_compared(medicines: Sequence[Medicine]) -> bool:
    """Whether there are enough of them, and not too many to stand side by side."""
    return FEWEST <= len(medicines) <= MOST


@dataclass(frozen=True)
class Offer:
    """A class whose medicines all fit side by side, and the address that sets them so."""

    drug_class: ClassName
    medicines: list[Medicine]
    url: str


def offers(catalogue: Catalogue) -> list[Offer]:
    """The classes that can be compared as a whole, A to Z."""
    members = [(known, catalogue.in_class(known.slug)) for known in catalogue.classes]
    return [
        Offer(known, medicines, compare_url(one.slug for one in medicines))
        for known, medicines in members
        if can_be_compared(medicines)
    ]


@dataclass(frozen=True)
class Choice:
    """The medicines that the address asks for, in its order; sentences on what is left out."""

    medicines: tuple[Medicine, ...]
    messages: tuple[str, ...]


def choose(catalogue: Catalogue, asked: Iterable[str]) -> Choice:
    """At most four medicines for the values of ``drug`` in the address, each once."""
    slugs = [value.strip() for value in asked]
    found = [medicine for medicine in map(catalogue.found, slugs) if medicine]
    medicines = tuple(dict.fromkeys(found))
    unknown = dict.fromkeys(slug for slug in slugs if slug and not catalogue.found(slug))
    return Choice(
        medicines[:MOST],
        (
            *_unknown(list(unknown)),
            *_too_many(medicines[MOST:]),
            *_repeated(found),
            *_empty(slugs),
        ),
    )


def _unknown(slugs: list[str]) -> list[str]:
    if not slugs:
        return []
    sentence = ngettext(
        "Left out: %(names)s. This guide has no medicine under this name.",
        "Left out: %(names)s. This guide has no medicines under these names.",
        len(slugs),
    )
    return [sentence % {"names": _listed(f"“{_readable(slug)}”" for slug in slugs)}]


def _too_many(medicines: Sequence[Medicine]) -> list[str]:
    sentence = _("Left out: %(names)s. No more than four medicines fit side by side.")
    return [sentence % {"names": _listed(one.full_name for one in medicines)}] if medicines else []


def _repeated(found: list[Medicine]) -> list[str]:
    times = Counter(medicine.full_name for medicine in found)
    repeated = [name for name, number in times.items() if number > 1]
    sentence = _("Chosen more than once, shown once: %(names)s.")
    return [sentence % {"names": _listed(repeated)}] if repeated else []


def _empty(slugs: list[str]) -> list[str]:
    return [] if all(slugs) else [_("No medicine was chosen in the list. Choose one there.")]


def _listed(names: Iterable[str]) -> str:
    """The first few names, and how many more there are."""
    known = list(names)
    more = len(known) - MOST_NAMES
    if more > 0:
        known[MOST_NAMES:] = [ngettext("%(n)d more", "%(n)d more", more) % {"n": more}]
    return ", ".join(known)


def _readable(text: str) -> str:
    """Words from an address, short and without signs that nobody sees."""
    visible = "".join(sign if sign.isprintable() else " " for sign in text[: 2 * LONGEST_WORD])
    return Truncator(" ".join(visible.split())).chars(LONGEST_WORD) or "?"
