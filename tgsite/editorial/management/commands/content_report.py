"""`manage.py content_report`: how hard every live entry is to read, and what its checks say."""

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import capfirst

from tgsite.editorial.checks import Level, Problem, problems
from tgsite.editorial.models import EditorialModel, entry_models
from tgsite.editorial.plain import relations
from tgsite.editorial.readability import BODY_GRADE, Readability, Section, measure

# The mean of all pages that the editors aim at.
MEAN_GRADE = 7.5
# Who wrote and signed it, and when: the notice "Not yet reviewed by a clinician" stands in for
# these until the first approval (content standard, section 1).
MET_BY_THE_NOTICE = frozenset({"A1", "A2", "A3", "A7"})


@dataclass(frozen=True)
class Reported:
    """One live entry with its figures."""

    entry: EditorialModel
    reading: Readability
    sources: int
    failing: list[Problem]
    """What stands between the entry and an approval."""
    warnings: list[Problem]
    """What writer and reviewer are asked to look at."""

    @property
    def fails(self) -> bool:
        """Whether a check fails, or the page as a whole is too hard."""
        grade = self.reading.page.grade
        return bool(self.failing) or (grade is not None and grade > BODY_GRADE)


class Command(BaseCommand):
    """For editors and for the build: prints every entry, fails if one is not as it should be."""

    help = (
        "Print the reading grade of every live entry by section (Flesch-Kincaid, names taken out), "
        "its words, sources and failing checks. Ends with an error if a check fails, a page is "
        f"above grade {BODY_GRADE:.0f} or the mean of all pages is above {MEAN_GRADE}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which entries, and how much of each."""
        parser.add_argument("slugs", nargs="*", help="Only entries with these slugs.")
        parser.add_argument("--short", action="store_true", help="One line an entry, no sections.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print. ``CommandError`` if something fails or a slug is unknown."""
        found = list(_reported(options["slugs"]))
        unknown = set(options["slugs"]) - {one.entry.slug for one in found}
        if unknown:
            raise CommandError(f"No live entry: {', '.join(sorted(unknown))}.")
        for one in found:
            self._print(one, short=options["short"])
        grades = [one.reading.page.grade for one in found if one.reading.page.grade is not None]
        mean = fmean(grades) if grades else 0
        failing = sum(one.fails for one in found)
        self.stdout.write(
            f"{len(found)} entries, {len(grades)} with a grade; mean {mean:.2f}, hardest "
            f"{max(grades, default=0)}; {sum(len(one.failing) for one in found)} failing checks, "
            f"{sum(len(one.warnings) for one in found)} worth a look; {failing} entries fail."
        )
        if failing or mean > MEAN_GRADE:
            raise CommandError("The content is not as the standard asks.")

    def _print(self, one: Reported, *, short: bool) -> None:
        page = one.reading.page
        kind = capfirst(str(one.entry._meta.verbose_name))
        self.stdout.write(
            f"{'FAILS' if one.fails else 'ok   '} {kind} {one.entry.slug}: "
            f"{_grade(page)}, {page.words} words, {one.sources} sources"
        )
        if not short:
            for section in one.reading.sections:
                self.stdout.write(
                    f"        {section.name}: {_grade(section)}, {section.words} words"
                )
        for mark, problems_found in (("FAILS", one.failing), ("look ", one.warnings)):
            for problem in problems_found:
                parts = filter(None, [mark, problem.rule, problem.place, problem.message])
                self.stdout.write(f"      {': '.join(parts)}")


def _grade(section: Section) -> str:
    return "too short for a grade" if section.grade is None else f"grade {section.grade}"


def _reported(slugs: list[str]) -> Iterator[Reported]:
    for model in entry_models():
        entries = model.objects.live().order_by(model.name_field)
        if slugs:
            entries = entries.filter(slug__in=slugs)
        names = [name for name, _rows in relations(model)]
        for entry in entries.prefetch_related(*names):
            sources = getattr(entry, "sources", None)
            found = [
                one
                for one in problems(entry)
                if entry.reviewed_on or one.rule not in MET_BY_THE_NOTICE
            ]
            yield Reported(
                entry=entry,
                reading=measure(entry),
                sources=sources.count() if sources is not None else 0,
                failing=[one for one in found if one.level != Level.WARN],
                warnings=[one for one in found if one.level == Level.WARN],
            )
