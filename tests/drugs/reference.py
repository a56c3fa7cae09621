"""Design section 5, "Matching a diagnosis", once more: slow, obvious, and apart from the program.

Each function is one sentence of the design. It works on plain values:

- a use: ``{"setting": [codes], "hormone_receptor": code, "her2": [codes], "mutations": [genes],
  "line": code, "status": code, "confirmed": bool, "key": text}``;
- a medicine: ``{"brand": text, "uses": [use, ...]}``;
- answers: the parameters as given, ``{"hormone_receptor": text or None, "her2": ...,
  "setting": ..., "mutation": [codes]}``; what is missing or empty is not stated.

Nothing of `drugs.matching` is imported or followed here. A use names inherited genes or tumor
genes, never both: a constraint of the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

HAS_ITS_CHANGE = "needs a change the patient has"
CAN_BE_FIRST = "can be the first treatment"
AFTER_OTHERS = "after other treatment"


@dataclass(frozen=True)
class Listed:
    """One line of the list: the brand, the keys of the uses that say why, the medicine's mark."""

    brand: str
    uses: tuple[str, ...]
    marked: bool


def contradicts(answers: dict[str, Any]) -> bool:
    """`none` with a gene, `no-brca` with an inherited change, `no-tumor` with a tumor change."""
    codes = answers.get("mutation") or []
    says_brca_change = "brca1" in codes or "brca2" in codes
    says_tumor_change = "pik3ca" in codes or "akt1" in codes or "pten" in codes
    if "none" in codes and (says_brca_change or says_tumor_change):
        return True
    if "no-brca" in codes and says_brca_change:
        return True
    return "no-tumor" in codes and says_tumor_change


def nothing_is_stated(answers: dict[str, Any]) -> bool:
    """Whether no question about the diagnosis was answered."""
    for name in ("hormone_receptor", "her2", "setting", "mutation"):
        if answers.get(name):
            return False
    return True


def counts_today(use: dict[str, Any]) -> bool:
    """Confirmed, and with status `approved` or `accelerated`."""
    if not use["confirmed"]:
        return False
    return use["status"] == "approved" or use["status"] == "accelerated"


def satisfies_hormone_receptor(use: dict[str, Any], answer: str | None) -> bool:
    """Its value is the same, or `any`."""
    if not answer:
        return True
    return use["hormone_receptor"] == answer or use["hormone_receptor"] == "any"


def satisfies_her2(use: dict[str, Any], answer: str | None) -> bool:
    """Its set holds the value; `low` and `ultralow` also satisfy a use that asks for `negative`."""
    if not answer:
        return True
    if answer in use["her2"]:
        return True
    if answer == "low" or answer == "ultralow":
        return "negative" in use["her2"]
    return False


def satisfies_setting(use: dict[str, Any], answer: str | None) -> bool:
    """Its set holds the value; `early` is `neoadjuvant` or `adjuvant`."""
    if not answer:
        return True
    if answer == "early":
        return "neoadjuvant" in use["setting"] or "adjuvant" in use["setting"]
    return answer in use["setting"]


def satisfies_mutation(use: dict[str, Any], codes: list[str]) -> bool:
    """It needs no mutation, or its group was not stated, or it needs one that the patient has."""
    if not use["mutations"]:
        return True
    if use["mutations"][0] in ("BRCA1", "BRCA2"):
        speaks_of_its_group = ("brca1", "brca2", "no-brca", "none")
    else:
        speaks_of_its_group = ("pik3ca", "akt1", "pten", "no-tumor", "none")
    group_was_stated = False
    for code in codes:
        if code in speaks_of_its_group:
            group_was_stated = True
    if not group_was_stated:
        return True
    return patient_has_its_change(use, codes)


def patient_has_its_change(use: dict[str, Any], codes: list[str]) -> bool:
    """Whether one of the changes that the use needs is among those the patient named."""
    for gene in use["mutations"]:
        for code in codes:
            if code.upper() == gene:
                return True
    return False


def satisfies_all(use: dict[str, Any], answers: dict[str, Any]) -> bool:
    """One single use satisfies every stated answer."""
    if not counts_today(use):
        return False
    if not satisfies_hormone_receptor(use, answers.get("hormone_receptor")):
        return False
    if not satisfies_her2(use, answers.get("her2")):
        return False
    if not satisfies_setting(use, answers.get("setting")):
        return False
    return satisfies_mutation(use, answers.get("mutation") or [])


def place_of(use: dict[str, Any], codes: list[str]) -> str:
    """Needs a change the patient has; can be first; after other treatment (from ``line``)."""
    if patient_has_its_change(use, codes):
        return HAS_ITS_CHANGE
    if use["line"] == "later":
        return AFTER_OTHERS
    return CAN_BE_FIRST


def is_marked(use: dict[str, Any], codes: list[str]) -> bool:
    """The use needs a change, and none of those it needs was stated."""
    if not use["mutations"]:
        return False
    return not patient_has_its_change(use, codes)


def the_list(medicines: list[dict[str, Any]], answers: dict[str, Any]) -> list[Listed]:
    """What the page lists, in its order. ``answers`` must not contradict each other."""
    a_to_z = sorted(medicines, key=lambda medicine: medicine["brand"].lower())
    codes = answers.get("mutation") or []
    if nothing_is_stated(answers):
        everything = []
        for medicine in a_to_z:
            keys = [use["key"] for use in medicine["uses"] if counts_today(use)]
            everything.append(Listed(medicine["brand"], tuple(keys), marked=False))
        return everything
    in_order = []
    for place in (HAS_ITS_CHANGE, CAN_BE_FIRST, AFTER_OTHERS):
        already = [line.brand for line in in_order]
        for medicine in a_to_z:
            why = [use for use in medicine["uses"] if satisfies_all(use, answers)]
            stands_here = False
            for use in why:
                if place_of(use, codes) == place:
                    stands_here = True
            if stands_here and medicine["brand"] not in already:
                marked = True
                for use in why:
                    if not is_marked(use, codes):
                        marked = False
                keys = tuple(use["key"] for use in why)
                in_order.append(Listed(medicine["brand"], keys, marked))
    return in_order


def names(medicines: list[dict[str, Any]], answers: dict[str, Any]) -> list[str]:
    """Only the brands of the list, in its order."""
    return [line.brand for line in the_list(medicines, answers)]


def low_hint(medicines: list[dict[str, Any]], answers: dict[str, Any], result: str) -> list[str]:
    """For `her2=negative`: brands A to Z that only `result` (low or ultralow) would list."""
    if answers.get("her2") != "negative":
        return []
    listed = names(medicines, answers)
    would_be = names(medicines, {**answers, "her2": result})
    return sorted((brand for brand in would_be if brand not in listed), key=str.lower)


def what_can_change(answers: dict[str, Any]) -> list[dict[str, Any]]:
    """Answers with another setting, or with a gene test that found nothing taken as not done.

    Each differs from ``answers`` in that alone; receptor and HER2 are never dropped or changed.
    """
    offers = []
    if answers.get("setting"):
        for setting in ("early", "neoadjuvant", "adjuvant", "locally-advanced", "metastatic"):
            if setting != answers["setting"]:
                offers.append({**answers, "setting": setting})
    codes = answers.get("mutation") or []
    # `none` says both of these at once, and taking one back leaves the other.
    brca_negative = "no-brca" in codes or "none" in codes
    tumor_negative = "no-tumor" in codes or "none" in codes
    changes = [code for code in codes if code not in ("no-brca", "no-tumor", "none")]
    if brca_negative:
        rest = [*changes, "no-tumor"] if tumor_negative else changes
        offers.append({**answers, "mutation": rest})
    if tumor_negative:
        rest = [*changes, "no-brca"] if brca_negative else changes
        offers.append({**answers, "mutation": rest})
    return offers


def speaks_of(code: str) -> list[str]:
    """The tests that an answer to `mutation` speaks of."""
    if code == "none":
        return ["inherited", "tumor"]
    if code in ("brca1", "brca2", "no-brca"):
        return ["inherited"]
    return ["tumor"]


def with_answer(answers: dict[str, Any], name: str, code: str) -> dict[str, Any]:
    """``answers`` when `code` is chosen as well, or in place of the one answer there was.

    Whatever contradicts the answer is taken away. `none` says two things: when a change found by
    one test contradicts it, the other test still found nothing.
    """
    if name != "mutation":
        return {**answers, name: code}
    kept = []
    for known in answers.get("mutation") or []:
        if known == "none" and contradicts({"mutation": [known, code]}):
            kept.append("no-tumor" if speaks_of(code) == ["inherited"] else "no-brca")
        elif not contradicts({"mutation": [known, code]}):
            kept.append(known)
    return {**answers, "mutation": [*kept, code]}


def with_test_not_done(answers: dict[str, Any], test: str) -> dict[str, Any]:
    """``answers`` when nothing is said about one of the two gene tests."""
    kept = []
    for known in answers.get("mutation") or []:
        if known == "none":
            kept.append("no-tumor" if test == "inherited" else "no-brca")
        elif speaks_of(known) != [test]:
            kept.append(known)
    return {**answers, "mutation": kept}
