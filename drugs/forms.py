"""Forms of the public pages that are no filter of a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django import forms
from django.utils.translation import gettext as _

from drugs.catalogue import Medicine


class CompareForm(forms.Form):
    """Adds one medicine to those side by side; hidden inputs beside it keep those chosen."""

    def __init__(self, medicines: Iterable[Medicine], chosen: Collection[Medicine]) -> None:
        super().__init__(auto_id="add-%s")
        others = [medicine for medicine in medicines if medicine not in chosen]
        # While the first option has no value, the browser itself asks for a choice.
        nothing = ("", _("Choose a medicine"))
        self.fields["drug"] = forms.ChoiceField(
            label=_("Medicine"),
            choices=[nothing, *((medicine.slug, _option(medicine)) for medicine in others)],
        )


def _option(medicine: Medicine) -> str:
    if medicine.approval == "former":
        return _("%(name)s, no longer approved for breast cancer") % {"name": medicine.full_name}
    return medicine.full_name
