"""B: safety first, as far as it holds for every kind of entry."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from tgsite.editorial.checks import Problem
from tgsite.editorial.checks.lengths import SIGN_WORDS, SIGNS
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.naming import Name, pattern
from tgsite.editorial.plain import mapping
from tgsite.editorial.texts import paragraphs, words

# Not shown to readers, or about something else than a fever.
_NO_FEVER_THERE = {"internal_notes", "note", "storage", "sources", "trial_results"}
_TEMPERATURE = re.compile(r"(\d{2,3}(?:\.\d+)?)\s*(?:\N{DEGREE SIGN}|degrees?)?\s*([FC])\b")
# Unit -> the temperatures that a text on fever may speak of, and the one that the site prints.
_FEVERS = {"F": (99.0, 107.0, 100.4), "C": (37.0, 42.0, 38.0)}


def signs_are_short(entry: Any, fields: Iterable[str]) -> Iterator[Problem]:
    """B1: the lists of signs can be read in an emergency."""
    for field in fields:
        signs = getattr(entry, field).splitlines()
        longest = max((len(sign.split()) for sign in signs), default=0)
        if len(signs) > SIGNS or longest > SIGN_WORDS:
            message = _("At most %(most)d signs, of at most %(words)d words each.")
            yield Problem(message % {"most": SIGNS, "words": SIGN_WORDS}, field, rule="B1")


def one_fever_rule(entry: EditorialModel) -> Iterator[Problem]:
    """B2a: no page names another limit for fever than 100.4 F (38 C)."""
    fields = {field.name for field in entry._meta.get_fields()}
    for name, value in mapping(entry, lambda other: str(other.pk)).items():
        if name in _NO_FEVER_THERE:
            continue
        for text in _texts(value):
            for found, unit in _TEMPERATURE.findall(text):
                lowest, highest, limit = _FEVERS[unit]
                if lowest <= float(found) <= highest and float(found) != limit:
                    message = _(
                        "The one fever limit of this site is 100.4 F (38 C), not %(found)s."
                    )
                    field = name if name in fields and not isinstance(value, list) else ""
                    yield Problem(message % {"found": f"{found} {unit}"}, field, rule="B2a")


def _texts(value: Any) -> Iterator[str]:
    """Every text in the plain form of a field: a list's, a row's, a block's."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _NO_FEVER_THERE:
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


# As an order: at the beginning, or after a mark or a joining word.
_ORDER = re.compile(
    r"(?:^|[.,;:]\s+|\b(?:and|or|then|please|should|must)\s+)(?:stop|skip|double|halve)\b", re.I
)
_MEDICINE = re.compile(r"\b(?:medicines?|tablets?|capsules?|pills?|doses?)\b", re.IGNORECASE)
_NEAR = 6


def no_order_about_the_dose(entry: EditorialModel) -> Iterator[Problem]:
    """B4: no sentence tells the reader to stop, skip, double or halve a medicine."""
    names = pattern(Name.MEDICINE)
    for passage, sentences in paragraphs(entry):
        for sentence in sentences:
            for order in _ORDER.finditer(sentence):
                before = words(sentence[: order.end()])[-_NEAR - 1 :]
                near = " ".join([*before, *words(sentence[order.end() :])[:_NEAR]])
                if _MEDICINE.search(near) or (names and names.search(near)):
                    message = _("This reads like an order about the dose: %(text)s")
                    yield Problem(message % {"text": sentence}, **passage.place, rule="B4")


CHECKS = (one_fever_rule, no_order_about_the_dose)
