"""One row for each thing that search finds."""

from django.db import models


class SearchDocument(models.Model):
    """What a live entry is found by, written in the transaction of its publication.

    ``body_stems`` has a line for each line of ``body``. The three ``…_stems`` columns are what
    the database's full-text index is made of; the index follows the table by itself (a generated
    column on PostgreSQL, triggers on SQLite).
    """

    kind = models.CharField(max_length=20)
    entry_id = models.PositiveBigIntegerField()
    slug = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    title = models.CharField(max_length=200)
    subtitle = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    names = models.TextField(blank=True, help_text="Other names that the page shows, one a line.")
    aliases = models.TextField(blank=True, help_text="Words that people type; never shown.")
    body = models.TextField(blank=True, help_text="The page's text, a passage a line.")
    extra = models.JSONField(default=dict, help_text="What the suggestions of its kind need.")
    words = models.TextField(blank=True, help_text="Each folded word of it, once.")
    title_stems = models.TextField(blank=True)
    names_stems = models.TextField(blank=True)
    body_stems = models.TextField(blank=True)
    reviewed_on = models.DateField(null=True)
    review_due = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "entry_id"], name="one_document_per_entry"),
        ]

    def __str__(self) -> str:
        return self.title
