"""Words of a diagnosis lead to the list with these answers filled in (design, sections 5 and 8).

A wrong answer is the worst outcome: where anything is denied, doubted or contradictory, nothing is
suggested.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from drugs.filters import DrugFilterSet, list_url
from drugs.matching import HAS_ITS_CHANGE
from drugs.search import genes, her2, phrases
from tgsite.search.intents import Suggestion, register_intent
from tgsite.search.understanding import Understood

# How near a word must stand to deny or doubt a diagnosis.
NEAR = 3
# What stands in place of words already read, so that no phrase goes across them.
READ = "|"
# Between two answers: one or the other.
CHOICES = frozenset(("or", "vs", "versus"))

Answers = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Told:
    """Answers (parameter of the list -> its values), and the places of the words that gave them."""

    answers: Answers
    places: frozenset[int]


def register_all() -> None:
    """Called once at start."""
    tables = (
        phrases.DIAGNOSIS,
        phrases.AROUND_A_DIAGNOSIS,
        phrases.GENES,
        phrases.GENE_RESULTS,
        phrases.NO_GENE_RESULT,
        phrases.DOUBTS_BEFORE,
        phrases.DOUBTS_AFTER,
        phrases.UNSURE,
        phrases.NEARBY,
        phrases.STAGE_0,
        phrases.BESIDE_STAGE_0,
        phrases.OTHER_CANCERS,
        phrases.ELSEWHERE,
    )
    register_intent(diagnosis, place=70, words=her2.WORDS.union(*(one.words for one in tables)))


def diagnosis(asked: Understood) -> Iterator[Suggestion]:
    """Words of a diagnosis: the list with these answers filled in, or why there is none."""
    if phrases.OTHER_CANCERS.codes(asked.words):
        if "breast" not in asked.words:
            yield _another_cancer()
    elif phrases.STAGE_0.codes(asked.words):
        if is_only_stage_0(asked.words):
            yield _stage_0()
    else:
        told = read(asked.words)
        if told and _is_enough(told, asked):
            yield from _list_of(told)


def read(asked: Sequence[str]) -> Told | None:
    """The answers in these folded words; nothing where one of them is not sure."""
    of_genes = genes.read(asked)
    of_her2 = her2.read(_without(asked, of_genes.places))
    rest = _without(asked, of_her2.places | of_genes.places)
    found = phrases.DIAGNOSIS.found(rest)
    places = of_her2.places | of_genes.places | _places(found)
    if of_genes.is_unclear or phrases.ELSEWHERE.codes(asked) or _is_unsure(asked, places):
        return None
    said: dict[str, set[str]] = {}
    for _start, _end, code in found:
        for name, value in parse_qsl(code):
            said.setdefault(name, set()).add(value)
    of_her2 = of_her2.and_words(said.get("her2", ()))
    receptor = _hormone_receptor(said)
    setting = _setting(said, asked)
    if None in (receptor, setting) or (of_her2.is_told and not of_her2.answer):
        return None
    answers = {
        "hormone_receptor": (receptor,),
        "her2": (of_her2.answer,),
        "setting": (setting,),
        "mutation": of_genes.answers,
    }
    given = {name: tuple(filter(None, values)) for name, values in answers.items()}
    return Told({name: values for name, values in given.items() if values}, places)


def _places(found: Collection[tuple[int, int, str]]) -> frozenset[int]:
    return frozenset(place for start, end, _code in found for place in range(start, end))


def _without(asked: Sequence[str], places: Collection[int]) -> list[str]:
    return [READ if place in places else word for place, word in enumerate(asked)]


def _is_unsure(asked: Sequence[str], places: frozenset[int]) -> bool:
    """Whether a word near what was told denies it or puts it in doubt."""
    rest = _without(asked, places)
    before = _places(phrases.DOUBTS_BEFORE.found(rest))
    after = _places(phrases.DOUBTS_AFTER.found(rest))
    near = range(1, NEAR + 1)
    return (
        bool(phrases.UNSURE.codes(asked))
        or any(rest[place] in CHOICES for place in _beside(places, len(rest)))
        or any(place - step in before for place in places for step in near)
        or any(place + step in after for place in places for step in near)
    )


def _beside(places: frozenset[int], length: int) -> set[int]:
    return {place + step for place in places for step in (-1, 1)} & set(range(length))


def _hormone_receptor(said: dict[str, set[str]]) -> str | None:
    """Positive if one of the two is, negative if both are; ``None`` for a contradiction."""
    both, er, pr = (said.get(name, set()) for name in ("hormone_receptor", "er", "pr"))
    if max(len(both), len(er), len(pr)) > 1:
        return None
    results = [*er, *pr]
    of_each = "positive" if "positive" in results else "negative" if len(results) > 1 else ""
    if both and of_each and both != {of_each}:
        return None
    return next(iter(both), of_each)


def _setting(said: dict[str, set[str]], asked: Sequence[str]) -> str | None:
    """The setting, empty text if it is left open; ``None`` for a contradiction."""
    settings = said.get("setting", set())
    if len(settings) > 1 or ("stage" in said and "metastatic" in settings):
        return None
    is_nearby = settings == {"metastatic"} and phrases.NEARBY.codes(asked)
    return "" if is_nearby else next(iter(settings), "")


def is_only_stage_0(asked: Sequence[str]) -> bool:
    """Whether stage 0 is told for sure, and no invasive cancer beside it."""
    places = _places(phrases.STAGE_0.found(asked))
    settings = [code for code in phrases.DIAGNOSIS.codes(asked) if "setting" in code]
    return not (
        settings or phrases.BESIDE_STAGE_0.codes(asked) or _is_unsure(asked, places)
    ) and bool(places)


def _is_enough(told: Told, asked: Understood) -> bool:
    """Whether two things are told of a cancer, or one and nothing but what people say around it."""
    if len(told.answers) != 1:
        return len(told.answers) > 1
    rest = [word for place, word in enumerate(asked.words) if place not in told.places]
    around = phrases.AROUND_A_DIAGNOSIS.words
    return all(word in around or word not in asked.content for word in rest)


def _list_of(told: Told) -> Iterator[Suggestion]:
    filterset = DrugFilterSet(QueryDict(urlencode(told.answers, doseq=True)))
    if not filterset.is_valid():
        return
    number = len(filterset.found)
    changes = sum(match.place == HAS_ITS_CHANGE for match in filterset.found)
    answers = "; ".join(f"{chip.question}: {chip.answer}" for chip in filterset.chips)
    parts = [answers + ".", _("Check them against your report.")]
    if changes:
        sentence = ngettext(
            "%(n)d of them has a use that needs the gene change you named.",
            "%(n)d of them have a use that needs the gene change you named.",
            changes,
        )
        parts.append(sentence % {"n": changes})
    heading = ngettext(
        "%(n)d medicine for these answers", "%(n)d medicines for these answers", number
    )
    yield Suggestion(
        heading=heading % {"n": number},
        text=" ".join(parts),
        url=list_url(filterset.question),
        reason=_("You wrote words of a diagnosis"),
    )


def _stage_0() -> Suggestion:
    return Suggestion(
        heading=_("Stage 0 (DCIS): none of these medicines is approved for it"),
        reason=_("You wrote words of a diagnosis"),
    )


def _another_cancer() -> Suggestion:
    return Suggestion(
        heading=_("This guide is about breast cancer"),
        text=_("Some of its medicines have other uses too, which are not described here.")
        + " "
        + _("Ask your team."),
        reason=_("You named another cancer"),
    )
