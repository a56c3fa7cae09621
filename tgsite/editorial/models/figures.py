"""What was measured of a text, kept because measuring takes long."""

from __future__ import annotations

from django.db import models

from tgsite.editorial.models.review import OfEntry


class ReadingFigures(OfEntry):
    """The reading grades of one entry's live text."""

    basis = models.CharField(
        max_length=64, help_text="Digest of what was measured: publication and list of names"
    )
    grade = models.FloatField(null=True, help_text="Flesch-Kincaid; none under 100 words")
    smog = models.FloatField(null=True)
    words = models.PositiveIntegerField()
    sections = models.JSONField(help_text="Lists of name, words, grade, smog")
    worst = models.TextField(blank=True, help_text="The sentence that is hardest to read")
    worst_grade = models.FloatField(null=True)

    class Meta(OfEntry.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="one_reading_per_entry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} words, grade {self.grade}"
