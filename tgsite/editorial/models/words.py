"""Words that the content checks warn of, each with a reason and better wording."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

HAS_A_WORD = RegexValidator(
    r"^\W*\w[^*]*\*?\W*$", _("Write a word or a few; a star stands only at the end.")
)


class WordRule(models.Model):
    """One word or phrase of a list of the content standard, section 5."""

    class List(models.TextChoices):
        """Which check reads it."""

        OVERCLAIM = "overclaim", _("Promises too much (C2)")
        BALANCE = "balance", _("Praises one medicine over another (D4)")
        RISK = "risk", _("Risk word that needs a number (E2)")
        HARD = "hard", _("Hard word (F4)")
        PEOPLE = "people", _("People, not cases (F6)")
        TONE = "tone", _("Fear or cheer (F8)")
        LINK = "link", _("Link that says nothing (G6)")
        SPUN = "spun", _("Sign of a bad source (A5)")
        DOMAIN = "domain", _("Site not to use as a source (A5)")

    # Named so because `list` is a type's name.
    word_list = models.CharField(_("list"), max_length=10, choices=List.choices)
    phrase = models.CharField(
        max_length=80,
        validators=[HAS_A_WORD],
        help_text=_(
            "As it is written, in lower case. A star at the end stands for any ending: game-chang*"
        ),
    )
    reason = models.CharField(max_length=200, help_text=_("Why not, in one plain sentence."))
    better = models.CharField(
        _("better wording"), max_length=200, help_text=_("What to write instead.")
    )

    class Meta:
        verbose_name = _("word to watch")
        verbose_name_plural = _("words to watch")
        ordering = ["word_list", "phrase"]
        constraints = [
            models.UniqueConstraint(
                fields=["word_list", "phrase"],
                name="one_rule_per_phrase",
                violation_error_message=_("This list has the phrase already."),
            ),
        ]

    def __str__(self) -> str:
        return self.phrase

    def clean(self) -> None:
        """Fold the phrase, so that a list holds it once however it was typed."""
        super().clean()
        self.phrase = " ".join(self.phrase.lower().split())
