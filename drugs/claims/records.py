"""Of whom prose speaks, by every name in use, and what the records say of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from drugs.catalogue import Catalogue, Medicine, use_of
from drugs.choices import Status
from drugs.claims import words
from drugs.matching import Use
from drugs.models import Drug

_PART = re.compile(r",? and |, ")
_PREFIX = re.compile(r"^[a-z]{3}-(?=[a-z])")
_SUFFIX = re.compile(r"-[a-z]{4}$")
_ASIDE = re.compile(r" \([^)]*\)")
# Shorter names are words of other things as well.
SHORTEST = 4
# It helps others through the skin and is no medicine by itself.
HELPER = "hyaluronidase"


@dataclass(frozen=True)
class Record:
    """What is known of one medicine, as far as prose can contradict it."""

    name: str
    uses: tuple[Use, ...]
    routes: frozenset[str]
    uses_of_others: tuple[Use, ...] = ()
    """Those that other medicines have together with this one."""

    @property
    def is_approved(self) -> bool:
        """Whether a use for breast cancer stands today."""
        return any(use.is_current for use in self.uses)

    @property
    def lost_a_use(self) -> bool:
        """Whether a use was withdrawn."""
        return any(use.status == Status.WITHDRAWN for use in self.uses)


@dataclass(frozen=True)
class Subject:
    """Whom a name in a sentence means: one medicine, or several of which any will do."""

    name: str
    records: tuple[Record, ...]
    all: bool = False
    """What is said is said of every one of them."""


# Where names begin and end that are spoken of together, and whom they mean.
Group = tuple[int, int, tuple[Subject, ...]]


class Names:
    """Every name of the catalogue's medicines and classes, and what the records say of each.

    ``draft`` speaks for its medicine in place of what is published.
    """

    def __init__(self, catalogue: Catalogue, draft: Drug | None = None) -> None:
        medicines = catalogue.medicines
        uses = {one.pk: one.uses for one in medicines}
        routes = {one.pk: frozenset(one.routes) for one in medicines}
        if draft is not None:
            uses[draft.pk] = tuple(
                use_of(row, [str(one.slug) for one in row.partners.all()])
                for row in draft.indications.all()
            )
            routes[draft.pk] = frozenset(form.route for form in draft.forms.all())
        self.records = {
            one.pk: Record(
                one.brand_name,
                uses[one.pk],
                routes[one.pk],
                tuple(use for other in uses.values() for use in other if one.slug in use.partners),
            )
            for one in medicines
        }
        self._meant = _meant(catalogue)
        self._pattern = _any_of(self._meant)
        self._others = _any_of(
            name for name in catalogue.other_names if name.casefold() not in self._meant
        )

    def own(self, pks: Iterable[int], name: str) -> tuple[Subject, ...]:
        """Whom a page means that is about these medicines, where it names nobody."""
        known = tuple(self.records[pk] for pk in pks if pk in self.records)
        return (Subject(name, known),) if known else ()

    def groups(self, sentence: str) -> list[Group]:
        """The names in a sentence; those side by side ("A, B and C", "A (b)") in one group."""
        groups: list[Group] = []
        for start, end, subject in sorted(self._find(sentence), key=lambda found: found[0]):
            if words.ALL_BEFORE.search(sentence[:start]) or words.ALL_BEHIND.match(sentence, end):
                subject = replace(subject, all=True)
            if groups and sentence[groups[-1][1] : start].strip(" ,()/") in ("", "and", "or"):
                before, _end, subjects = groups[-1]
                groups[-1] = before, end, (*subjects, subject)
            elif not words.APART.search(sentence[:start]) or words.SAID_OF_IT.match(sentence, end):
                groups.append((start, end, (subject,)))
        return groups

    def meaning(self, pks: Collection[int]) -> re.Pattern[str]:
        """Finds every name that means one of these medicines, also beside others."""
        return _any_of(name for name, meant in self._meant.items() if not meant.isdisjoint(pks))

    def has_another(self, sentence: str) -> bool:
        """Whether a medicine without a page here is named, which is given in its own way."""
        return bool(self._others.search(sentence))

    def _find(self, text: str) -> Iterator[tuple[int, int, Subject]]:
        taken: list[range] = []
        for match in self._pattern.finditer(text):
            taken.append(range(*match.span()))
            meant = self._meant[match.group().casefold()]
            records = tuple(self.records[pk] for pk in sorted(meant))
            yield match.start(), match.end(), Subject(match.group(), records)
        for match in words.ANY_MEDICINE.finditer(text):
            if not any(match.start() in one for one in taken):
                everyone = tuple(self.records.values())
                yield match.start(), match.end(), Subject(match.group(), everyone)


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return words.words("|".join(map(re.escape, longest_first)) or "(?!)")


def _meant(catalogue: Catalogue) -> dict[str, set[int]]:
    """Name in lower case -> ids of the medicines that it means."""
    meant: dict[str, set[int]] = {}
    for one in catalogue.medicines:
        for name in names_of(one):
            meant.setdefault(name.casefold(), set()).add(one.pk)
    # A generic name means every medicine that is made of it.
    for one in catalogue.medicines:
        for part in _parts(one.generic_name):
            meant[part].add(one.pk)
    for known in catalogue.classes:
        members = {one.pk for one in catalogue.in_class(known.slug)}
        meant.setdefault(known.name.casefold(), set()).update(members)
    return meant


def names_of(medicine: Medicine) -> Iterator[str]:
    """Brand, generic name with and without prefix and suffix, other names, biosimilars."""
    found = [medicine.brand_name, *medicine.also_known_as, *_parts(medicine.generic_name)]
    found += [medicine.generic_name, _SUFFIX.sub("", medicine.generic_name)]
    found += [name for pair in medicine.biosimilars for name in pair]
    for name in found:
        bare = _ASIDE.sub("", name).strip()
        if len(bare) >= SHORTEST:
            yield bare


def _parts(generic_name: str) -> list[str]:
    """Each medicine of a generic name in lower case, with and without the letters of a maker."""
    parts = [_SUFFIX.sub("", part) for part in _PART.split(generic_name.casefold())]
    bare = [_PREFIX.sub("", part) for part in parts]
    found = dict.fromkeys(one for one in (*parts, *bare) if len(one) >= SHORTEST and one != HELPER)
    return list(found)
