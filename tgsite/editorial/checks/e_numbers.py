"""E: numbers and risk, in the prose of every kind of entry."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from tgsite.editorial.checks import Level, Problem
from tgsite.editorial.checks.words import Hit, sentence_around, warnings
from tgsite.editorial.models import EditorialModel, WordRule
from tgsite.editorial.texts import Passage, paragraphs

_OUT_OF = re.compile(r"\b\d[\d,.]*(?:\s(?:to|or)\s\d[\d,.]*)?\s+(?:in|out of|of every)\s+(\d[\d,]*)\b")


def denominators(texts: Iterable[str]) -> list[int]:
    """Out of how many people the numbers of ``texts`` are, smallest first, each once."""
    found = {int(one.replace(",", "")) for text in texts for one in _OUT_OF.findall(text)}
    # A year is no number of people.
    return sorted(one for one in found if not 1900 <= one <= 2100)


def one_denominator(entry: EditorialModel) -> Iterator[Problem]:
    """E1: the prose of one field counts out of one number of people."""
    texts: dict[tuple[str, str], list[Passage]] = {}
    for passage, _sentences in paragraphs(entry):
        texts.setdefault((passage.field, passage.relation), []).append(passage)
    for together in texts.values():
        used = denominators(one.text for one in together)
        if len(used) > 1:
            message = _("Numbers out of %(used)s people stand side by side.")
            values = {"used": ", ".join(map(str, used))}
            yield Problem(message % values, **together[0].place, rule="E1", level=Level.WARN)


def risk_words_have_a_number(entry: EditorialModel) -> Iterator[Problem]:
    """E2: a risk word has a number in its sentence or item."""
    yield from warnings(entry, WordRule.List.RISK, "E2", unless=_has_a_number)


def _has_a_number(passage: Passage, hit: Hit) -> bool:
    around = sentence_around(passage.text, hit.start, hit.end)
    return bool(re.search(r"\d", around.replace(hit.written, ""))) or around.endswith("?")


_RELATIVE = re.compile(
    r"\b(?:cut|lower|reduce|halve|double|raise|increase)[sd]?\b[^.]{0,30}\b(?:risk|chance|odds)\b"
    r"[^.]{0,40}(?:%|percent|\bhalf\b|\bthird\b|\bquarter\b)"
    r"|\b(?:halve|double|triple)[sd]?\b[^.]{0,30}\b(?:risk|chance|odds)\b"
    r"|\b\d+\s?(?:%|percent)\s+(?:lower|higher|less|more|fewer)\b"
    r"|\b(?:twice|half|\w+ times)\s+(?:as|more|less)\s+(?:likely|often|many)\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(r"\b(?:in|out of|of every)\s+(?:100|1,?000|10,?000)\b")


def absolute_before_relative(entry: EditorialModel) -> Iterator[Problem]:
    """E3: within two sentences of a relative figure stand people in 100 or in 1,000."""
    for passage, sentences in paragraphs(entry):
        for place, sentence in enumerate(sentences):
            near = " ".join(sentences[max(0, place - 2) : place + 3])
            if _RELATIVE.search(sentence) and not _ABSOLUTE.search(near):
                message = _("A relative figure alone: %(text)s")
                yield Problem(message % {"text": sentence}, **passage.place, rule="E3")


_DASHED = re.compile(r"(?<![\w./:-])\d+(?:\.\d+)?\s?[-\u2013]\s?\d+(?:\.\d+)?(?![\w/-])")
_SPELLED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+"
    r"(?:hours?|days?|weeks?|months?|years?|times|people|percent)\b",
    re.IGNORECASE,
)


def numbers_read_well(entry: EditorialModel) -> Iterator[Problem]:
    """E5: ranges as “2 to 3”, and numerals for numbers."""
    for passage, _sentences in paragraphs(entry):
        for found in (_DASHED.search(passage.text), _SPELLED.search(passage.text)):
            if found:
                message = _("Write it as numerals, a range with “to”: %(text)s")
                yield Problem(message % {"text": found.group()}, **passage.place, rule="E5")


CHECKS = (one_denominator, risk_words_have_a_number, absolute_before_relative, numbers_read_well)
