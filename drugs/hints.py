"""What stands beside the results: report words that mean HER2-low, and help with a short list.

Nothing here counts as a result. Receptor and HER2 answers are never proposed for dropping.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drugs.catalogue import Catalogue, Medicine
from drugs.finder import Question, count_with, in_words, mask
from drugs.matching import GENES, INHERITED

# A list of this length or less comes with help; the empty one always does.
SHORT_LIST = 2

# What can be asked of `setting`, in the words of the form. `early` holds the two below it.
SETTING_ANSWERS: list[tuple[str, str | Promise]] = [
    ("early", gettext_lazy("Stage I to III, surgery planned or done")),
    ("neoadjuvant", gettext_lazy("Stage I to III, before surgery")),
    ("adjuvant", gettext_lazy("Stage I to III, after surgery")),
    ("locally-advanced", gettext_lazy("Has grown nearby and cannot be removed by surgery")),
    ("metastatic", gettext_lazy("Has spread to other parts of the body (metastatic)")),
]


@dataclass(frozen=True)
class Relaxation:
    """One answer to look at again: a sentence, the question it leads to, and its results."""

    text: str
    question: Question
    count: int

    @property
    def count_text(self) -> str:
        """The number of medicines in words."""
        return in_words(self.count)


@dataclass(frozen=True)
class LowHint:
    """Medicines that each result would add to a HER2-negative one, A to Z."""

    low: tuple[Medicine, ...]
    ultralow: tuple[Medicine, ...]


@dataclass(frozen=True)
class ShortListHelp:
    """What an empty or very short list says, in this order."""

    sentence: str
    relaxations: tuple[Relaxation, ...]
    check_report: tuple[str, ...]


def her2_low(catalogue: Catalogue, question: Question) -> LowHint | None:
    """For a plain HER2-negative answer: what `low` or `ultralow` would add, if anything."""
    if question.diagnosis.her2 != "negative":
        return None
    listed = mask(catalogue, question)

    def added(result: str) -> tuple[Medicine, ...]:
        other = replace(question, diagnosis=replace(question.diagnosis, her2=result))
        return catalogue.masks.members(mask(catalogue, other) & ~listed)

    hint = LowHint(added("low"), added("ultralow"))
    return hint if hint.low or hint.ultralow else None


def short_list(catalogue: Catalogue, question: Question) -> ShortListHelp | None:
    """Help for a list of ``SHORT_LIST`` results or fewer; ``None`` for a longer one."""
    found = count_with(catalogue, question)
    if found > SHORT_LIST:
        return None
    fitting = count_with(catalogue, Question(question.diagnosis))
    relaxations = tuple(
        relaxation for relaxation in _relaxations(catalogue, question) if relaxation.count > found
    )
    if found and not question.diagnosis.is_stated and not relaxations:
        return None
    reports = _check_report(question) if fitting <= SHORT_LIST else ()
    return ShortListHelp(_sentence(question, found, fitting), relaxations, reports)


def _sentence(question: Question, found: int, fitting: int) -> str:
    """The first words. ``fitting`` counts what fits the diagnosis alone, whatever the search."""
    if fitting > found and question.diagnosis.is_stated:
        return _("More medicines fit your answers: the name, class or route leaves them out.")
    if fitting > found:
        return (
            _("No other medicine in this guide fits this search.")
            if found
            else _("No medicine in this guide fits exactly this search.")
        )
    return _(
        "No other medicine in this guide has US approval for exactly these answers. "
        "That does not mean there is no treatment: surgery, radiation, chemotherapy, hormone "
        "therapy and immunotherapy are not listed here. Ask your team."
    )


def _check_report(question: Question) -> tuple[str, ...]:
    answers = []
    if question.diagnosis.hormone_receptor:
        answers.append(_("Hormone receptors: check this result in your report."))
    if question.diagnosis.her2:
        answers.append(_("HER2: check this result in your report."))
    return tuple(answers)


def _relaxations(catalogue: Catalogue, question: Question) -> Iterator[Relaxation]:
    """Only what can change: the setting, a gene test not done, the words, class and route."""
    diagnosis = question.diagnosis
    if diagnosis.setting:
        for answer, label in SETTING_ANSWERS:
            if answer != diagnosis.setting:
                text = _("If the answer on surgery were: %(answer)s") % {"answer": label}
                changed = replace(diagnosis, setting=answer)
                yield _relaxation(catalogue, question, text, diagnosis=changed)
    for group in GENES:
        nothing_found = group in diagnosis.tested and diagnosis.genes.isdisjoint(GENES[group])
        if nothing_found:
            text = (
                _("If the inherited test (blood or saliva) is not done yet: choose I don't know")
                if group == INHERITED
                else _("If the tumor's genes are not tested yet: choose I don't know")
            )
            changed = diagnosis.without_tests({group})
            yield _relaxation(catalogue, question, text, diagnosis=changed)
    if question.words:
        yield _relaxation(catalogue, question, _("Without the words you typed"), words="")
    if question.classes:
        yield _relaxation(catalogue, question, _("In all classes"), classes=frozenset())
    if question.routes:
        yield _relaxation(
            catalogue, question, _("However the medicine is given"), routes=frozenset()
        )


def _relaxation(catalogue: Catalogue, question: Question, text: str, **replaced: Any) -> Relaxation:
    return Relaxation(
        text, replace(question, **replaced), count_with(catalogue, question, **replaced)
    )
