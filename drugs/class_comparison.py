"""What the medicines of a class share and how they differ, read off their records.

Only what a record says in codes or names is set side by side: no figure of a trial, no ranking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drugs.catalogue import Catalogue, Medicine
from drugs.choices import Line, Setting
from drugs.matching import Use, gene_test, receptor_results

FEWEST = 2


@dataclass(frozen=True)
class Difference:
    """What the records of some members say, and whose they are, A to Z."""

    words: str
    medicines: tuple[Medicine, ...]


@dataclass(frozen=True)
class Feature:
    """One thing that records tell: what those of all members say, and what some of them say."""

    heading: str
    shared: tuple[str, ...]
    different: tuple[Difference, ...]


# Medicine -> what its record says on one thing, in plain words.
Reading = Callable[[Medicine], Iterable[str]]


def compare_members(medicines: Iterable[Medicine], catalogue: Catalogue) -> list[Feature]:
    """Feature by feature; nothing if fewer than two members have a current breast-cancer use."""
    members = [one for one in medicines if one.approval == "current"]
    if len(members) < FEWEST:
        return []
    readings = [*_READINGS, (_("Side effects that their labels list"), _effects(catalogue))]
    found = (_feature(str(heading), read, members) for heading, read in readings)
    return [feature for feature in found if feature.shared or feature.different]


def _feature(heading: str, read: Reading, members: list[Medicine]) -> Feature:
    said: dict[str, list[Medicine]] = {}
    for member in members:
        for words in dict.fromkeys(read(member)):
            said.setdefault(words, []).append(member)
    return Feature(
        heading,
        shared=tuple(words for words, who in said.items() if len(who) == len(members)),
        different=tuple(
            Difference(words, tuple(who)) for words, who in said.items() if len(who) < len(members)
        ),
    )


def _of_uses(read: Callable[[Use], Iterable[str]]) -> Reading:
    """What the current uses say, in their order."""
    return lambda one: (words for use in one.uses if use.is_current for words in read(use))


def _settings(use: Use) -> list[str]:
    return [str(label) for code, label in Setting.choices if code in use.setting]


def _cancer(use: Use) -> list[str]:
    return [", ".join(receptor_results(use.hormone_receptor, use.her2)) or _("any of these")]


def _gene(use: Use) -> list[str]:
    return [gene_test(use) or _("no gene change needed")]


def _place(use: Use) -> list[str]:
    return [str(Line(use.line).label)]


def _alone_or_not(use: Use) -> list[str]:
    return [_("with other medicines") if use.given_with else _("alone")]


def _effects(catalogue: Catalogue) -> Reading:
    names = {pk: effect.name for pk, effect in catalogue.effect_by_pk.items()}
    return lambda one: (names[row.explained_by] for row in one.effects if row.explained_by in names)


_READINGS: tuple[tuple[str | Promise, Reading], ...] = (
    (gettext_lazy("What they act on"), lambda one: one.targets),
    (gettext_lazy("How you have them"), lambda one: one.route_labels),
    (gettext_lazy("For which cancers, by test results"), _of_uses(_cancer)),
    (gettext_lazy("When"), _of_uses(_settings)),
    (gettext_lazy("Gene test"), _of_uses(_gene)),
    (gettext_lazy("Place among treatments"), _of_uses(_place)),
    (gettext_lazy("Alone or with others"), _of_uses(_alone_or_not)),
)
