"""F: plain language, in the prose of every kind of entry."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tgsite.editorial.checks import Level, Problem
from tgsite.editorial.checks.run import once
from tgsite.editorial.checks.words import message_on, warnings, word_list
from tgsite.editorial.models import EditorialModel, WordRule
from tgsite.editorial.naming import Name, compiled, known, short_forms
from tgsite.editorial.readability import Readability, Section, measure
from tgsite.editorial.texts import Form, Passage, paragraphs, passages, words

# F1: grades above the limit that refuse.
TOO_HARD_BY = 2
# F2, in words, sentences, and words.
LONG, TOO_LONG, MEAN, PARAGRAPH_SENTENCES, PARAGRAPH_WORDS = 25, 35, 15, 4, 60
# F2, F3: below this a mean or a share says nothing.
FEWEST_SENTENCES = 10
MOST_PASSIVE = 0.15


def reading(entry: EditorialModel) -> Readability:
    """The reading grade of ``entry``, measured once a run."""
    return once(("readability", id(entry)), lambda: measure(entry))


def can_be_read(entry: EditorialModel) -> Iterator[Problem]:
    """F1: the page and its urgent part keep to their grades; another part is worth a look."""
    found = reading(entry)
    worst = " / ".join(f"“{one.text}”" for one in found.worst)
    yield from _too_hard(found.page, worst, gates=True)
    for section in found.sections:
        yield from _too_hard(section, worst="", gates=section.limit < found.page.limit)


def _too_hard(section: Section, worst: str, *, gates: bool) -> Iterator[Problem]:
    if section.grade is None or section.grade <= section.limit:
        return
    refused = gates and section.grade > section.limit + TOO_HARD_BY
    message = _("%(name)s: reading grade %(grade)s, at most %(limit)s (SMOG %(smog)s).") % {
        "name": section.name,
        "grade": section.grade,
        "limit": section.limit,
        "smog": section.smog,
    }
    if worst:
        message += " " + _("Hardest: %(sentences)s") % {"sentences": worst}
    yield Problem(message, rule="F1", level=Level.BLOCK if refused else Level.WARN)


def sentences_are_short(entry: EditorialModel) -> Iterator[Problem]:
    """F2: no sentence over 25 words, refused over 35; short paragraphs; a mean of 15."""
    lengths = []
    for passage, sentences in paragraphs(entry):
        for sentence in sentences:
            length = len(words(sentence))
            lengths.append(length)
            if length > LONG:
                message = _("A sentence of %(words)d words: %(text)s")
                level = Level.BLOCK if length > TOO_LONG else Level.WARN
                values = {"words": length, "text": sentence}
                yield Problem(message % values, **passage.place, rule="F2", level=level)
        yield from _long_paragraph(passage, len(sentences))
    if len(lengths) >= FEWEST_SENTENCES and sum(lengths) / len(lengths) > MEAN:
        message = _("Sentences have %(mean).0f words in the mean; 15 read well.")
        values = {"mean": sum(lengths) / len(lengths)}
        yield Problem(message % values, rule="F2", level=Level.WARN)


def _long_paragraph(passage: Passage, sentences: int) -> Iterator[Problem]:
    length = len(words(passage.text))
    if passage.form is Form.PARAGRAPH and (
        sentences > PARAGRAPH_SENTENCES or (length > PARAGRAPH_WORDS and sentences > 1)
    ):
        message = _("A paragraph of %(sentences)d sentences and %(words)d words: split it.")
        values = {"sentences": sentences, "words": length}
        yield Problem(message % values, **passage.place, rule="F2", level=Level.WARN)


# fmt: off
_IRREGULAR = (
    "given", "taken", "made", "done", "seen", "found", "kept", "put", "told", "shown", "known",
    "held", "sent", "cut", "read", "chosen", "begun", "broken", "written", "paid", "built", "set",
)
# fmt: on
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:not\s+|also\s+|often\s+|then\s+|\w+ly\s+)?"
    r"(?:\w{2,}ed|%s)\b(?!\s+(?:to you|about)\b)" % "|".join(_IRREGULAR),
    re.IGNORECASE,
)


def says_who_does_what(entry: EditorialModel) -> Iterator[Problem]:
    """F3: at most 15 in 100 sentences hide who does something."""
    every = [sentence for _passage, sentences in paragraphs(entry) for sentence in sentences]
    passive = [sentence for sentence in every if _PASSIVE.search(sentence)]
    if len(every) >= FEWEST_SENTENCES and len(passive) > MOST_PASSIVE * len(every):
        message = _("%(count)d of %(all)d sentences hide who does it, e.g. %(first)s")
        values = {"count": len(passive), "all": len(every), "first": passive[0]}
        yield Problem(message % values, rule="F3")


def hard_words_come_second(entry: EditorialModel) -> Iterator[Problem]:
    """F4: the first use of a hard word stands in brackets, and the glossary explains it."""
    hard = word_list(WordRule.List.HARD)
    terms = {term.casefold() for term in known(Name.TERM)}
    seen = set()
    for passage in passages(entry):
        for hit in hard.find(passage.text):
            if hit.phrase in seen:
                continue
            seen.add(hit.phrase)
            if not _in_brackets(passage.text, hit.start):
                yield Problem(message_on(hit), **passage.place, rule="F4")
            if hit.phrase.removesuffix("*") not in terms and not hit.phrase.endswith("*"):
                message = _("“%(word)s” has no entry in the glossary.")
                yield Problem(message % {"word": hit.phrase}, **passage.place, rule="F4")


def _in_brackets(text: str, place: int) -> bool:
    return text.count("(", 0, place) > text.count(")", 0, place)


def speaks_of_people(entry: EditorialModel) -> Iterator[Problem]:
    """F6: people, not cases."""
    yield from warnings(entry, WordRule.List.PEOPLE, "F6")


_WOMEN = re.compile(r"\bwom[ae]n\b", re.IGNORECASE)
# Men are named too, or it is said why women alone.
_REASON = re.compile(
    r"\b(?:men|people|label|trial|stud(?:y|ies)|source|pregnan\w+|breastfe\w+|birth control)\b",
    re.IGNORECASE,
)


def not_women_alone(entry: EditorialModel) -> Iterator[Problem]:
    """F7: a sentence on women names men or people too, or says why it does not."""
    for passage, sentences in paragraphs(entry):
        for sentence in sentences:
            if _WOMEN.search(sentence) and not _REASON.search(sentence):
                message = _("Only women? %(text)s")
                yield Problem(message % {"text": sentence}, **passage.place, rule="F7")


def no_fear_no_cheer(entry: EditorialModel) -> Iterator[Problem]:
    """F8: no words of fear or cheer, and no exclamation marks."""
    yield from warnings(entry, WordRule.List.TONE, "F8")
    for passage in passages(entry):
        if "!" in passage.text:
            message = _("An exclamation mark: %(text)s")
            yield Problem(message % {"text": passage.text}, **passage.place, rule="F8")


def short_forms_are_written_out(entry: EditorialModel) -> Iterator[Problem]:
    """F9: the first use of a short form stands beside the words that it stands for."""
    forms = short_forms()
    finder = compiled(frozenset(forms))
    missing, seen = [], set()
    for passage in passages(entry):
        for hit in finder.finditer(passage.text) if finder else ():
            short = hit.group()
            if short not in forms or short in seen:
                continue
            seen.add(short)
            beside = passage.text[hit.end() :].lstrip().startswith("(")
            written_out = forms[short].casefold() in passage.text.casefold()
            if not (beside or written_out or _in_brackets(passage.text, hit.start())):
                missing.append(short)
    if missing:
        message = _("Not written out at the first use: %(forms)s")
        yield Problem(message % {"forms": ", ".join(missing)}, rule="F9")


CHECKS = (
    can_be_read,
    sentences_are_short,
    says_who_does_what,
    hard_words_come_second,
    speaks_of_people,
    not_women_alone,
    no_fear_no_cheer,
    short_forms_are_written_out,
)
