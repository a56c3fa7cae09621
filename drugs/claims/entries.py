"""What the words of an entry say against the records: what the check C11 finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from drugs import catalogue
from drugs.catalogue import use_of
from drugs.claims import words
from drugs.claims.reading import Reader
from drugs.claims.records import Group, Names, Record, Subject, key_of
from drugs.claims.verdict import contradiction, meets, no_use_for
from drugs.models import Drug, DrugClass, Indication, MedicineRule
from tgsite.editorial.checks.run import one_run
from tgsite.editorial.dependents import DependentPage, Line
from tgsite.editorial.memory import Kept
from tgsite.editorial.models import EditorialModel, entry_models
from tgsite.editorial.texts import Passage, passages

# Parts of a medicine's page that speak of other medicines, or of other diseases.
OF_OTHERS = frozenset(
    {"other_choices", "questions", "not_known", "first_approval_for", "name_notes"}
)
# Rows that are the record itself.
OF_THE_RECORD = frozenset({"indications", "trial_results", "side_effect_rates"})


@dataclass(frozen=True)
class Contradiction:
    """A passage says what no record has."""

    passage: Passage
    sentence: str
    reason: str


@dataclass(frozen=True)
class Text:
    """The words of an entry, and which it is."""

    model: type[EditorialModel]
    pk: int
    slug: str
    name: str
    live: bool
    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, entry: EditorialModel) -> Text:
        """The words of ``entry`` but for those of the record itself."""
        found = (one for one in passages(entry) if one.relation not in OF_THE_RECORD)
        pk = key_of(entry)
        return cls(type(entry), pk, str(entry.slug), str(entry), entry.live, tuple(found))

    def about(self, names: Names) -> Iterator[tuple[Passage, str, list[Group]]]:
        """Each sentence that speaks of a medicine, and of which."""
        reader = Reader(names)
        own = self.own(names)
        section = ""
        for passage in self.passages:
            # A pronoun means the page's own medicine, or what the same section named.
            if own or passage.section != section:
                reader.forget()
            section = passage.section
            meant = () if passage.field in OF_OTHERS else own
            if isinstance(passage.row, MedicineRule):
                meant = names.own([passage.row.drug_id])
            if passage.head:
                meant = tuple(one for group in names.groups(passage.head) for one in group[2])
            for sentence, groups in reader.about(passage.text, meant):
                yield passage, sentence, groups

    def own(self, names: Names) -> tuple[Subject, ...]:
        """Whom the page means where it names nobody."""
        if self.model is Drug:
            return names.own([self.pk], self.name)
        return names.own(names.members(self.slug), self.name) if self.model is DrugClass else ()


def contradictions(entry: EditorialModel) -> Iterator[Contradiction]:
    """Every sentence of ``entry`` that the records contradict; a medicine's draft with its own."""
    if isinstance(entry, Drug):
        names = Names(catalogue.current(), entry)
        yield from _of_uses(entry, names)
    else:
        names = published_names.current()
    reader = Reader(names)
    found = (
        Contradiction(passage, sentence, reason)
        for passage, sentence, groups in Text.of(entry).about(names)
        for statement in reader.statements(sentence, groups)
        if (reason := contradiction(statement))
    )
    # "Brand (generic name)" is two names of one medicine.
    yield from dict.fromkeys(found)


def _of_uses(drug: Drug, names: Names) -> Iterator[Contradiction]:
    """The words of a use that its own codes do not have."""
    for passage in passages(drug):
        if not isinstance(passage.row, Indication) or passage.field != "summary":
            continue
        use = use_of(passage.row)
        itself = Subject(str(drug), (Record(str(drug), (use,), frozenset()),))
        for statement in Reader(names).statements(passage.text, [(0, 0, (itself,))]):
            for value in sorted(statement.values):
                if not statement.denied and value[0] in words.OF_A_USE and not meets(use, value):
                    yield Contradiction(passage, use.summary, no_use_for(value))


def contradicting_pages() -> list[DependentPage]:
    """The live pages that contradict a record, with the sentences that do."""
    return _contradicting_pages.current()


def _find_contradicting_pages(_version: int) -> list[DependentPage]:
    found = []
    for model in entry_models():
        for entry in model.objects.live().order_by("slug"):
            with one_run():
                lines = tuple(
                    Line(one.passage.section, one.sentence, one.reason, one.passage.head)
                    for one in contradictions(entry)
                )
            if lines:
                found.append(DependentPage(model, entry.pk, str(entry), lines))
    return found


_contradicting_pages = Kept(_find_contradicting_pages)
published_names = Kept(lambda _version: Names(catalogue.current()))
