"""Which pages have words that rest on what changes in a medicine's record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from drugs import catalogue
from drugs.claims import words
from drugs.claims.entries import Text
from drugs.claims.reading import Reader
from drugs.claims.records import Group, Names, uses_of
from drugs.claims.verdict import contradiction, meets
from drugs.matching import Use
from drugs.models import Drug, MedicineRule
from tgsite.editorial.dependents import DependentPage, Line
from tgsite.editorial.memory import Kept
from tgsite.editorial.models import entry_models
from tgsite.editorial.plain import by_id, mapping

# Part of a record -> the words by which prose speaks of it. What is not here is prose itself.
TOPICS = {
    "brand_name": "",
    "generic_name": "",
    "also_known_as": "",
    "classes": r"class(?:es)?|inhibitors?|antibod\w+|conjugates?|kinds?",
    "targets": r"acts? on|target\w*|proteins?|block\w*",
    "not_the_same_as": r"same|mix\w*|confus\w+|differ\w*",
    "status_note": r"approv\w+|withdr\w+",
    "forms": r"infus\w+|drips?|veins?|inject\w+|shots?|skin|tablets?|capsules?|pills?|mouth|doses?"
    r"|weeks?|days?|hours?|minutes?|cycles?",
    "missed_dose": r"miss(?:ed|ing)?|forg[eo]t\w*|vomit\w*|thr[eo]w up|skip(?:ped)?",
    "storage": r"stor(?:e|ed|age|ing)|fridge|refrigerat\w*|room temperature|bottles?|packs?",
    "how_to_take": r"food|meals?|stomach|swallow\w*|chew|crush\w*|dissolve|same time",
    "checks": r"tests?|tested|check(?:s|ed)?|scans?|ECG|monitor\w*|counts?",
    "test_needed": r"tests?|tested|testing",
    "pregnancy": r"pregnan\w+|birth control|contracept\w+|breastfe\w+|condoms?|bab(?:y|ies)"
    r"|fertil\w+|sperm|children|months after",
    "interactions": r"grapefruit|St\. John\S*|antacids?|supplements?|other medicines|interact\w*"
    r"|vitamins?|herb\w*",
    "boxed_warnings": r"warn\w*|boxed",
    "contraindications": r"must not|should not|cannot",
    "call_911": r"911|call|emergency",
    "call_team_now": r"call|team",
    "fever_rule": r"fever|temperature",
    "side_effects": r"side effects?|common|serious|in 100",
    "side_effect_rates": r"side effects?|in 100",
    "effect_timing": r"weeks?|months?|first|start\w*|last\w*|in 100",
    "trial_results": r"trials?|in 100|months?|lived?|living",
    "first_approval_on": r"approv\w+",
    "first_approval_for": r"approv\w+",
    "generics": r"generics?",
    "biosimilars": r"biosimilars?",
    "support_programs": r"costs?|pay\w*|programs?|insur\w+",
    "cost_note": r"costs?|pay\w*|programs?|insur\w+",
}
OF_APPROVAL = r"approv\w+|withdr\w+|label\w*"
# The same for the part of a use that differs; its codes have words of their own.
OF_A_USE = {
    "mutations": r"genes?|genetic|mutations?|tests?|tested",
    "other_biomarkers": r"tests?|tested|biomarkers?",
    "setting": r"early|advanced",
    "for_whom": r"women|men|menopaus\w+",
    "after": r"first treatment|earlier|before|after",
    "line": r"first|earlier|before|after",
    "line_note": r"first|earlier|before|after",
}
# A name that means more medicines than these speaks of none of them in particular.
FEW = 3


def pages_resting_on(before: Drug, after: Drug) -> Iterator[DependentPage]:
    """The other pages whose words rest on what ``after`` has otherwise than ``before``."""
    topic = _topic(before, after)
    if topic is None:
        return
    # Both know the names of before and after; the last one's record counts.
    old, new = Names(catalogue.current(), after, before), Names(catalogue.current(), before, after)
    for text in _texts_about(before, after, new):
        lines = tuple(_lines(text, after.pk, old, new, topic))
        yield DependentPage(text.model, text.pk, text.name, lines, live=text.live)


def _texts_about(before: Drug, after: Drug, names: Names) -> Iterator[Text]:
    """Those that may speak of the medicine, or of one whose uses are together with it."""
    partners = {
        partner.pk
        for one in (before, after)
        for use in one.indications.all()
        for partner in use.partners.all()
    }
    pattern = names.meaning({after.pk, *partners})
    record = names.records[after.pk]
    for text in published_texts.current():
        if text.model is Drug and text.pk == after.pk:
            continue
        if any(record in subject.records for subject in text.own(names)) or any(
            isinstance(one.row, MedicineRule)
            or pattern.search(one.text)
            or words.ANY_MEDICINE.search(one.text)
            for one in text.passages
        ):
            yield text


def _lines(text: Text, pk: int, old: Names, new: Names, topic: re.Pattern[str]) -> Iterator[Line]:
    wrong, to_read = [], []
    reader = Reader(new)
    for (passage, sentence, groups), (_same, _sentence, before) in zip(
        text.about(new), text.about(old), strict=True
    ):
        reasons = _reasons(reader, sentence, groups)
        around = (text.name, passage.section, passage.field, passage.column, passage.head)
        where = " ".join((*around, sentence))
        if reasons and (fresh := reasons - _reasons(reader, sentence, before)):
            wrong.append(Line(passage.section, sentence, min(fresh), passage.head))
        elif (
            _speaks_of(groups, new, pk) and topic.search(where) and not _is_a_name(sentence, groups)
        ):
            to_read.append(Line(passage.section, sentence, min(reasons, default=""), passage.head))
    yield from dict.fromkeys((*wrong, *to_read))


def _reasons(reader: Reader, sentence: str, groups: list[Group]) -> set[str]:
    return {reason for one in reader.statements(sentence, groups) if (reason := contradiction(one))}


def _is_a_name(sentence: str, groups: list[Group]) -> bool:
    """Whether names are all there is, as in the first cell of a row."""
    return groups[0][0] == 0 and not re.search(r"\w", sentence[groups[-1][1] :])


def _speaks_of(groups: list[Group], names: Names, pk: int) -> bool:
    record = names.records[pk]
    return any(
        record in subject.records and len(subject.records) <= FEW
        for group in groups
        for subject in group[2]
    )


def _topic(before: Drug, after: Drug) -> re.Pattern[str] | None:
    """Finds the words of everything that changed; nothing when no fact did."""
    old, new = mapping(before, by_id), mapping(after, by_id)
    expressions = [TOPICS[name] for name in TOPICS if old.get(name) != new.get(name)]
    uses = _uses(before), _uses(after)
    if uses[0] != uses[1]:
        expressions += [OF_APPROVAL, *_words_of_uses(*uses)]
        # Whether it is a choice at all: whatever names it is to be read.
        if len({any(use.is_current for use in some.values()) for some in uses}) > 1:
            expressions.append("")
    if not expressions:
        return None
    return words.words("|".join(expressions)) if all(expressions) else re.compile("")


def _uses(drug: Drug) -> dict[str, Use]:
    """Key -> use, without its own words."""
    return {use.key: replace(use, summary="") for use in uses_of(drug)}


def _words_of_uses(before: dict[str, Use], after: dict[str, Use]) -> Iterator[str]:
    """The words for every use that came, went or changed."""
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        for name, expression in OF_A_USE.items():
            if getattr(old, name, None) != getattr(new, name, None):
                yield expression
        for use in filter(None, (old, new)):
            for value, pattern in words.VALUES.items():
                if value[0] in words.OF_A_USE and meets(use, value):
                    yield pattern.pattern
        yield from _words_of_partners(old, new)


def _words_of_partners(old: Use | None, new: Use | None) -> Iterator[str]:
    """What is given together with it in one of the two only."""
    given = [
        {*use.given_with, *(_brand(slug) for slug in use.partners)} if use else set[str]()
        for use in (old, new)
    ]
    for name in given[0] ^ given[1]:
        yield re.escape(name)


def _brand(slug: str) -> str:
    found = catalogue.current().found(slug)
    return found.brand_name if found else slug


def _read_all(_version: int) -> list[Text]:
    """Also of those off the site: they may come back as they were."""
    return [
        Text.of(entry)
        for model in entry_models()
        for entry in model.objects.filter(first_published_at__isnull=False)
    ]


published_texts = Kept(_read_all)
