"""The database itself refuses what no form may let through; fields read and write what they say."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from drugs.choices import Her2Status, Mutation, Setting
from drugs.models import (
    Biosimilar,
    Drug,
    DrugClass,
    DrugForm,
    DrugSideEffect,
    DrugSource,
    Indication,
    LabelSource,
    SideEffectRate,
    SupportProgram,
    TrialResult,
)
from tests.factories import (
    ContributorFactory,
    DrugClassFactory,
    DrugFactory,
    indication,
    publish,
)
from tgsite.editorial.fields import ChoiceSetField, KeyFormField, LinesField, PartialDateField
from tgsite.editorial.models import (
    ContentVersion,
    LoadRecord,
    PublishedSlug,
    SignOff,
)


@pytest.fixture
def drug(db: None) -> Drug:
    """A live medicine, written past the gate: it is the database that is asked here."""
    return DrugFactory(slug="herceptin", brand_name="Herceptin", live=True)


def refused(write: Callable[[], Any]) -> bool:
    """Whether the database refuses ``write``, by its own check."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


# --- Codes

UNKNOWN_CODES = {
    "setting": (Indication, {"setting": ",sometimes,"}),
    "setting-without-commas": (Indication, {"setting": "metastatic"}),
    "setting-in-another-order": (Indication, {"setting": ",metastatic,adjuvant,"}),
    "her2": (Indication, {"her2": ",equivocal,"}),
    "mutations": (Indication, {"mutations": ",ESR1,"}),
    "mutations-of-both-groups": (Indication, {"mutations": ",BRCA1,PTEN,"}),
    "status": (Indication, {"status": "rumoured"}),
    "status-empty": (Indication, {"status": ""}),
    "hormone-receptor": (Indication, {"hormone_receptor": "maybe"}),
    "line": (Indication, {"line": "last"}),
    "date-of-withdrawal-of-a-current-use": (Indication, {"withdrawn_on": "2011-11-18"}),
    "route": (DrugForm, {"route": "by-mouth"}),
    "group": (DrugSideEffect, {"group": "odd"}),
    "kind": (DrugClass, {"kind": "colour"}),
    "drawing": (DrugClass, {"drawing": "no-such"}),
    "reserved-slug": (Drug, {"slug": "compare"}),
    "reserved-slug-of-a-class": (DrugClass, {"slug": "feed"}),
}


@pytest.mark.parametrize(("model", "values"), UNKNOWN_CODES.values(), ids=UNKNOWN_CODES)
def test_database_refuses_an_update_to_an_unknown_code(
    drug: Drug, model: type[models.Model], values: dict[str, Any]
) -> None:
    publish(DrugClassFactory())
    assert model.objects.exists()
    assert refused(lambda: model.objects.update(**values))


UNKNOWN_ROWS = {
    "status": lambda drug: indication(drug=drug, status="rumoured"),
    "setting": lambda drug: indication(drug=drug, setting=("sometimes",)),
    "her2": lambda drug: indication(drug=drug, her2=("equivocal",)),
    "both-gene-groups": lambda drug: indication(drug=drug, mutations=("BRCA2", "AKT1")),
    "route": lambda drug: DrugForm(drug=drug, route="by-mouth"),
    "group": lambda drug: DrugSideEffect(drug=drug, effect="itch", group="odd"),
}


@pytest.mark.parametrize("make", UNKNOWN_ROWS.values(), ids=UNKNOWN_ROWS)
def test_database_refuses_new_rows_with_an_unknown_code(
    drug: Drug, make: Callable[[Drug], models.Model]
) -> None:
    row = make(drug)
    assert refused(lambda: type(row).objects.bulk_create([row]))


def test_database_refuses_a_raw_save_with_an_unknown_code(drug: Drug) -> None:
    row = Indication.objects.get(drug=drug)
    row.status = "rumoured"
    assert refused(row.save)


@pytest.mark.parametrize("setting", [[], ["metastatic"], list(Setting.values)])
def test_database_takes_every_set_of_known_codes(drug: Drug, setting: list[str]) -> None:
    row = indication(drug=drug, setting=setting)
    row.save()
    assert Indication.objects.get(pk=row.pk).setting == tuple(setting)


# --- Live entries

BROKEN_LIVE = {
    "no-brand-name": {"brand_name": ""},
    "no-generic-name": {"generic_name": ""},
    "no-slug": {"slug": None},
    "empty-slug": {"slug": ""},
    "review-without-reviewer": {
        "reviewed_on": date(2026, 1, 1),
        "review_due": date(2026, 7, 1),
    },
    "date-of-review-only": {"reviewed_on": date(2026, 1, 1)},
    "due-date-only": {"review_due": date(2026, 1, 1)},
}


@pytest.mark.parametrize("values", BROKEN_LIVE.values(), ids=BROKEN_LIVE)
def test_database_refuses_an_incomplete_live_medicine(drug: Drug, values: dict[str, Any]) -> None:
    """A2, A3: a review has a person, a day and a due date, or is no review."""
    assert refused(lambda: Drug.objects.filter(pk=drug.pk).update(**values))


@pytest.mark.parametrize("values", [{"name": ""}, {"slug": ""}, {"slug": None}])
def test_database_refuses_an_incomplete_live_class(db: None, values: dict[str, Any]) -> None:
    publish(DrugClassFactory())
    assert refused(lambda: DrugClass.objects.update(**values))


def test_database_refuses_to_put_a_nameless_draft_live(db: None) -> None:
    draft = DrugFactory()
    Drug.objects.filter(pk=draft.pk).update(brand_name="", slug=None)
    assert refused(lambda: Drug.objects.filter(pk=draft.pk).update(live=True))


@pytest.mark.parametrize("due", [date(2026, 1, 1), date(2025, 12, 31)], ids=["same-day", "before"])
def test_database_refuses_a_review_due_before_it_was_made(drug: Drug, due: date) -> None:
    values = {"reviewed_by": ContributorFactory(), "reviewed_on": date(2026, 1, 1)}
    assert refused(lambda: Drug.objects.update(**values, review_due=due))


def test_database_refuses_a_reviewer_without_dates(drug: Drug) -> None:
    reviewer = ContributorFactory()
    assert refused(lambda: Drug.objects.update(reviewed_by=reviewer))


def test_database_takes_a_whole_review(drug: Drug) -> None:
    whole = {"reviewed_by": ContributorFactory(), "reviewed_on": date(2026, 1, 1)}
    assert not refused(lambda: Drug.objects.update(**whole, review_due=date(2026, 7, 1)))


def test_drafts_may_be_without_slug(db: None) -> None:
    for _number in range(2):
        Drug.objects.create(brand_name="", generic_name="", live=False)
    assert Drug.objects.filter(slug=None).count() == 2


# --- What is there once

KEYED_ROWS = {
    "use": lambda: indication(),
    "form": lambda: DrugForm(route="oral-tablet"),
    "side-effect": lambda: DrugSideEffect(effect="itch"),
    "biosimilar": lambda: Biosimilar(brand_name="Ogivri", generic_name="trastuzumab-dkst"),
    "support-program": lambda: SupportProgram(name="Help"),
    "label": lambda: LabelSource(what="Label", set_id=uuid.uuid4()),
    "source": lambda: DrugSource(title="Label"),
    "trial-result": lambda: TrialResult(
        trial="T", unit="months", uses="u", outcome="o", source="s"
    ),
    "side-effect-rate": lambda: SideEffectRate(trial="T", unit="people", effect="e", source="s"),
}


@pytest.mark.parametrize("make", KEYED_ROWS.values(), ids=KEYED_ROWS)
def test_database_refuses_one_key_twice_in_a_medicine(
    drug: Drug, make: Callable[[], models.Model]
) -> None:
    key = uuid.uuid4()
    rows = [make(), make()]
    for row in rows:
        row.drug, row.key = drug, key
    assert refused(lambda: type(rows[0]).objects.bulk_create(rows))


def test_one_key_may_stand_in_two_medicines(drug: Drug) -> None:
    row = DrugSource(drug=DrugFactory(), title="Label", key=drug.sources.get().key)
    assert not refused(row.save)


def test_database_refuses_a_slug_twice(drug: Drug) -> None:
    other = DrugFactory()
    assert refused(lambda: Drug.objects.filter(pk=other.pk).update(slug=drug.slug))


def test_database_refuses_an_old_address_of_two_entries(drug: Drug) -> None:
    publish(publish(drug, slug="second"), slug="third")
    assert refused(lambda: PublishedSlug.objects.update(slug="first"))


def test_database_refuses_a_second_content_version(db: None) -> None:
    assert refused(lambda: ContentVersion.objects.create(pk=2))


def test_database_refuses_two_load_records_of_one_entry(db: None) -> None:
    record = {"kind": "drugs.Drug", "slug": "herceptin", "digest": "x", "live": True}
    LoadRecord.objects.create(**record, object_id=1)
    assert refused(lambda: LoadRecord.objects.create(**record, object_id=2))


def test_database_refuses_to_delete_a_reviewer(drug: Drug) -> None:
    person = ContributorFactory()
    Drug.objects.update(
        reviewed_by=person, reviewed_on=date(2026, 1, 1), review_due=date(2026, 7, 1)
    )
    with pytest.raises(models.ProtectedError):
        person.delete()


# --- ChoiceSetField

SETTINGS = ChoiceSetField(codes=Setting.choices)
GENES = ChoiceSetField(codes=Mutation.choices, blank=True)
ROUND_TRIPS = {
    "tuple": ("adjuvant", "metastatic"),
    "list": ["adjuvant", "metastatic"],
    "other-order": ["metastatic", "adjuvant"],
    "repeated": ["adjuvant", "metastatic", "adjuvant"],
    "set": {"metastatic", "adjuvant"},
    "column": ",adjuvant,metastatic,",
    "text-without-outer-commas": "metastatic,adjuvant",
}


@pytest.mark.parametrize("value", ROUND_TRIPS.values(), ids=ROUND_TRIPS)
def test_set_of_codes_is_kept_in_the_order_of_the_list(drug: Drug, value: Any) -> None:
    row = indication(drug=drug, setting=value)
    row.save()
    row.refresh_from_db()
    assert row.setting == ("adjuvant", "metastatic")


@pytest.mark.parametrize("value", ["", None, [], ()], ids=repr)
def test_empty_set_is_empty_text_in_the_column(value: Any) -> None:
    assert SETTINGS.to_python(value) == ()
    assert SETTINGS.get_prep_value(SETTINGS.to_python(value)) == ""


def test_set_of_codes_survives_a_revision(drug: Drug) -> None:
    codes = ("neoadjuvant", "adjuvant")
    publish(drug, indications=[indication(setting=codes, mutations=("BRCA1", "BRCA2"))])
    row = Indication.objects.get(drug=drug)
    assert (row.setting, row.mutations) == (codes, ("BRCA1", "BRCA2"))
    revised = Drug.objects.get(pk=drug.pk).get_latest_revision_as_object().indications.get()
    assert (revised.setting, revised.mutations) == (codes, ("BRCA1", "BRCA2"))


@pytest.mark.parametrize(
    ("code", "found"),
    [("low", True), ("ultralow", True), ("negative", False)],
)
def test_lookup_finds_a_whole_code_only(drug: Drug, code: str, found: bool) -> None:
    Indication.objects.update(her2=",low,ultralow,")
    assert Indication.objects.filter(her2__contains=f",{code},").exists() is found


def test_code_inside_a_longer_code_is_not_found(drug: Drug) -> None:
    Indication.objects.update(her2=",ultralow,")
    assert not Indication.objects.filter(her2__contains=",low,").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [(SETTINGS, ["sometimes"]), (SETTINGS, []), (GENES, ["brca1"]), (GENES, ["BRCA1", "ESR1"])],
    ids=["unknown", "empty", "other-case", "one-of-two-unknown"],
)
def test_set_with_an_unknown_code_or_none_is_refused(
    field: ChoiceSetField, value: list[str]
) -> None:
    with pytest.raises(ValidationError):
        field.clean(value, None)


def test_empty_set_passes_where_blank_is_allowed() -> None:
    assert GENES.clean([], None) == ()


def test_labels_come_in_the_order_of_the_list() -> None:
    field = ChoiceSetField(codes=Her2Status.choices)
    assert field.labels(("negative", "low")) == ["HER2-low", "HER2-negative"]


def test_set_field_is_the_same_after_a_migration() -> None:
    _name, _path, args, kwargs = GENES.deconstruct()
    again = ChoiceSetField(*args, **kwargs)
    assert (again.codes, again.max_length) == (GENES.codes, GENES.max_length)


def test_form_of_a_set_refuses_an_unknown_code() -> None:
    with pytest.raises(ValidationError):
        SETTINGS.formfield().clean(["sometimes"])


# --- LinesField


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (" one \n\n  two\n", "one\ntwo"),
        (["one", " ", "two "], "one\ntwo"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("", ""),
        (None, ""),
        ("\n \t\n", ""),
    ],
    ids=["spaces", "list", "other-line-ends", "empty", "none", "blank-lines"],
)
def test_lines_lose_blank_lines_and_outer_spaces(value: Any, kept: str) -> None:
    assert LinesField().to_python(value) == kept


def test_lines_are_cleaned_when_an_entry_is_published(drug: Drug) -> None:
    publish(drug, call_911="  chest pain \n\n seizure\n")
    assert Drug.objects.get(pk=drug.pk).call_911.splitlines() == ["chest pain", "seizure"]


# --- PartialDateField


@pytest.mark.parametrize("value", ["2026-05-15", "2026-05", "2026", "2024-02-29", ""])
def test_date_known_in_part_is_kept_as_written(drug: Drug, value: str) -> None:
    field = PartialDateField(blank=True)
    assert field.clean(value, None) == value
    drug.first_approval_on = value
    drug.save()
    drug.refresh_from_db()
    assert drug.first_approval_on == value


@pytest.mark.parametrize(
    "value",
    [
        "2026-13",
        "2026-00",
        "2026-05-32",
        "2026-5-1",
        "15.05.2026",
        "May 2026",
        "26",
        "2026-05-15T00:00",
        "2026-05-",
        "2026-02-30",
        "2025-02-29",
        "2026\n",
        "\uff12\uff10\uff12\uff16",
    ],
    ids=ascii,
)
def test_text_that_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        PartialDateField().clean(value, None)


# --- KeyField


def test_new_rows_of_a_form_get_keys_of_their_own() -> None:
    field = KeyFormField(required=False)
    assert field.clean("") != field.clean("")


def test_posted_key_is_kept() -> None:
    key = uuid.uuid4()
    assert KeyFormField(required=False).clean(str(key)) == key


def test_text_that_is_no_key_is_refused() -> None:
    with pytest.raises(ValidationError):
        KeyFormField(required=False).clean("row-1")


def test_signature_without_the_text_under_it_is_refused(drug: Drug) -> None:
    signature = SignOff(
        entry=drug,
        digest="0" * 64,
        reviewer=ContributorFactory(),
        signed_as="Rita Person, MD",
        signed_at=timezone.now(),
        due=date(2999, 1, 1),
    )
    assert refused(signature.save)
