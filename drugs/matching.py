"""Which medicines have an approved use for a stated diagnosis, and why (design, section 5).

Pure rules on plain values: no database, no request. A medicine matches when one single use, not a
mix of several, satisfies every stated answer; what is not stated never excludes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from django.utils.translation import gettext as _

from drugs.choices import INHERITED_MUTATIONS, TUMOR_MUTATIONS, Her2Status, HormoneReceptor

CURRENT = frozenset({"approved", "accelerated"})

HORMONE_RECEPTOR_ANSWERS = frozenset({"positive", "negative"})
# A patient's answer to `setting` -> the settings of a use that satisfy it.
SETTING_ANSWERS = {
    "early": frozenset({"neoadjuvant", "adjuvant"}),
    "neoadjuvant": frozenset({"neoadjuvant"}),
    "adjuvant": frozenset({"adjuvant"}),
    "locally-advanced": frozenset({"locally-advanced"}),
    "metastatic": frozenset({"metastatic"}),
}
# HER2-low and HER2-ultralow tumors are reported HER2-negative, so uses for HER2-negative cancer
# are theirs too. A plain negative result does not say that the tumor is low or ultralow.
HER2_ANSWERS = {
    "positive": frozenset({"positive"}),
    "low": frozenset({"low", "negative"}),
    "ultralow": frozenset({"ultralow", "negative"}),
    "negative": frozenset({"negative"}),
}

INHERITED = "inherited"
TUMOR = "tumor"
GENES = {INHERITED: INHERITED_MUTATIONS, TUMOR: TUMOR_MUTATIONS}
# Answers to `mutation` that say "tested, nothing found", and the groups they speak of.
NOTHING_FOUND = {
    "no-brca": frozenset({INHERITED}),
    "no-tumor": frozenset({TUMOR}),
    "none": frozenset({INHERITED, TUMOR}),
}
MUTATION_ANSWERS = {
    **{gene.lower(): gene for genes in GENES.values() for gene in sorted(genes)},
    **dict.fromkeys(NOTHING_FOUND, ""),
}


def groups_of(answer: str) -> frozenset[str]:
    """The tests (inherited, tumor) that an answer to `mutation` speaks of."""
    gene = MUTATION_ANSWERS[answer]
    if gene:
        return frozenset(group for group, genes in GENES.items() if gene in genes)
    return NOTHING_FOUND[answer]


class ContradictoryAnswersError(ValueError):
    """Two answers that cannot both be true, e.g. `no-brca` with `brca1`."""


@dataclass(frozen=True)
class Diagnosis:
    """What a patient stated; ``None`` and the empty set mean "not stated".

    ``genes`` are the changes found, as gene names; ``tested`` the groups (inherited, tumor) that
    were answered at all, whatever was found.
    """

    hormone_receptor: str | None = None
    her2: str | None = None
    setting: str | None = None
    genes: frozenset[str] = frozenset()
    tested: frozenset[str] = frozenset()

    @classmethod
    def stated(
        cls,
        hormone_receptor: str | None = None,
        her2: str | None = None,
        setting: str | None = None,
        mutation: Iterable[str] = (),
    ) -> Diagnosis:
        """From the parameter values of the list's address; empty text is "not stated".

        ``ContradictoryAnswersError`` when one answer says a gene is changed and another that
        nothing was found in its group; ``KeyError`` for a value that is not in the lists.
        """
        for value, known in (
            (hormone_receptor, HORMONE_RECEPTOR_ANSWERS),
            (her2, HER2_ANSWERS),
            (setting, SETTING_ANSWERS),
        ):
            if value and value not in known:
                raise KeyError(value)
        answers = set(mutation)
        genes = frozenset(MUTATION_ANSWERS[answer] for answer in answers) - {""}
        found = {group for group, members in GENES.items() if genes & members}
        nothing = frozenset(
            group for answer in answers for group in NOTHING_FOUND.get(answer, frozenset())
        )
        if found & nothing:
            raise ContradictoryAnswersError
        return cls(hormone_receptor or None, her2 or None, setting or None, genes, nothing | found)

    @property
    def is_stated(self) -> bool:
        """Whether anything at all was answered."""
        return self != Diagnosis()

    @property
    def parts(self) -> tuple[Diagnosis, ...]:
        """The answers one by one; a use satisfies the whole when it satisfies each part.

        Gene changes are one part, as the answers to both tests are read together.
        """
        alone = (
            Diagnosis(hormone_receptor=self.hormone_receptor),
            Diagnosis(her2=self.her2),
            Diagnosis(setting=self.setting),
            Diagnosis(genes=self.genes, tested=self.tested),
        )
        return tuple(part for part in alone if part.is_stated)

    def with_mutation(self, answer: str) -> Diagnosis:
        """With one more answer to `mutation`, and without what contradicts it.

        Of `none` only the half that contradicts is taken away. ``KeyError`` for an unknown answer.
        """
        gene, groups = MUTATION_ANSWERS[answer], groups_of(answer)
        if gene:
            return replace(self, genes=self.genes | {gene}, tested=self.tested | groups)
        without = self.without_tests(groups)
        return replace(without, tested=without.tested | groups)

    def without_tests(self, groups: Iterable[str]) -> Diagnosis:
        """With the tests of these groups (inherited, tumor) taken as not done."""
        gone = frozenset(groups)
        genes = frozenset(gene for group in gone for gene in GENES[group])
        return replace(self, genes=self.genes - genes, tested=self.tested - gone)


@dataclass(frozen=True)
class Use:
    """One labelled use, as the rules and the readers see it. Codes as in ``drugs.choices``."""

    summary: str = ""
    setting: frozenset[str] = frozenset()
    hormone_receptor: str = "any"
    her2: frozenset[str] = frozenset()
    mutations: tuple[str, ...] = ()
    other_biomarkers: tuple[str, ...] = ()
    for_whom: str = ""
    after: str = ""
    given_with: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    line: str = "any"
    line_note: str = ""
    status: str = "approved"
    confirmed: bool = True
    approved_on: str = ""
    key: str = ""

    @property
    def is_current(self) -> bool:
        """Whether the use counts at all: read in the label, approved and not withdrawn."""
        return self.confirmed and self.status in CURRENT

    @property
    def gene_groups(self) -> frozenset[str]:
        """The tests its gene changes need: inherited, tumor, both or none."""
        return frozenset(group for group, genes in GENES.items() if genes & set(self.mutations))


class HasUses(Protocol):
    """What the rules ask of a medicine."""

    @property
    def brand_name(self) -> str:
        """Orders medicines of the same place."""

    @property
    def uses(self) -> tuple[Use, ...]:
        """All uses, current or not, in the editor's order."""


M = TypeVar("M", bound=HasUses)


def satisfies(use: Use, diagnosis: Diagnosis) -> bool:
    """Whether this one use meets every stated answer."""
    return (
        use.is_current
        and (
            diagnosis.hormone_receptor is None
            or use.hormone_receptor in ("any", diagnosis.hormone_receptor)
        )
        and (diagnosis.her2 is None or not use.her2.isdisjoint(HER2_ANSWERS[diagnosis.her2]))
        and (
            diagnosis.setting is None
            or not use.setting.isdisjoint(SETTING_ANSWERS[diagnosis.setting])
        )
        and _genes_allow(use, diagnosis)
    )


def _genes_allow(use: Use, diagnosis: Diagnosis) -> bool:
    """An answer excludes only inside its own group: a tumor result says nothing about BRCA."""
    needed = use.gene_groups
    return (
        not needed
        or not needed <= diagnosis.tested
        or not diagnosis.genes.isdisjoint(use.mutations)
    )


def needs_unstated_change(use: Use, diagnosis: Diagnosis) -> bool:
    """Whether the use needs a gene change that the patient did not say they have."""
    return bool(use.mutations) and diagnosis.genes.isdisjoint(use.mutations)


# The places of a matching use. They sort the list; they are not a ranking of medicines.
HAS_ITS_CHANGE, CAN_BE_FIRST, AFTER_OTHERS = range(3)


def place(use: Use, diagnosis: Diagnosis) -> int:
    """Where the use stands: it needs a change the patient has; may be first; after others."""
    if use.mutations and not diagnosis.genes.isdisjoint(use.mutations):
        return HAS_ITS_CHANGE
    return AFTER_OTHERS if use.line == "later" else CAN_BE_FIRST


@dataclass(frozen=True)
class Match(Generic[M]):
    """A medicine that is listed, and every use for which it is: the answer to "why"."""

    medicine: M
    uses: tuple[Use, ...]
    place: int
    needs_test: bool
    """Whether every one of ``uses`` needs a gene change that was not stated."""


def match(medicine: M, diagnosis: Diagnosis) -> Match[M] | None:
    """The match of one medicine, or ``None``. Without a diagnosis every medicine is listed."""
    if not diagnosis.is_stated:
        current = tuple(use for use in medicine.uses if use.is_current)
        return Match(medicine, current, CAN_BE_FIRST, needs_test=False)
    uses = tuple(use for use in medicine.uses if satisfies(use, diagnosis))
    if not uses:
        return None
    return Match(
        medicine,
        uses,
        place=min(place(use, diagnosis) for use in uses),
        needs_test=all(needs_unstated_change(use, diagnosis) for use in uses),
    )


def match_all(medicines: Iterable[M], diagnosis: Diagnosis) -> tuple[Match[M], ...]:
    """All matches by place, then A to Z; only A to Z when no diagnosis is stated."""
    matches = (match(medicine, diagnosis) for medicine in medicines)
    return tuple(
        sorted(
            (found for found in matches if found),
            key=lambda found: (found.place, found.medicine.brand_name.casefold()),
        )
    )


@dataclass(frozen=True)
class Reason:
    """One line of "why is this listed": a heading for it and the words of the record."""

    kind: str
    heading: str
    text: str


def reasons(use: Use) -> tuple[Reason, ...]:
    """For whom, after which treatment, given with what, which test: in this order, if known."""
    lines = [
        Reason("for-whom", _("For whom"), use.for_whom),
        Reason("after", _("Earlier treatment"), _join([use.after, use.line_note])),
        Reason("given-with", _("Given with"), _join(use.given_with) or _("given alone")),
        Reason("test", _("Test needed"), _join([gene_test(use), *use.other_biomarkers])),
    ]
    return tuple(line for line in lines if line.text)


def gene_test(use: Use) -> str:
    """Which genes and which of the two tests, in plain words; empty text if none is needed."""
    if not use.mutations:
        return ""
    genes = _either(use.mutations)
    if use.gene_groups == {INHERITED}:
        return _("a %(genes)s change, by the inherited test (blood or saliva)") % {"genes": genes}
    return _("a %(genes)s change, by a test of the tumor (tissue or blood)") % {"genes": genes}


def receptor_results(hormone_receptor: str, her2: Iterable[str]) -> list[str]:
    """The words for codes of hormone receptors and HER2; nothing for what may be any result."""
    chosen = set(her2)
    found = [str(label) for code, label in Her2Status.choices if code in chosen]
    results = [_(" or ").join(found)] if found and len(chosen) < len(Her2Status.choices) else []
    # An old draft in the preview may hold a code that is no choice any more.
    if hormone_receptor in (HormoneReceptor.POSITIVE, HormoneReceptor.NEGATIVE):
        results.insert(0, str(HormoneReceptor(hormone_receptor).label).lower())
    return results


def change_mark(uses: Iterable[Use]) -> str:
    """The mark of a use, or of a medicine all of whose uses need a change not stated."""
    genes = _either(dict.fromkeys(gene for use in uses for gene in use.mutations))
    return _("Only with a %(genes)s change: ask about the test") % {"genes": genes}


def _join(texts: Iterable[str]) -> str:
    return "; ".join(text for text in texts if text)


def _either(words: Iterable[str]) -> str:
    *first, last = words
    return _("%(first)s or %(last)s") % {"first": ", ".join(first), "last": last} if first else last
