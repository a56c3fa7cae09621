"""What the pages of medicines, classes and side effects say of themselves to search engines."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from drugs.catalogue import ClassName, Medicine
from drugs.feeds import drug_feed
from drugs.models import SideEffect
from drugs.presenters import ClassPage, DrugPage
from tgsite.editorial.updates import updates_feed
from tgsite.head import Crumb, Head, Node, absolute, filled, url_of


def drug_list_head(title: str) -> Head:
    """The list of medicines."""
    return Head(
        title,
        _(
            "Targeted medicines for breast cancer approved in the United States, by diagnosis, "
            "class and how they are given."
        ),
        (_medicines(),),
    )


def compare_head(medicines: Sequence[Medicine]) -> Head:
    """Medicines side by side; which they are stands in the title, not in the canonical address."""
    names = ", ".join(medicine.full_name for medicine in medicines)
    title = _("Side by side: %(names)s") % {"names": names} if names else _("Compare medicines")
    return Head(
        title,
        _(
            "Two to four targeted breast-cancer medicines side by side: uses, how you have them, "
            "warnings, side effects and tests."
        ),
        (_medicines(), Crumb(_("Side by side"), reverse("drugs:compare"))),
    )


def drug_head(page: DrugPage) -> Head:
    """A medicine's page."""
    drug = page.drug
    title = f"{drug.brand_name} ({drug.generic_name})"
    url = url_of(drug)
    label = next((row.url for row in drug.label_sources.all() if row.main and row.set_id), "")
    node = filled(
        {
            "@type": "Drug",
            "@id": f"{absolute(url)}#medicine",
            "name": drug.brand_name,
            "nonProprietaryName": drug.generic_name,
            "alternateName": drug.also_known_as.splitlines(),
            "isProprietary": True,
            "description": drug.summary,
            "mechanismOfAction": drug.how_it_works,
            "drugClass": [_class_node(known) for known in page.classes],
            "administrationRoute": page.routes,
            "manufacturer": drug.manufacturer
            and {"@type": "Organization", "name": drug.manufacturer},
            "labelDetails": label,
        }
    )
    trail = (_medicines(), Crumb(title, url))
    # A draft without a slug, in a preview, has no feed yet.
    feeds = (drug_feed(title, drug.slug), updates_feed()) if drug.slug else ()
    return Head(title, drug.summary, trail, (node,), drug, feeds=feeds)


def class_list_head() -> Head:
    """The list of classes."""
    description = _("Targeted breast-cancer medicines by what they act on and by type.")
    return Head(_("Classes of medicine"), description, (_classes(),))


def class_head(page: ClassPage) -> Head:
    """A class's page."""
    drug_class = page.drug_class
    url = url_of(drug_class)
    node = filled(
        {
            "@type": "DrugClass",
            "@id": f"{absolute(url)}#class",
            "name": drug_class.name,
            "alternateName": drug_class.other_names.splitlines(),
            "description": drug_class.summary,
            "drug": [
                {"@type": "Drug", "name": one.brand_name, "url": absolute(one.url)}
                for one in (listed.medicine for listed in page.medicines)
            ],
        }
    )
    trail = (_classes(), Crumb(drug_class.name, url))
    return Head(drug_class.name, drug_class.summary, trail, (node,), drug_class)


def side_effect_list_head() -> Head:
    """The list of side effects."""
    return Head(
        _("Side effects: what to do"),
        _("When to call for help, and what you can do at home, for each side effect."),
        (_side_effects(),),
    )


def side_effect_head(effect: SideEffect) -> Head:
    """A side effect's page."""
    url = url_of(effect)
    node = filled(
        {
            "@type": "MedicalSignOrSymptom",
            "@id": f"{absolute(url)}#side-effect",
            "name": effect.name,
            "alternateName": effect.other_names.splitlines(),
            "description": effect.description or effect.summary,
        }
    )
    trail = (_side_effects(), Crumb(effect.name, url))
    return Head(effect.name, effect.summary, trail, (node,), effect)


def _class_node(known: ClassName) -> Node:
    return {"@type": "DrugClass", "name": known.name, "url": absolute(known.url)}


def _medicines() -> Crumb:
    return Crumb(_("Medicines"), reverse("drugs:drug_list"))


def _classes() -> Crumb:
    return Crumb(_("Classes"), reverse("drugs:class_list"))


def _side_effects() -> Crumb:
    return Crumb(_("Side effects"), reverse("drugs:side_effect_list"))
