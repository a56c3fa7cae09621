"""Small content files to load, valid until a test breaks them."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

from drugs.models import Drug, DrugClass, OtherMedicine
from tests.factories import SET_ID
from tgsite.editorial.content import ContentKind, Outcome, load

SOURCE = {"title": "Label", "publisher": "FDA", "kind": "regulator"}
CLASS = {
    "slug": "anti-her2",
    "name": "HER2-targeted medicines",
    "summary": "They act on HER2.",
    "how_it_works": ["They block HER2."],
    "sources": [SOURCE],
}
OTHER = {"slug": "tamoxifen", "generic_name": "tamoxifen", "kind": "hormone therapy"}


def medicine(slug: str, /, **changes: Any) -> dict[str, Any]:
    """One medicine's mapping; ``None`` leaves a key out."""
    values = {
        "slug": slug,
        "brand_name": slug.title(),
        "generic_name": f"{slug}-mab",
        "summary": "A medicine for tests.",
        "classes": ["anti-her2"],
        "call_911": ["chest pain"],
        "call_team_now": ["new cough"],
        "indications": [
            {
                "key": "9d7f3f5e-6c2b-4d55-b0b5-6c0b8d4b4f11",
                "summary": "Metastatic HER2-positive breast cancer",
                "setting": ["metastatic"],
                "her2": ["positive"],
                "approved_on": "2020-01-02",
                "confirmed": True,
                "source": "Label (FDA)",
            }
        ],
        "forms": [{"route": "iv-infusion", "form": "infusion"}],
        "label_sources": [{"set_id": SET_ID, "what": "Label", "main": True}],
        "sources": [SOURCE],
    }
    merged = copy.deepcopy(values | changes)
    return {name: value for name, value in merged.items() if value is not None}


class Files:
    """The files of a small guide: one class, two medicines, one medicine not covered."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "app" / "content"
        self.classes = [copy.deepcopy(CLASS)]
        self.medicines = {
            "alpha": medicine("alpha", not_the_same_as=["beta"]),
            "beta": medicine("beta"),
        }
        self.others = [OTHER | {"nearest": "alpha"}]
        self.raw: dict[str, bytes] = {}
        self.kinds = (
            ContentKind(DrugClass, self.folder / "classes.yaml"),
            ContentKind(Drug, self.folder / "medicines"),
            ContentKind(OtherMedicine, self.folder / "other_medicines.yaml"),
        )

    def add(self, name: str, values: dict[str, Any] | bytes | str) -> None:
        """A medicine's file, as a mapping or as it stands."""
        if isinstance(values, dict):
            self.medicines[name] = values
        else:
            self.raw[name] = values.encode() if isinstance(values, str) else values

    def load(self, *, live: bool = True) -> Outcome:
        """Write the files and load them."""
        (self.folder / "medicines").mkdir(parents=True, exist_ok=True)
        texts = {"classes": self.classes, "other_medicines": self.others}
        texts |= {f"medicines/{name}": values for name, values in self.medicines.items()}
        for name, values in texts.items():
            text = yaml.safe_dump(values, sort_keys=False, allow_unicode=True)
            (self.folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        for name, found in self.raw.items():
            (self.folder / "medicines" / f"{name}.yaml").write_bytes(found)
        return load(self.kinds, live=live)
