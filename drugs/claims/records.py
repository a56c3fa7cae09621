"""Of whom prose speaks, by every name in use, and what the records say of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Model

from drugs.catalogue import Catalogue, use_of
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

    @property
    def label(self) -> str:
        """As an editor is told of it: whatever one medicine is called here, by its brand name."""
        return self.records[0].name if len(self.records) == 1 else self.name


# Where names begin and end that are spoken of together, and whom they mean.
Group = tuple[int, int, tuple[Subject, ...]]


class Names:
    """Every name of the catalogue's medicines and classes, and what the records say of each.

    ``drafts`` speak for their medicine in place of what is published: the record is that of the
    last one, and the names of each mean it.
    """

    def __init__(self, catalogue: Catalogue, *drafts: Drug) -> None:
        self._catalogue = catalogue
        known = {one.pk: (one.brand_name, one.uses, one.routes) for one in catalogue.medicines}
        known |= {key_of(draft): _of_draft(draft) for draft in drafts}
        self.records = {
            pk: Record(
                name,
                uses,
                frozenset(routes),
                tuple(
                    use
                    for _name, others, _routes in known.values()
                    for use in others
                    if pk in catalogue.by_pk and catalogue.by_pk[pk].slug in use.partners
                ),
            )
            for pk, (name, uses, routes) in known.items()
        }
        self._meant = _meant(catalogue, drafts)
        self._pattern = _any_of(self._meant)
        self._others = _any_of(
            name for name in catalogue.other_names if name.casefold() not in self._meant
        )

    def members(self, slug: str) -> list[int]:
        """The medicines of a class."""
        return [one.pk for one in self._catalogue.in_class(slug)]

    def own(self, pks: Iterable[int], name: str = "") -> tuple[Subject, ...]:
        """Whom words mean that are about these medicines, where they name nobody."""
        known = tuple(self.records[pk] for pk in pks if pk in self.records)
        return (Subject(name or known[0].name, known),) if known else ()

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
            # Some letters are alike to the pattern and differ in lower case.
            meant = self._meant.get(match.group().casefold(), ())
            records = tuple(self.records[pk] for pk in sorted(meant))
            yield match.start(), match.end(), Subject(match.group(), records)
        for match in words.ANY_MEDICINE.finditer(text):
            if not any(match.start() in one for one in taken):
                everyone = tuple(self.records.values())
                yield match.start(), match.end(), Subject(match.group(), everyone)


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return words.words("|".join(map(re.escape, longest_first)) or "(?!)")


def _meant(catalogue: Catalogue, drafts: Iterable[Drug]) -> dict[str, set[int]]:
    """Name in lower case -> ids of the medicines that it means."""
    meant: dict[str, set[int]] = {}
    for one in catalogue.medicines:
        others = [*one.also_known_as, *(name for pair in one.biosimilars for name in pair)]
        for name in _names(one.brand_name, one.generic_name, others):
            meant.setdefault(name, set()).add(one.pk)
    for draft in drafts:
        others = draft.also_known_as.splitlines()
        for row in draft.biosimilars.all():
            others += [row.brand_name, row.generic_name]
        for name in _names(draft.brand_name, draft.generic_name, others):
            meant.setdefault(name, set()).add(key_of(draft))
    for known in catalogue.classes:
        members = {one.pk for one in catalogue.in_class(known.slug)}
        meant.setdefault(known.name.casefold(), set()).update(members)
    return meant


def _names(brand_name: str, generic_name: str, others: Iterable[str]) -> Iterator[str]:
    """Every name of a medicine in lower case; a generic name with and without its suffix."""
    found = [brand_name, generic_name, _SUFFIX.sub("", generic_name), *others]
    for name in (*found, *_parts(generic_name)):
        bare = _bare(name)
        if len(bare) >= SHORTEST:
            yield bare


def _parts(generic_name: str) -> list[str]:
    """Each medicine of a generic name, with and without the letters of a maker."""
    parts = [_SUFFIX.sub("", part) for part in _PART.split(_bare(generic_name))]
    bare = [_PREFIX.sub("", part) for part in parts]
    return [one for one in (*parts, *bare) if one != HELPER]


def _bare(name: str) -> str:
    return " ".join(_ASIDE.sub("", name).casefold().split())


def key_of(entry: Model) -> int:
    """Its id; that of a draft that was never saved is of nobody else."""
    return entry.pk or 0


def uses_of(draft: Drug) -> tuple[Use, ...]:
    """The uses of a draft, its rows in memory."""
    return tuple(
        # A link has no place of its own.
        use_of(row, sorted(str(one.slug) for one in row.partners.all()))
        for row in draft.indications.all()
    )


def _of_draft(draft: Drug) -> tuple[str, tuple[Use, ...], tuple[str, ...]]:
    return draft.brand_name, uses_of(draft), tuple(form.route for form in draft.forms.all())
