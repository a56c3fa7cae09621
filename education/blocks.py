"""What the body of an article is made of; each block renders from a small template."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import slugify
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock, TypedTableBlockValidationError

from drugs import catalogue
from education.choices import STEPS, Drawing
from tgsite.editorial.blocks import EntryBlock, WholeStreamBlock
from tgsite.editorial.checks.lengths import SIGN_WORDS, SIGNS
from tgsite.editorial.rich_text import CleanRichTextBlock

MOST_COLUMNS = 4


class HeadingBlock(blocks.CharBlock):
    """A heading; its words make the address of its section."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "education/blocks/heading.html"


def anchors(headings: Iterable[str]) -> list[str]:
    """The addresses of the headings of one page, no two alike."""
    found: list[str] = []
    for heading in headings:
        words = f"section-{slugify(heading) or 'part'}"
        numbered = (f"{words}-{number}" for number in count(2))
        found.append(next(one for one in chain([words], numbered) if one not in found))
    return found


class CalloutBlock(blocks.StructBlock):
    """A short aside worth noticing."""

    heading = blocks.CharBlock(max_length=80, required=False)
    text = CleanRichTextBlock()

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "education/blocks/callout.html"


class SignBlock(blocks.CharBlock):
    """One sign, short enough to be read in an emergency (content standard B1)."""

    def clean(self, value: str) -> str:
        """The sign, if it is short."""
        sign: str = super().clean(value)
        if len(sign.split()) > SIGN_WORDS and not self.is_deferred_validation:
            raise ValidationError(__("At most %(words)d words.") % {"words": SIGN_WORDS})
        return sign


class EmergencyBlock(blocks.StructBlock):
    """When to get help; the site's own list of emergency signs is printed with it.

    At the head of a body it stands before the way to the parts of the page (standard B1).
    """

    heading = blocks.CharBlock(max_length=80, default=_("When to get help"))
    call_911 = blocks.ListBlock(
        SignBlock(max_length=160),
        default=[],
        max_num=SIGNS,
        label=_("Call the emergency number for"),
        help_text=_("Signs of this subject. Those of every page are printed after them."),
    )
    call_team = blocks.ListBlock(
        SignBlock(max_length=160),
        min_num=1,
        max_num=SIGNS,
        label=_("Call the care team now for"),
        help_text=_("At most 8 signs of at most 15 words. The fever rule is printed by itself."),
    )

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """The signs as an entry has them, for the box that all pages share."""
        entry = {
            "call_911": "\n".join(value["call_911"]),
            "call_team_now": "\n".join(value["call_team"]),
            "fever_rule": True,
        }
        return super().get_context(value, parent_context) | {"entry": entry}

    class Meta:
        icon = "warning"
        label = _("When to get help")
        # What is read in an emergency is read by a clinician first.
        never_minor = True
        template = "education/blocks/emergency.html"


def step_words(alternative: str | None) -> list[str]:
    """The words of the steps of a drawing: one line a step, whatever lines stand empty."""
    return [line.strip() for line in (alternative or "").splitlines() if line.strip()]


class FigureBlock(blocks.StructBlock):
    """One of our drawings with its caption and the same in words.

    A drawing in steps shows these words beside its pictures: they are its text, are reviewed with
    the article like any other, and are not printed a second time below it.
    """

    drawing = blocks.ChoiceBlock(choices=Drawing.choices)
    caption = blocks.CharBlock(max_length=160)
    alternative = blocks.TextBlock(
        label=_("The same in words"),
        help_text=_("Everything that the drawing says. One line for each step, if it has steps."),
    )

    def clean(self, value: Any) -> Any:
        """The figure, if a drawing in steps has a line of words for each step."""
        figure = super().clean(value)
        steps = STEPS.get(figure["drawing"])
        written = len(step_words(figure["alternative"]))
        if steps and written != steps and not self.is_deferred_validation:
            message = __("Write one line for each of the %(steps)d steps, not %(written)d.")
            wrong = ValidationError(message % {"steps": steps, "written": written})
            raise blocks.StructBlockValidationError(block_errors={"alternative": wrong})
        return figure

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "education/blocks/figure.html"


class TableBlock(TypedTableBlock):
    """A small table with a caption; the first cell of a row names the row (standard G8)."""

    def clean(self, table: Any) -> Any:
        """The table, if it has a caption, a heading over each column and at most four columns."""
        cleaned = super().clean(table)
        if self.is_deferred_validation:
            return cleaned
        problems = []
        if not (cleaned.caption or "").strip():
            problems.append(__("Give the table a caption."))
        if not cleaned.columns or not cleaned.row_data:
            problems.append(__("A table has at least one column and one row."))
        if len(cleaned.columns) > MOST_COLUMNS:
            problems.append(__("At most %(most)d columns.") % {"most": MOST_COLUMNS})
        if not all((column["heading"] or "").strip() for column in cleaned.columns):
            problems.append(__("Give each column a heading."))
        if problems:
            raise TypedTableBlockValidationError(non_block_errors=problems)
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """Caption, headings and rows of texts."""
        table = self.normalize(value)
        return super().get_context(value, parent_context) | {
            "caption": table.caption,
            "columns": [column["heading"] for column in table.columns],
            "rows": [row["values"] for row in table.row_data],
        }

    def render(self, value: Any, context: Any = None) -> str:
        """By the block's own template, where the library would ask the value."""
        return blocks.Block.render(self, value, context)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "education/blocks/table.html"


class FaqItemBlock(blocks.StructBlock):
    """A question that readers ask, and its answer."""

    question = blocks.CharBlock(max_length=120)
    answer = CleanRichTextBlock()


class DrugCardBlock(EntryBlock):
    """A medicine's card: it follows the record and is never a copy."""

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """The live medicine, or nothing."""
        known = catalogue.current()
        medicine = value and known.by_pk.get(value.pk)
        return super().get_context(value, parent_context) | {
            "medicine": medicine,
            "look_alikes": known.named(medicine.look_alikes) if medicine else [],
        }

    class Meta:
        label = _("Card of a medicine")
        template = "education/blocks/drug_card.html"


class ClassCardBlock(EntryBlock):
    """A class's card with its medicines: it follows the records and is never a copy."""

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """The live class and its live medicines, or nothing."""
        known = catalogue.current()
        found = value and known.class_by_pk.get(value.pk)
        return super().get_context(value, parent_context) | {
            "drug_class": found,
            "medicines": known.in_class(found.slug) if found else [],
        }

    class Meta:
        label = _("Card of a class")
        template = "education/blocks/class_card.html"


class TrialBlock(blocks.StructBlock):
    """What one trial found, from the medicine's record: it is never a copy."""

    medicine = EntryBlock("drugs.Drug", label=_("Medicine"))
    trial = blocks.CharBlock(
        max_length=120, help_text=_("Its name, as the results of the medicine give it.")
    )

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """The trial among those that the page has read, and the medicine, or nothing."""
        medicine = value["medicine"]
        trials = (parent_context or {}).get("trials", {})
        return super().get_context(value, parent_context) | {
            "medicine": medicine and catalogue.current().by_pk.get(medicine.pk),
            "trial": medicine and trials.get((medicine.pk, value["trial"])),
        }

    class Meta:
        icon = "table"
        label = _("A trial's results, from a medicine")
        # Another name shows other figures.
        never_minor = True
        template = "education/blocks/trial.html"


def trials_in(body: Iterable[Any]) -> list[tuple[int, str]]:
    """The medicine's id and the name of each trial whose results a body shows."""
    shown = [child.value for child in body if child.block_type == "trial"]
    return [(value["medicine"].pk, value["trial"]) for value in shown if value["medicine"]]


class StudyBlock(blocks.StructBlock):
    """What a study found of which no medicine here has a record."""

    name = blocks.CharBlock(max_length=120)
    people = blocks.CharBlock(max_length=300, label=_("Who took part"))
    compared_with = blocks.CharBlock(max_length=300, label=_("Compared with"))
    found = blocks.TextBlock(label=_("What it found"))

    class Meta:
        icon = "table"
        label = _("A study in words")
        template = "education/blocks/study.html"


class QuestionBlock(blocks.CharBlock):
    """A question to ask the team."""

    def clean(self, value: str) -> str:
        """The question, if it ends as one."""
        question: str = super().clean(value)
        if not question.rstrip().endswith("?") and not self.is_deferred_validation:
            raise ValidationError(__("A question ends with a question mark."))
        return question


class QuestionsBlock(blocks.StructBlock):
    """Questions to take to a visit."""

    heading = blocks.CharBlock(max_length=80, default=_("Questions to ask your team"))
    questions = blocks.ListBlock(QuestionBlock(max_length=200), min_num=1, max_num=7)

    class Meta:
        icon = "help"
        label = _("Questions to ask")
        template = "education/blocks/questions.html"


class BodyBlock(WholeStreamBlock):
    """The body of an article."""

    heading = HeadingBlock(max_length=90)
    text = CleanRichTextBlock(template="education/blocks/text.html", label=_("Text"))
    callout = CalloutBlock()
    emergency = EmergencyBlock()
    figure = FigureBlock()
    table = TableBlock([("text", blocks.CharBlock(max_length=400, required=False))])
    faq = blocks.ListBlock(
        FaqItemBlock(),
        min_num=1,
        icon="help",
        label=_("Questions and answers"),
        template="education/blocks/faq.html",
    )
    trial = TrialBlock()
    study = StudyBlock()
    drug_card = DrugCardBlock("drugs.Drug")
    class_card = ClassCardBlock("drugs.DrugClass")
    questions = QuestionsBlock()
