"""Where questions about medicines, symptoms and diagnoses lead (design, section 8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from drugs import catalogue as catalogues
from drugs.compare import FEWEST, MOST, compare_url
from drugs.models import OtherMedicine
from drugs.search import her2, phrases
from drugs.search.kinds import CLASS, MEDICINE, OTHER, SIDE_EFFECT
from drugs.sections import SECTIONS
from tgsite.search.intents import Suggestion, register_intent
from tgsite.search.naming import Mention
from tgsite.search.understanding import Understood
from tgsite.search.vocabulary import Document, Name, Rank
from tgsite.search.words import BACKGROUND, LITTLE, key, stem

# The share of a question that must be in a name of a side effect for it to be meant.
MOSTLY = 0.5
# Shorter words behind the name of a medicine are no part of a name.
LONG_WORD = 6
# Of sections that tell equally, the one that people mean.
ASKED_MOST = ("side-effects", "interactions")
HEADINGS = {section.key: section.heading for section in SECTIONS}


def register_all() -> None:
    """Called once at start."""
    register_intent(not_covered, place=10)
    register_intent(longer_name, place=10)
    register_intent(
        comparison, place=20, words=("vs", "versus", "compare", "compared", "comparison")
    )
    register_intent(part_of_a_page, place=30, words=phrases.SECTIONS.words)
    register_intent(symptom, place=40)
    register_intent(class_of_medicines, place=60, words=phrases.MEDICINES.words)


def not_covered(asked: Understood) -> Iterator[Suggestion]:
    """A medicine that this guide has no page on: said plainly, with a place to read."""
    for mention in asked.mentions:
        best = mention.names[0]
        if best.document.kind != OTHER:
            continue
        other = best.document
        yield Suggestion(
            heading=_no_page_on(best),
            text=" ".join(part for part in (other.summary, _relation(other)) if part),
            url=other.url,
            reason=_("You named a medicine that this guide does not cover"),
            only_by_name=frozenset([MEDICINE]),
            is_external=True,
        )


def _no_page_on(name: Name) -> str:
    other = name.document
    words = {"name": name.text, "generic": other.title, "kind": other.subtitle}
    if name.rank == Rank.TITLE:
        return _("We have no page on %(generic)s (%(kind)s)") % words
    return _("We have no page on %(name)s (%(generic)s; %(kind)s)") % words


def _relation(other: Document) -> str:
    """How it stands to one of ours, so that nobody takes one for the other."""
    nearest = catalogues.current().by_pk.get(other.extra.get("nearest") or 0)
    if nearest is None:
        return ""
    ours = {"medicine": nearest.full_name}
    if other.extra["relation"] == OtherMedicine.Relation.CONTAINS:
        return _("It contains %(medicine)s, which has a page here.") % ours
    return _("It is not the same as %(medicine)s.") % ours


def longer_name(asked: Understood) -> Iterator[Suggestion]:
    """A medicine's name and a word behind it that nobody knows: perhaps another medicine."""
    for mention in asked.mentions:
        medicine = mention.of(MEDICINE)
        behind = asked.words[mention.end : mention.end + 1]
        if medicine and behind and behind[0] in asked.unknown and len(behind[0]) >= LONG_WORD:
            name = " ".join(asked.words[mention.start : mention.end + 1])
            yield Suggestion(
                heading=_("We do not know “%(name)s”") % {"name": name},
                text=_("It may be another medicine, and is not the same as %(medicine)s.")
                % {"medicine": medicine.full_name},
                reason=_("A name that goes on can be the name of another medicine"),
            )


def comparison(asked: Understood) -> Iterator[Suggestion]:
    """Two to four medicines: side by side."""
    named = asked.mentioned(MEDICINE)
    if FEWEST <= len(named) <= MOST:
        yield Suggestion(
            heading=_("Compare %(names)s") % {"names": _and([one.full_name for one in named])},
            url=compare_url(one.slug for one in named),
            reason=_("You named more than one medicine"),
            leads=tuple(named),
        )


def _and(names: list[str]) -> str:
    *first, last = names
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


def part_of_a_page(asked: Understood) -> Iterator[Suggestion]:
    """One medicine and what about it: that section of its page."""
    named = asked.mentioned(MEDICINE)
    if len(named) != 1:
        return
    medicine = named[0]
    there = medicine.extra["sections"]
    section = next((one for one in _sections(asked, medicine) if one in there), None)
    if section:
        yield Suggestion(
            heading=_("%(medicine)s: %(section)s")
            % {"medicine": medicine.full_name, "section": HEADINGS[section]},
            url=f"{medicine.url}#{section}",
            reason=_("You asked about one thing of this medicine"),
            leads=(medicine,),
        )


def _sections(asked: Understood, medicine: Document) -> Iterator[str]:
    """The sections asked for, the clearest first."""
    rest = asked.without_mentions(MEDICINE)
    if asked.mentioned(SIDE_EFFECT):
        yield "side-effects"
    yield from phrases.SECTIONS.codes(rest)
    if side_effects(asked):
        yield "side-effects"
    if phrases.DIAGNOSIS.codes(rest) or phrases.GENES.codes(rest) or her2.read(rest).is_told:
        yield "uses"
    if any(_is_biosimilar(mention, medicine, asked) for mention in asked.mentions):
        yield "versions"
    yield from _sections_with(rest, medicine)
    if asked.mentioned(OTHER):
        yield "interactions"
    yield phrases.VAGUE_SECTIONS.first(rest)


def _sections_with(words: list[str], medicine: Document) -> list[str]:
    """The sections of its page whose text has these words, by how much these tell of a section."""
    wanted = {stem(word) for word in words if word not in LITTLE | BACKGROUND}
    having = {
        section: wanted.intersection(text.split())
        for section, text in medicine.extra["sections"].items()
    }
    spread = Counter(one for found in having.values() for one in found)
    weights = {
        section: sum(1 / spread[one] for one in found) for section, found in having.items() if found
    }
    return sorted(weights, key=lambda one: (-weights[one], one not in ASKED_MOST))


def _is_biosimilar(mention: Mention, medicine: Document, asked: Understood) -> bool:
    """Whether the medicine is named by a biosimilar of it."""
    words = asked.words[mention.start : mention.end]
    return mention.of(MEDICINE) is medicine and key(words) in medicine.extra["biosimilars"]


def side_effects(asked: Understood) -> list[Document]:
    """The side effects that are named, or nearly, beside the name of a medicine."""
    named = asked.mentioned(SIDE_EFFECT)
    if named:
        return named
    rest = asked.of(asked.without_mentions(MEDICINE))
    return rest.near(SIDE_EFFECT, at_least=MOSTLY)[:1]


def symptom(asked: Understood) -> Iterator[Suggestion]:
    """A symptom: what to do now."""
    for effect in side_effects(asked):
        yield Suggestion(
            heading=_("%(effect)s: what to do now") % {"effect": effect.title},
            text=effect.summary,
            url=effect.url,
            reason=_("You named a symptom or side effect"),
            leads=(effect,),
        )


def class_of_medicines(asked: Understood) -> Iterator[Suggestion]:
    """Medicines that act on something: their class, rather than the word for what they act on."""
    if asked.mentioned(MEDICINE) or not phrases.MEDICINES.codes(asked.words):
        return
    for drug_class in asked.near(CLASS, at_least=MOSTLY)[:1]:
        yield Suggestion(
            heading=_("%(name)s: what they have in common") % {"name": drug_class.title},
            text=drug_class.summary,
            url=drug_class.url,
            reason=_("You asked about a class of medicines"),
            leads=(drug_class,),
        )
