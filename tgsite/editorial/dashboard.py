"""Panels of the admin's home: what needs an editor's attention."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.permissions import ModelPermissionPolicy

from tgsite.editorial.models import entry_models


class NeverReviewedPanel(Component):
    """Live entries that no clinician has signed: the first thing on the dashboard."""

    name = "never_reviewed"
    order = 10
    template_name = "editorial/never_reviewed.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Groups of a kind's name, the address of its list and its entries: one query a kind."""
        user = parent_context["request"].user
        groups = [
            {
                "name": model._meta.verbose_name_plural,
                "list_url": reverse(
                    f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:list"
                ),
                "entries": list(model.objects.never_reviewed()),
            }
            for model in entry_models()
            if ModelPermissionPolicy(model).user_has_any_permission(user, ["view", "change"])
        ]
        return {"groups": [group for group in groups if group["entries"]]}
