"""The form behind every entry's edit screen."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from tgsite.editorial import checks


class EditorialForm(WagtailAdminModelForm):
    """Runs the content checks when the text is to go public, and shows each at its row.

    A draft is saved with whatever is missing; nothing typed is lost.
    """

    _checked = False

    def is_valid(self) -> bool:
        """As usual for a draft; for a publication or a submission also that nothing is final.

        What the approver may pass with a reason does not hold the author up.
        """
        if not super().is_valid():
            return False
        if not self.is_deferred_validation and not self._checked:
            self._checked = True
            for problem in checks.refusing(self.save(commit=False)):
                self._show(problem)
            return super().is_valid()
        return True

    def _show(self, problem: checks.Problem) -> None:
        form: forms.BaseForm = self
        for row_form in getattr(self.formsets.get(problem.relation), "forms", []):
            if row_form.instance is problem.row:
                form = row_form
        field = problem.field if problem.field in form.fields else None
        message: Any = problem.message if form is not self or field else problem.sentence()
        form.add_error(field, message)
