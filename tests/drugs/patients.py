"""Patients and what the guide must list for them, worked out by hand from the facts of the labels.

Not computed: each list was read off the 51 uses one by one, following design, section 5. When a use
is added or changed, a person decides here which patients it concerns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ALL = (
    "Afinitor, Avastin, Datroway, Enhertu, Herceptin, Herceptin Hylecta, Ibrance, Itovebi, "
    "Kadcyla, Kisqali, Lynparza, Margenza, Nerlynx, Perjeta, Phesgo, Piqray, Talzenna, Trodelvy, "
    "Truqap, Tukysa, Tykerb, Verzenio"
)
NOTHING_LISTED = (
    "No other medicine in this guide has US approval for exactly these answers. "
    "That does not mean there is no treatment:"
)
NOTHING_ELSE_LISTED = (
    "No other medicine in this guide has US approval for exactly these answers. "
    "That does not mean there is no treatment:"
)
BRCA_TEST = "a BRCA1 or BRCA2 change, by the inherited test (blood or saliva)"
PIK3CA_TEST = "a PIK3CA change, by a test of the tumor (tissue or blood)"
TRUQAP_TEST = "a PIK3CA, AKT1 or PTEN change, by a test of the tumor (tissue or blood)"


@dataclass(frozen=True)
class Patient:
    """One person's answers and the expected page.

    ``has_its_change``, ``can_be_first``, ``after_others``: the three places of the list, brands
    with commas between; a star is the mark "only with a ... change". ``low_hint``: brands that
    HER2-low would add; ``ultralow_hint``: those that HER2-ultralow would. ``uses``: brand -> how
    many of its uses match. ``reasons``: brand -> kind of reason -> words in it. ``help_starts``:
    first words of the help beside a short list; ``offers``: what it proposes to look at again ->
    number of medicines, in order.
    """

    id: str
    story: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    has_its_change: str = ""
    can_be_first: str = ""
    after_others: str = ""
    low_hint: str = ""
    ultralow_hint: str = ""
    uses: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    help_starts: str = ""
    offers: Mapping[str, int] = field(default_factory=dict)

    @property
    def places(self) -> list[list[str]]:
        """The brands of each place, stars included."""
        return [
            [brand for brand in brands.split(", ") if brand]
            for brands in (self.has_its_change, self.can_be_first, self.after_others)
        ]

    @property
    def listed(self) -> list[str]:
        """The brands in the order of the page, without stars."""
        return [brand.rstrip("*") for place in self.places for brand in place]

    @property
    def marked(self) -> set[str]:
        """The brands with a star."""
        return {brand[:-1] for place in self.places for brand in place if brand.endswith("*")}


def answers(
    hormone_receptor: str = "", her2: str = "", setting: str = "", *mutation: str
) -> dict[str, Any]:
    """The parameters of the list's address; empty text is "I don't know"."""
    return {
        "hormone_receptor": hormone_receptor,
        "her2": her2,
        "setting": setting,
        "mutation": mutation,
    }


PATIENTS = [
    Patient(
        "nothing-known",
        "Found a lump last week and has no report yet: the whole guide, Avastin too.",
        answers(),
        can_be_first=ALL,
    ),
    # Hormone receptor-positive, HER2-negative, spread
    Patient(
        "hr-positive-metastatic-genes-not-tested",
        "Cancer in the bones; nobody has spoken of genes.",
        answers("positive", "negative", "metastatic"),
        can_be_first="Ibrance, Itovebi*, Kisqali, Talzenna*, Verzenio",
        after_others="Afinitor, Datroway, Lynparza*, Piqray*, Trodelvy, Truqap*",
        low_hint="Enhertu",
        ultralow_hint="Enhertu",
        uses={"Ibrance": 3, "Kisqali": 2, "Verzenio": 3, "Trodelvy": 1, "Datroway": 1},
        reasons={
            "Itovebi": {"test": PIK3CA_TEST},
            "Talzenna": {"test": BRCA_TEST},
            "Truqap": {"test": TRUQAP_TEST},
        },
    ),
    Patient(
        "hr-positive-metastatic-tumor-result-only",
        "The tumor test found nothing; the inherited test is not done, so the BRCA medicines stay.",
        answers("positive", "negative", "metastatic", "no-tumor"),
        can_be_first="Ibrance, Kisqali, Talzenna*, Verzenio",
        after_others="Afinitor, Datroway, Lynparza*, Trodelvy",
        low_hint="Enhertu",
        ultralow_hint="Enhertu",
        uses={"Ibrance": 2},
    ),
    Patient(
        "hr-positive-metastatic-inherited-result-only",
        "No inherited BRCA change; the tumor is not tested, so the tumor's medicines stay.",
        answers("positive", "negative", "metastatic", "no-brca"),
        can_be_first="Ibrance, Itovebi*, Kisqali, Verzenio",
        after_others="Afinitor, Datroway, Piqray*, Trodelvy, Truqap*",
        low_hint="Enhertu",
        ultralow_hint="Enhertu",
        uses={"Ibrance": 3},
    ),
    Patient(
        "hr-positive-metastatic-both-tests-found-nothing",
        "Both tests are back and found nothing.",
        answers("positive", "negative", "metastatic", "none"),
        can_be_first="Ibrance, Kisqali, Verzenio",
        after_others="Afinitor, Datroway, Trodelvy",
        low_hint="Enhertu",
        ultralow_hint="Enhertu",
    ),
    Patient(
        "hr-positive-metastatic-two-tests-answered-apart",
        "The same as both tests together, ticked one by one.",
        answers("positive", "negative", "metastatic", "no-brca", "no-tumor"),
        can_be_first="Ibrance, Kisqali, Verzenio",
        after_others="Afinitor, Datroway, Trodelvy",
        low_hint="Enhertu",
        ultralow_hint="Enhertu",
    ),
    Patient(
        "pik3ca",
        "A PIK3CA change in the tumor; Ibrance comes first too, for its use beside Itovebi.",
        answers("positive", "negative", "metastatic", "pik3ca"),
        has_its_change="Ibrance, Itovebi, Piqray, Truqap",
        can_be_first="Kisqali, Talzenna*, Verzenio",
        after_others="Afinitor, Datroway, Lynparza*, Trodelvy",
        low_hint="Enhertu",
        ultralow_hint="Enhertu",
        uses={"Ibrance": 3},
        reasons={
            "Piqray": {"test": PIK3CA_TEST, "given-with": "fulvestrant"},
            "Itovebi": {"test": PIK3CA_TEST, "given-with": "palbociclib"},
        },
    ),
    Patient(
        "akt1",
        "An AKT1 change: only Truqap asks for it, and the PIK3CA medicines go.",
        answers("positive", "negative", "metastatic", "akt1"),
        has_its_change="Truqap",
        can_be_first="Ibrance, Kisqali, Talzenna*, Verzenio",
        after_others="Afinitor, Datroway, Lynparza*, Trodelvy",
        low_hint="Enhertu",
        ultralow_hint="Enhertu",
        uses={"Ibrance": 2},
        reasons={"Truqap": {"test": TRUQAP_TEST, "given-with": "fulvestrant"}},
    ),
    Patient(
        "pten-and-no-brca",
        "A PTEN change in the tumor, no inherited BRCA change.",
        answers("positive", "negative", "metastatic", "pten", "no-brca"),
        has_its_change="Truqap",
        can_be_first="Ibrance, Kisqali, Verzenio",
        after_others="Afinitor, Datroway, Trodelvy",
        low_hint="Enhertu",
        ultralow_hint="Enhertu",
    ),
    Patient(
        "brca1-and-pik3ca",
        "One change of each kind.",
        answers("positive", "negative", "metastatic", "brca1", "pik3ca"),
        has_its_change="Ibrance, Itovebi, Lynparza, Piqray, Talzenna, Truqap",
        can_be_first="Kisqali, Verzenio",
        after_others="Afinitor, Datroway, Trodelvy",
        low_hint="Enhertu",
        ultralow_hint="Enhertu",
    ),
    Patient(
        "hr-positive-brca2-tumor-not-tested",
        "An inherited BRCA2 change says nothing about the tumor.",
        answers("positive", "negative", "metastatic", "brca2"),
        has_its_change="Lynparza, Talzenna",
        can_be_first="Ibrance, Itovebi*, Kisqali, Verzenio",
        after_others="Afinitor, Datroway, Piqray*, Trodelvy, Truqap*",
        low_hint="Enhertu",
        ultralow_hint="Enhertu",
    ),
    Patient(
        "hr-positive-locally-advanced",
        "Cannot be removed, but has not spread, so no use of Lynparza fits.",
        answers("positive", "negative", "locally-advanced"),
        can_be_first="Ibrance, Itovebi*, Kisqali, Talzenna*, Verzenio",
        after_others="Afinitor, Datroway, Piqray*, Trodelvy, Truqap*",
        low_hint="Enhertu",
        ultralow_hint="Enhertu",
    ),
    # HER2-low and HER2-ultralow
    Patient(
        "her2-low-hr-positive-metastatic",
        "IHC 1+: two uses of Enhertu, and everything for HER2-negative cancer.",
        answers("positive", "low", "metastatic"),
        can_be_first="Ibrance, Itovebi*, Kisqali, Talzenna*, Verzenio",
        after_others="Afinitor, Datroway, Enhertu, Lynparza*, Piqray*, Trodelvy, Truqap*",
        uses={"Enhertu": 2},
        reasons={"Enhertu": {"given-with": "given alone"}},
    ),
    Patient(
        "her2-ultralow-hr-positive-metastatic",
        "A trace of HER2: only the Enhertu use that names ultralow.",
        answers("positive", "ultralow", "metastatic"),
        can_be_first="Ibrance, Itovebi*, Kisqali, Talzenna*, Verzenio",
        after_others="Afinitor, Datroway, Enhertu, Lynparza*, Piqray*, Trodelvy, Truqap*",
        uses={"Enhertu": 1},
    ),
    Patient(
        "her2-low-hr-negative-metastatic",
        "Called triple-negative, but IHC 1+: Enhertu after chemotherapy.",
        answers("negative", "low", "metastatic"),
        can_be_first="Datroway, Talzenna*, Trodelvy",
        after_others="Enhertu, Lynparza*",
        uses={"Enhertu": 1, "Trodelvy": 3, "Datroway": 1},
        reasons={"Enhertu": {"after": "chemotherapy"}},
    ),
    Patient(
        "her2-ultralow-hr-negative-metastatic",
        "The ultralow use of Enhertu asks for positive hormone receptors.",
        answers("negative", "ultralow", "metastatic"),
        can_be_first="Datroway, Talzenna*, Trodelvy",
        after_others="Lynparza*",
    ),
    Patient(
        "her2-low-early-hr-positive",
        "HER2-low changes nothing before the cancer has spread.",
        answers("positive", "low", "early"),
        can_be_first="Kisqali, Verzenio",
        after_others="Lynparza*",
    ),
    Patient(
        "only-her2-negative",
        "The report says HER2-negative and no more; the use of Avastin for it is withdrawn.",
        answers("", "negative"),
        can_be_first="Datroway, Ibrance, Itovebi*, Kisqali, Talzenna*, Trodelvy, Verzenio",
        after_others="Afinitor, Lynparza*, Piqray*, Truqap*",
        low_hint="Enhertu",
        ultralow_hint="Enhertu",
    ),
    Patient(
        "her2-negative-metastatic-as-avastin-was-for",
        "Exactly what Avastin was once approved for: it is not listed.",
        answers("", "negative", "metastatic"),
        can_be_first="Datroway, Ibrance, Itovebi*, Kisqali, Talzenna*, Trodelvy, Verzenio",
        after_others="Afinitor, Lynparza*, Piqray*, Truqap*",
        low_hint="Enhertu",
        ultralow_hint="Enhertu",
    ),
    # Triple-negative
    Patient(
        "triple-negative-metastatic",
        "Triple-negative cancer that has spread; genes not tested.",
        answers("negative", "negative", "metastatic"),
        can_be_first="Datroway, Talzenna*, Trodelvy",
        after_others="Lynparza*",
        low_hint="Enhertu",
        uses={"Trodelvy": 3, "Datroway": 1},
        reasons={"Lynparza": {"test": BRCA_TEST}},
    ),
    Patient(
        "triple-negative-metastatic-brca2",
        "Triple-negative with an inherited BRCA2 change.",
        answers("negative", "negative", "metastatic", "brca2"),
        has_its_change="Lynparza, Talzenna",
        can_be_first="Datroway, Trodelvy",
        low_hint="Enhertu",
        reasons={
            "Lynparza": {"after": "chemotherapy", "given-with": "given alone", "test": BRCA_TEST},
            "Talzenna": {"test": BRCA_TEST},
        },
    ),
    Patient(
        "triple-negative-locally-advanced-brca2",
        "Cannot be removed, not spread: Talzenna's use covers it, Lynparza's do not.",
        answers("negative", "negative", "locally-advanced", "brca2"),
        has_its_change="Talzenna",
        can_be_first="Datroway, Trodelvy",
        low_hint="Enhertu",
    ),
    Patient(
        "triple-negative-metastatic-no-brca",
        "A list of two comes with help; a test repeated would add the two BRCA medicines.",
        answers("negative", "negative", "metastatic", "no-brca"),
        can_be_first="Datroway, Trodelvy",
        low_hint="Enhertu",
        help_starts=NOTHING_ELSE_LISTED,
        offers={"inherited test not done": 4},
    ),
    Patient(
        "early-triple-negative",
        "Operable; one medicine, and only with a BRCA change.",
        answers("negative", "negative", "early"),
        after_others="Lynparza*",
        help_starts=NOTHING_ELSE_LISTED,
        offers={"locally-advanced": 3, "metastatic": 4},
    ),
    Patient(
        "early-triple-negative-brca1",
        "Operable, with an inherited BRCA1 change.",
        answers("negative", "negative", "early", "brca1"),
        has_its_change="Lynparza",
        reasons={
            "Lynparza": {
                "for-whom": "more apt to come back",
                "after": "chemotherapy",
                "test": BRCA_TEST,
            }
        },
        help_starts=NOTHING_ELSE_LISTED,
        offers={"locally-advanced": 3, "metastatic": 4},
    ),
    Patient(
        "early-triple-negative-no-brca",
        "Operable, inherited test without a change: nothing, and that is said with care.",
        answers("negative", "negative", "early", "no-brca"),
        help_starts=NOTHING_LISTED,
        offers={"locally-advanced": 2, "metastatic": 2, "inherited test not done": 1},
    ),
    Patient(
        "triple-negative-before-surgery",
        "Before surgery none of these medicines is approved for triple-negative cancer.",
        answers("negative", "negative", "neoadjuvant"),
        help_starts=NOTHING_LISTED,
        offers={"early": 1, "adjuvant": 1, "locally-advanced": 3, "metastatic": 4},
    ),
    # Early, hormone receptor-positive, HER2-negative
    Patient(
        "early-hr-positive",
        "Surgery planned, genes not tested.",
        answers("positive", "negative", "early"),
        can_be_first="Kisqali, Verzenio",
        after_others="Lynparza*",
        uses={"Kisqali": 1, "Verzenio": 1, "Lynparza": 1},
        reasons={"Verzenio": {"for-whom": "node-positive", "given-with": "tamoxifen"}},
    ),
    Patient(
        "early-hr-positive-brca1",
        "After surgery, with an inherited BRCA1 change.",
        answers("positive", "negative", "early", "brca1"),
        has_its_change="Lynparza",
        can_be_first="Kisqali, Verzenio",
        reasons={"Lynparza": {"for-whom": "more apt to come back", "test": BRCA_TEST}},
    ),
    Patient(
        "early-hr-positive-both-tests-found-nothing",
        "Two medicines and the help beside a short list.",
        answers("positive", "negative", "early", "none"),
        can_be_first="Kisqali, Verzenio",
        help_starts=NOTHING_ELSE_LISTED,
        offers={"locally-advanced": 6, "metastatic": 6, "inherited test not done": 3},
    ),
    Patient(
        "hr-positive-before-surgery",
        "Before surgery none of these medicines is approved for HER2-negative cancer.",
        answers("positive", "negative", "neoadjuvant"),
        help_starts=NOTHING_LISTED,
        offers={"early": 3, "adjuvant": 3, "locally-advanced": 10, "metastatic": 11},
    ),
    # HER2-positive
    Patient(
        "her2-positive-stage-iii-operable",
        "Stage III with surgery planned: chooses early, as the finder says.",
        answers("", "positive", "early"),
        can_be_first="Enhertu, Herceptin, Herceptin Hylecta, Kadcyla, Perjeta, Phesgo",
        after_others="Nerlynx",
        uses={"Enhertu": 2, "Perjeta": 2, "Phesgo": 2, "Herceptin": 1, "Kadcyla": 1},
    ),
    Patient(
        "her2-positive-before-surgery",
        "Treatment before surgery.",
        answers("", "positive", "neoadjuvant"),
        can_be_first="Enhertu, Perjeta, Phesgo",
        uses={"Enhertu": 1, "Perjeta": 1, "Phesgo": 1},
        reasons={"Perjeta": {"given-with": "trastuzumab"}},
    ),
    Patient(
        "her2-positive-cancer-left-after-treatment-before-surgery",
        "Cancer was left at surgery: Kadcyla and Enhertu say so in their reasons.",
        answers("", "positive", "adjuvant"),
        can_be_first="Enhertu, Herceptin, Herceptin Hylecta, Kadcyla, Perjeta, Phesgo",
        after_others="Nerlynx",
        uses={"Enhertu": 1, "Kadcyla": 1},
        reasons={
            "Kadcyla": {"for-whom": "invasive cancer left", "after": "with invasive cancer left"},
            "Enhertu": {"for-whom": "invasive cancer left", "after": "with invasive cancer left"},
            "Nerlynx": {"after": "trastuzumab", "given-with": "given alone"},
        },
    ),
    Patient(
        "her2-positive-early-brca1",
        "A BRCA change neither adds nor takes away a HER2 medicine.",
        answers("", "positive", "early", "brca1"),
        can_be_first="Enhertu, Herceptin, Herceptin Hylecta, Kadcyla, Perjeta, Phesgo",
        after_others="Nerlynx",
    ),
    Patient(
        "her2-positive-cannot-be-removed",
        "Grown nearby, no surgery possible, not spread.",
        answers("", "positive", "locally-advanced"),
        can_be_first="Enhertu",
        after_others="Nerlynx, Tukysa, Tykerb",
        uses={"Enhertu": 2, "Nerlynx": 1, "Tykerb": 1},
        reasons={"Tukysa": {"given-with": "trastuzumab"}},
    ),
    Patient(
        "her2-positive-metastatic-receptor-not-known",
        "First treatment of cancer that has spread; hormone receptors not known.",
        answers("", "positive", "metastatic"),
        can_be_first="Enhertu, Herceptin, Herceptin Hylecta, Perjeta, Phesgo, Tykerb",
        after_others="Kadcyla, Margenza, Nerlynx, Tukysa",
        uses={"Enhertu": 2, "Herceptin": 2, "Tykerb": 2, "Perjeta": 1},
    ),
    Patient(
        "her2-positive-metastatic-hr-positive",
        "Ibrance's reported use in HER2-positive cancer is not confirmed and must not match.",
        answers("positive", "positive", "metastatic"),
        can_be_first="Enhertu, Herceptin, Herceptin Hylecta, Perjeta, Phesgo, Tykerb",
        after_others="Kadcyla, Margenza, Nerlynx, Tukysa",
        uses={"Tykerb": 2},
        reasons={"Tykerb": {"for-whom": "menopause"}},
    ),
    Patient(
        "her2-positive-metastatic-hr-negative",
        "Without hormone receptors Tykerb is only for after other treatment.",
        answers("negative", "positive", "metastatic"),
        can_be_first="Enhertu, Herceptin, Herceptin Hylecta, Perjeta, Phesgo",
        after_others="Kadcyla, Margenza, Nerlynx, Tukysa, Tykerb",
        uses={"Tykerb": 1},
    ),
    # One answer alone
    Patient(
        "only-no-brca",
        "Only the inherited test is back.",
        answers("", "", "", "no-brca"),
        can_be_first=(
            "Datroway, Enhertu, Herceptin, Herceptin Hylecta, Ibrance, Itovebi*, Kadcyla, Kisqali, "
            "Perjeta, Phesgo, Trodelvy, Tykerb, Verzenio"
        ),
        after_others="Afinitor, Margenza, Nerlynx, Piqray*, Truqap*, Tukysa",
    ),
    Patient(
        "only-no-tumor",
        "Only the tumor test is back.",
        answers("", "", "", "no-tumor"),
        can_be_first=(
            "Datroway, Enhertu, Herceptin, Herceptin Hylecta, Ibrance, Kadcyla, Kisqali, Perjeta, "
            "Phesgo, Talzenna*, Trodelvy, Tykerb, Verzenio"
        ),
        after_others="Afinitor, Lynparza*, Margenza, Nerlynx, Tukysa",
    ),
    Patient(
        "only-early",
        "Knows only that surgery is planned.",
        answers("", "", "early"),
        can_be_first=(
            "Enhertu, Herceptin, Herceptin Hylecta, Kadcyla, Kisqali, Perjeta, Phesgo, Verzenio"
        ),
        after_others="Lynparza*, Nerlynx",
    ),
    Patient(
        "only-hr-positive",
        "Knows only that the cancer is fed by hormones.",
        answers("positive"),
        can_be_first=(
            "Enhertu, Herceptin, Herceptin Hylecta, Ibrance, Itovebi*, Kadcyla, Kisqali, Perjeta, "
            "Phesgo, Talzenna*, Tykerb, Verzenio"
        ),
        after_others=(
            "Afinitor, Datroway, Lynparza*, Margenza, Nerlynx, Piqray*, Trodelvy, Truqap*, Tukysa"
        ),
    ),
]

# Answers to `mutation` that cannot all be true.
CONTRADICTIONS = {
    "none-and-brca1": ("none", "brca1"),
    "none-and-pten": ("none", "pten"),
    "no-brca-and-brca1": ("no-brca", "brca1"),
    "no-brca-and-brca2": ("no-brca", "brca2"),
    "no-tumor-and-pik3ca": ("no-tumor", "pik3ca"),
    "no-tumor-and-akt1": ("akt1", "no-tumor"),
}
# They look alike, but both can be true.
NO_CONTRADICTIONS = {
    "no-brca-and-pik3ca": ("no-brca", "pik3ca"),
    "no-tumor-and-brca1": ("no-tumor", "brca1"),
    "none-and-no-brca": ("none", "no-brca"),
    "brca1-and-brca2": ("brca1", "brca2"),
}
