"""Words of a diagnosis lead to the list with these answers filled in (design, sections 5 and 8)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl

from django.http import QueryDict
from django.utils.translation import gettext as _

from drugs.filters import DrugFilterSet, list_url
from drugs.search import phrases
from tgsite.search.intents import Suggestion, register_intent
from tgsite.search.understanding import Understood


def register_all() -> None:
    """Called once at start."""
    words = phrases.DIAGNOSIS.words | phrases.AROUND_A_DIAGNOSIS.words
    register_intent(diagnosis, place=70, words=words)


def diagnosis(asked: Understood) -> Iterator[Suggestion]:
    """Words of a diagnosis: the list with these answers filled in."""
    found = phrases.DIAGNOSIS.found(asked.words)
    if not found or not _is_told(asked, found):
        return
    filterset = DrugFilterSet(QueryDict("&".join(code for _start, _end, code in found)))
    if not filterset.is_valid():
        return
    answers = [chip.answer for chip in filterset.chips]
    yield Suggestion(
        heading=_("Medicines approved for these answers: %(number)d")
        % {"number": len(filterset.found)},
        text=_("The list is filled in with: %(answers)s. Check them against your report.")
        % {"answers": "; ".join(answers)},
        url=list_url(filterset.question),
        reason=_("You wrote words of a diagnosis"),
    )


def _is_told(asked: Understood, found: list[tuple[int, int, str]]) -> bool:
    """Whether two things are told of a cancer, or one and nothing but what people say around it."""
    told = {name for _start, _end, code in found for name, _value in parse_qsl(code)}
    if len(told) > 1:
        return True
    taken = {place for start, end, _code in found for place in range(start, end)}
    rest = [word for place, word in enumerate(asked.words) if place not in taken]
    around = phrases.AROUND_A_DIAGNOSIS.words
    return all(word in around or word not in asked.content for word in rest)
