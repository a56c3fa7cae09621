"""The rules of the content standard that a machine decides: level, why, and how to mend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Level(StrEnum):
    """What a problem does (content standard, section 1)."""

    FINAL = "final"  # refuses publication, nobody can pass it
    BLOCK = "block"  # refuses publication, unless the approver passes it with a written reason
    WARN = "warn"  # is shown to the writer and the approver

    @property
    def label(self) -> str:
        """What it means to who writes."""
        return str(_LABELS[self])


_LABELS = {
    Level.FINAL: _("Must be mended"),
    Level.BLOCK: _("Mend it, or the reviewer gives a reason"),
    Level.WARN: _("Worth a look"),
}


@dataclass(frozen=True)
class Rule:
    """One rule: its name, its strictest level, and a plain sentence each on why and how."""

    title: Any
    level: Level
    why: Any
    how: Any


FINAL, BLOCK, WARN = Level.FINAL, Level.BLOCK, Level.WARN

# What a problem without a rule's ID breaks: the models' own rules.
WHOLE = Rule(
    _("Complete and valid"),
    FINAL,
    _("Without it the page cannot be shown rightly, or not at all."),
    _("Correct the field that is named."),
)
LINKS = "links"

RULES: dict[str, Rule] = {
    "": WHOLE,
    LINKS: Rule(
        _("Links lead somewhere"),
        FINAL,
        _("A reader who follows a dead link stops reading and trusts the rest less."),
        _("Correct the address, or take the link away."),
    ),
    "A1": Rule(
        _("Named writer"),
        BLOCK,
        _("Readers judge a text by who wrote it."),
        _("Choose the authors under “Sources and notes”."),
    ),
    "A4": Rule(
        _("Every claim has a source"),
        FINAL,
        _("A reader, and the next editor, must be able to look the claim up."),
        _("Name the source of the part, or take the figure out."),
    ),
    "A5": Rule(
        _("Sources that can be trusted"),
        FINAL,
        _("A claim is as good as where it comes from."),
        _("Say what kind of source it is; use a label, a guideline or a trial where you can."),
    ),
    "B1": Rule(
        _("Emergency signs first and short"),
        FINAL,
        _("In an emergency nobody reads on, and long lists are not taken in."),
        _("Give at most 8 signs of at most 15 words each, one a line."),
    ),
    "B2": Rule(
        _("Whom to call, and when"),
        WARN,
        _("“Tell your doctor” leaves a frightened reader to guess how soon."),
        _("Write the verb and the time: call now, call the same day, ask at the next visit."),
    ),
    "B2a": Rule(
        _("Emergency and call-your-team apart, one fever rule"),
        BLOCK,
        _("Two limits for fever on one site make readers wait at the wrong moment."),
        _("Use the site's own rule: 100.4 F (38 C), printed where the box is ticked."),
    ),
    "B4": Rule(
        _("Never tell to stop, skip or change a dose"),
        WARN,
        _("Readers act on it without their team."),
        _("Say whom to ask instead: “Do not stop without talking to your team.”"),
    ),
    "B5": Rule(
        _("Full names of medicines"),
        FINAL,
        _("Names that look alike have been mixed up, and people have died of it."),
        _("Write the full name once on the page, and name the look-alikes."),
    ),
    "B7": Rule(
        _("Pregnancy, birth control, breastfeeding"),
        BLOCK,
        _("Most of these medicines can harm an unborn baby."),
        _("Give what the label says, with how long after the last dose; or say it is not known."),
    ),
    "C1": Rule(
        _("Says at once what it is and for whom"),
        BLOCK,
        _("Most people read two lines and decide whether the page is about them."),
        _("Put the answer into one or two plain sentences, at most 60 words."),
    ),
    "C2": Rule(
        _("How it works, without a promise"),
        BLOCK,
        _("Words like miracle or breakthrough are remembered long after the facts."),
        _("Explain it in 2 to 4 plain sentences, and use the better wording."),
    ),
    "C3": Rule(
        _("What it may do for you"),
        BLOCK,
        _("A choice needs the benefit in numbers, or the honest words that there are none."),
        _("Add a trial result, or a line under “not known” that we have no clear number, and why."),
    ),
    "C4": Rule(
        _("Risks beside benefits"),
        BLOCK,
        _("A page that shows one side much larger than the other decides for the reader."),
        _("Add what is missing, or shorten the longer side."),
    ),
    "C5": Rule(
        _("Other choices, having none among them"),
        BLOCK,
        _("It is the weakest point of patients' pages, and the first thing many want to ask."),
        _("Name another treatment, and say gently what no treatment or stopping would mean."),
    ),
    "C6": Rule(
        _("Daily life"),
        BLOCK,
        _("People weigh up their days: work, travel, sex, tiredness, visits."),
        _("Write at least three lines, one a matter."),
    ),
    "C7": Rule(
        _("Questions to ask"),
        BLOCK,
        _("Who comes with questions gets more out of a short visit."),
        _("Write at least five, each ending with a question mark."),
    ),
    "C8": Rule(
        _("Approval said plainly"),
        FINAL,
        _("A use that is withdrawn or not approved must not read like one that is."),
        _("Give status and date of every use; of a withdrawn one also the reason."),
    ),
    "C9": Rule(
        _("How it is given"),
        BLOCK,
        _("At home people need to know about a missed dose; in a clinic, how long it takes."),
        _("Fill in what belongs to the way it is given."),
    ),
    "C10": Rule(
        _("Cost and help with it"),
        BLOCK,
        _("Cost stops treatment, and “free” help turns out to have conditions."),
        _("Name a scheme, or write that we found none, and when; say “no charge for …”."),
    ),
    "C11": Rule(
        _("Says what the records say"),
        WARN,
        _("Of two pages that disagree, some readers have the wrong one."),
        _("Correct the sentence, or the record; name the trial or the year of what is no use now."),
    ),
    "D1": Rule(
        _("What is not known yet"),
        BLOCK,
        _("Readers who are told only what is known think that everything is."),
        _("Add a line: never compared, few people in trials, harms after years; with “as of”."),
    ),
    "D2": Rule(
        _("How sure it is"),
        BLOCK,
        _("News about cells or mice reads like news about people."),
        _("Say in people or not yet, in whom, compared with what, and what is not known."),
    ),
    "D3": Rule(
        _("What news does not change"),
        BLOCK,
        _("A headline can make people leave a treatment that works for them."),
        _("Say what stays as it is for readers who are being treated today."),
    ),
    "D4": Rule(
        _("No medicine praised over another"),
        WARN,
        _("Only a trial that compared two medicines can say which does more."),
        _("Say what was measured, or name the trial that compared them."),
    ),
    "D5": Rule(
        _("Where else to ask"),
        BLOCK,
        _("A page cannot answer everything; a person at the telephone can."),
        _("Name two places, one with a telephone number, in the texts on every page."),
    ),
    "E1": Rule(
        _("People in 100, the same all through"),
        BLOCK,
        _("1 in 8 is read as less than 3 in 100, because 1 is less than 3."),
        _("Write every number of one list out of the same number of people."),
    ),
    "E2": Rule(
        _("A number beside each risk word"),
        WARN,
        _("“Common” means 1 to 10 in 100 and is read as 45 in 100."),
        _("Give the number in the same sentence, or leave the word out."),
    ),
    "E3": Rule(
        _("Absolute before relative"),
        WARN,
        _("“Cuts the risk by half” can be 2 in 100 to 1 in 100."),
        _("Write both figures in 100 people, and over what time."),
    ),
    "E4": Rule(
        _("With and without the medicine"),
        WARN,
        _("A figure alone does not say what the medicine did."),
        _("Give the figure without the medicine too, or say in the note why there is none."),
    ),
    "E5": Rule(
        _("Numbers that read well"),
        WARN,
        _("A dash between numbers is read as minus or not at all."),
        _("Write “2 to 3”, and numerals: “3 weeks”, not “three weeks”."),
    ),
    "E6": Rule(
        _("Who the numbers come from"),
        BLOCK,
        _("A figure from 40 people is not one from 4,000."),
        _("Give how many people took part, and up to when."),
    ),
    "F1": Rule(
        _("Reading grade"),
        BLOCK,
        _("Half of all adults read at grade 8 or below, and fewer when they are afraid."),
        _("Split the sentences shown, and use everyday words."),
    ),
    "F2": Rule(
        _("Short sentences and paragraphs"),
        BLOCK,
        _("After 25 words the beginning of a sentence is forgotten."),
        _("Make two sentences of it; one idea each."),
    ),
    "F3": Rule(
        _("Who does what"),
        WARN,
        _("“Is monitored” hides who looks after the reader."),
        _("Say who does it: “Your nurse checks …”."),
    ),
    "F4": Rule(
        _("Everyday word first"),
        WARN,
        _("One unknown word and many readers stop."),
        _("Write the everyday word, then the term in brackets; put the term into the glossary."),
    ),
    "F5": Rule(
        _("How the name is said"),
        BLOCK,
        _("People do not ask about a name that they cannot say."),
        _("Write both names as they sound, e.g. en-HER-too."),
    ),
    "F6": Rule(
        _("People, not cases"),
        WARN,
        _("Words like victim or failed treatment put a burden on the reader."),
        _("Use the better wording."),
    ),
    "F7": Rule(
        _("Not only women"),
        WARN,
        _("Breast cancer also happens in men, trans and non-binary people."),
        _("Write “people”, or say that the source is about women only."),
    ),
    "F8": Rule(
        _("No fear, no cheer"),
        WARN,
        _("What is easy for the writer is not for the reader."),
        _("Leave the word out, or use the better wording."),
    ),
    "F9": Rule(
        _("Short forms written out"),
        WARN,
        _("Letters mean nothing to who sees them for the first time."),
        _("Write the words, then the letters in brackets, at the first use."),
    ),
    "G1": Rule(
        _("Key points first"),
        BLOCK,
        _("Readers see about a fifth of a page; this is the fifth they should see."),
        _("Write 3 to 5 lines, at most 90 words in all."),
    ),
    "G2": Rule(
        _("Headings that lead"),
        BLOCK,
        _("Readers, and screen readers, jump from heading to heading."),
        _("Put a heading at least every 150 words, of at most 10 words, and skip no level."),
    ),
    "G5": Rule(
        _("Short lists"),
        WARN,
        _("After 7 items the first are forgotten."),
        _("Split the list under small headings, or put items together."),
    ),
    "G6": Rule(
        _("Links say where they go"),
        BLOCK,
        _("Who hears the links read out one after the other hears nothing else."),
        _("Make the words of the link the name of the page."),
    ),
    "G7": Rule(
        _("Pictures have their words"),
        FINAL,
        _("Not everybody sees the picture, and nobody does when it fails to load."),
        _("Write everything that the picture says under “The same in words”."),
    ),
    "G8": Rule(
        _("Tables that can be read"),
        BLOCK,
        _("A table without caption and headings is a heap of numbers to who hears it."),
        _("Give a caption and a heading over each column, at most four columns."),
    ),
    "H1": Rule(
        _("Something to do"),
        WARN,
        _("A reader who knows what to do next is less afraid."),
        _("Add a line to “you” that begins with a verb: Ask …, Call …, Tell …"),
    ),
    "H3": Rule(
        _("Something to take away"),
        BLOCK,
        _("Half of what is said in a visit is forgotten; paper is not."),
        _("Write questions to ask: the visit sheet is printed from them."),
    ),
    "J4": Rule(
        _("The maker's help is labelled as the maker's"),
        BLOCK,
        _("Readers must know who offers help, and why."),
        _("Name the sponsor of the scheme."),
    ),
}
