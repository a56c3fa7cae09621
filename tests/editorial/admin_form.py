"""The addresses of the admin's screens, and their forms filled in as a browser would.

Every field is sent as it was rendered, and then the changes.
"""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tgsite.editorial.models import EditorialModel


def address_of(
    what: EditorialModel | type[EditorialModel], view: str = "edit", *numbers: object
) -> str:
    """The address of a ``view`` of an entry; of a model: its list, or the form of a new entry."""
    own = [] if isinstance(what, type) else [what.pk]
    namespace = f"wagtailsnippets_{what._meta.app_label}_{what._meta.model_name}"
    return reverse(f"{namespace}:{view}", args=[*own, *numbers])


def form_data(response: HttpResponse) -> dict[str, Any]:
    """Name -> value, or list of values, of every successful control of the edit form."""
    form = BeautifulSoup(response.content, "html.parser").find("form", id="w-editor-form")
    assert isinstance(form, Tag), "no edit form on this page"
    data: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name, value = str(field["name"]), value_of(field)
        if value is None or "__prefix__" in name:
            continue
        data.setdefault(name, []).extend(value if isinstance(value, list) else [value])
    return data


def value_of(field: Tag) -> str | list[str] | None:
    """What a browser sends of a control as it was rendered; ``None`` for nothing."""
    if field.name == "textarea":
        return field.get_text().removeprefix("\n")
    if field.name == "select":
        chosen = [str(option["value"]) for option in field.select("option[selected]")]
        if field.has_attr("multiple"):
            return chosen
        first = field.select_one("option")
        return chosen or ([str(first["value"])] if first else None)
    if field.get("type") in ("checkbox", "radio"):
        return str(field.get("value", "on")) if field.has_attr("checked") else None
    return str(field.get("value", ""))


def submit(client: Client, address: str, action: str = "", **changes: Any) -> HttpResponse:
    """Open the edit screen at ``address``, change fields by name, press the button of ``action``.

    Double underscores in a name stand for the dashes of inline rows: ``indications__0__summary``.
    """
    opened = client.get(address)
    assert opened.status_code == 200, f"{address}: {opened.status_code}"
    data = form_data(opened)
    data.update({name.replace("__", "-"): value for name, value in changes.items()})
    if action:
        data[action] = "1"
    return client.post(address, data, follow=True)
