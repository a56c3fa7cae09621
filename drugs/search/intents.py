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
from tgsite.search.english import english
from tgsite.search.intents import Suggestion, register_intent
from tgsite.search.naming import Mention
from tgsite.search.understanding import Understood
from tgsite.search.vocabulary import Document, Name, Rank
from tgsite.search.words import BACKGROUND, LITTLE, key, stem, words

# Before a symptom they say the contrary of it.
TURNS = frozenset(("low", "high", "no", "not", "cant", "cannot", "without", "never"))
# A shorter word is no part of a name.
SHORTEST_PART = 3
LONGEST_SHORT_NAME = 4
# Words around a question about a medicine that are in no section for themselves.
NOTHING_TOLD = frozenset(
    ("no", "not", "take", "taking", "with", "while", "work", "day", "days", "drink", "eat", "ok")
)
# Where a label has no boxed warning, its risks are among the side effects.
STANDS_IN = {"boxed-warnings": ("side-effects",)}
# Of sections that tell equally, the one that people mean.
ASKED_MOST = ("side-effects", "interactions")
HEADINGS = {section.key: section.heading for section in SECTIONS}


def register_all() -> None:
    """Called once at start."""
    register_intent(not_covered, place=10)
    register_intent(doubtful_name, place=15)
    register_intent(
        comparison, place=20, words=("vs", "versus", "compare", "compared", "comparison")
    )
    register_intent(part_of_a_page, place=30, words=phrases.SECTIONS.words)
    register_intent(symptom, place=40)
    register_intent(class_of_medicines, place=60, words=phrases.MEDICINES.words)


def not_covered(asked: Understood) -> Iterator[Suggestion]:
    """A medicine that this guide has no page on: said plainly, with a place to read."""
    for best in others(asked):
        other = best.document
        yield Suggestion(
            heading=_no_page_on(best),
            text=" ".join(part for part in (other.summary, _relation(other)) if part),
            url=other.url,
            reason=_("You named a medicine that this guide does not cover"),
            only_by_name=frozenset([MEDICINE]),
            is_external=True,
        )


def others(asked: Understood) -> list[Name]:
    """The names of medicines without a page here, none of which is also the name of one of ours."""
    names = [mention.names[0] for mention in asked.mentions]
    return [one for one in names if one.document.kind == OTHER and not _is_by_chance(one, asked)]


def _is_by_chance(name: Name, asked: Understood) -> bool:
    """Whether a short name such as AC-T is an ordinary word here: "what does it act on"."""
    is_short = len(key(words(name.text))) <= LONGEST_SHORT_NAME
    return is_short and len(asked.content) > 1 and name.text not in asked.typed


def _no_page_on(name: Name) -> str:
    other = name.document
    told = {"name": name.text, "generic": other.title, "kind": other.subtitle}
    if name.rank == Rank.TITLE:
        return _("We have no page on %(generic)s (%(kind)s)") % told
    return _("We have no page on %(name)s (%(generic)s; %(kind)s)") % told


def _relation(other: Document) -> str:
    """How it stands to one of ours, so that nobody takes one for the other."""
    nearest = catalogues.current().by_pk.get(other.extra.get("nearest") or 0)
    if nearest is None:
        return ""
    ours = {"medicine": nearest.full_name}
    if other.extra["relation"] == OtherMedicine.Relation.CONTAINS:
        return _("It contains %(medicine)s, which has a page here.") % ours
    return _("It is not the same as %(medicine)s.") % ours


def doubtful_name(asked: Understood) -> Iterator[Suggestion]:
    """Parts of names that make no name we know: perhaps another medicine, perhaps half-typed.

    Trastuzumab, ado-trastuzumab emtansine and fam-trastuzumab deruxtecan have been mixed up, with
    deaths (design, section 11): none of them stands in for a name that is not quite its own.
    """
    for run in doubtful_runs(asked):
        meant = _begun(run, asked)
        if len(meant) == 1:
            yield Suggestion(
                heading=_("Did you mean %(medicine)s?") % {"medicine": meant[0].full_name},
                url=meant[0].url,
                reason=_("You wrote a part of its name"),
                leads=(meant[0],),
            )
            continue
        alike = meant or _sharing(run, asked)
        yield Suggestion(
            heading=_("We know no medicine named “%(name)s”") % {"name": " ".join(run)},
            text=_("These are different medicines: %(names)s.")
            % {"names": "; ".join(one.full_name for one in alike)},
            reason=_("One of these names must not be taken for another"),
        )


def doubtful_runs(asked: Understood) -> list[list[str]]:
    """Parts of names side by side that are not wholly named; each as its words."""
    named = {
        place
        for mention in asked.mentions
        if len(mention.names[0].stems) <= len(mention.places)
        for place in mention.places
    }
    parts = {
        place for place, word in enumerate(asked.words) if place in named or _is_part(word, asked)
    }
    generic = {
        place
        for mention in asked.mentions
        for place in mention.places
        if mention.of(MEDICINE) and mention.names[0].text != mention.names[0].document.title
    } | {place for place in parts - named if asked.words[place] not in asked.unknown}
    runs: list[list[int]] = []
    for place in sorted(parts):
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [
        [asked.words[place] for place in run]
        for run in runs
        if len(run) > 1 and not generic.isdisjoint(run) and not named.issuperset(run)
    ]


def _is_part(word: str, asked: Understood) -> bool:
    """Whether a word is a part of a medicine's name and no other word, or a word nobody knows."""
    if word in asked.unknown:
        return len(word) >= SHORTEST_PART
    names = asked.vocabulary.by_stem.get(stem(word), ())
    return word not in english() and any(
        name.document.kind in (MEDICINE, OTHER) and name.rank < Rank.ALIAS for name in names
    )


def _begun(run: list[str], asked: Understood) -> list[Document]:
    """The medicines with a name of these words, the last of which is only begun."""
    *whole, begun = run
    found = [
        name.document
        for name in asked.vocabulary.by_stem.get(stem(whole[0]), ())
        if name.document.kind == MEDICINE
        and {stem(word) for word in whole} <= set(name.stems)
        and any(part.startswith(begun) for part in name.stems)
    ]
    return list(dict.fromkeys(found))


def _sharing(run: list[str], asked: Understood) -> list[Document]:
    """The medicines whose names share a word with these."""
    found = [
        name.document
        for word in run
        for name in asked.vocabulary.by_stem.get(stem(word), ())
        if name.document.kind == MEDICINE and name.rank < Rank.ALIAS
    ]
    return sorted(dict.fromkeys(found), key=lambda one: one.order)


def comparison(asked: Understood) -> Iterator[Suggestion]:
    """Two to four medicines: side by side."""
    named = asked.mentioned(MEDICINE)
    if FEWEST <= len(named) <= MOST and not doubtful_runs(asked):
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
    if len(named) != 1 or doubtful_runs(asked):
        return
    medicine = named[0]
    there = medicine.extra["sections"]
    clear = list(_clear_sections(asked))
    section = next((one for one in clear or _other_sections(asked, medicine) if one in there), "")
    if section:
        heading, url = HEADINGS[section], f"{medicine.url}#{section}"
    elif clear:
        heading, url = _("nothing on this yet; ask your team"), medicine.url
    else:
        return
    yield Suggestion(
        heading=_("%(medicine)s: %(section)s")
        % {"medicine": medicine.full_name, "section": heading},
        text=_not_named(asked, medicine) if section == "interactions" else "",
        url=url,
        reason=_("You asked about one thing of this medicine"),
        leads=(medicine,),
    )


def _clear_sections(asked: Understood) -> Iterator[str]:
    """The sections asked for in so many words. None stands in for another that is not there."""
    rest = asked.without_mentions(MEDICINE)
    if asked.mentioned(SIDE_EFFECT):
        yield "side-effects"
    for section in phrases.SECTIONS.codes(rest):
        yield section
        yield from STANDS_IN.get(section, ())
    if side_effects(asked):
        yield "side-effects"


def _other_sections(asked: Understood, medicine: Document) -> Iterator[str]:
    """The sections that the other words tell of, the clearest first."""
    rest = asked.without_mentions(MEDICINE)
    if phrases.DIAGNOSIS.codes(rest) or phrases.GENES.codes(rest) or her2.read(rest).is_told:
        yield "uses"
    if any(_is_biosimilar(mention, medicine, asked) for mention in asked.mentions):
        yield "versions"
    yield from _sections_with(rest, medicine)
    if others(asked):
        yield "interactions"
    yield phrases.VAGUE_SECTIONS.first(rest)


def _not_named(asked: Understood, medicine: Document) -> str:
    """What to say where the section does not name what was asked about."""
    text = medicine.extra["sections"]["interactions"].split()
    missing = [
        word for word in _own_words(asked.without_mentions(MEDICINE)) if stem(word) not in text
    ]
    if not missing:
        return ""
    return _("This part does not name: %(words)s. Ask your team.") % {"words": ", ".join(missing)}


def _own_words(some: list[str]) -> list[str]:
    """The words that tell something."""
    return [word for word in some if word not in LITTLE | BACKGROUND | NOTHING_TOLD]


def _sections_with(some: list[str], medicine: Document) -> list[str]:
    """The sections of its page whose text has these words, by how much these tell of a section."""
    wanted = {stem(word) for word in _own_words(some)}
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
    own = [asked.words[place] for place in mention.places]
    return mention.of(MEDICINE) is medicine and key(own) in medicine.extra["biosimilars"]


def side_effects(asked: Understood) -> list[Document]:
    """The side effects that are named, or nearly, beside the name of a medicine."""
    named = [
        document
        for mention in asked.mentions
        if (document := mention.of(SIDE_EFFECT)) and not _is_turned(mention, asked)
    ]
    if named or asked.mentioned(SIDE_EFFECT):
        return list(dict.fromkeys(named))
    rest = asked.of(asked.without_mentions(MEDICINE))
    return rest.near(SIDE_EFFECT)[:1]


def _is_turned(mention: Mention, asked: Understood) -> bool:
    """Whether the word before a symptom says the contrary: low blood sugar, cannot poop."""
    before = mention.places[0] - 1
    return before >= 0 and asked.words[before] in TURNS


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
    for drug_class in asked.near(CLASS)[:1]:
        yield Suggestion(
            heading=_("%(name)s: what they have in common") % {"name": drug_class.title},
            text=drug_class.summary,
            url=drug_class.url,
            reason=_("You asked about a class of medicines"),
            leads=(drug_class,),
        )
