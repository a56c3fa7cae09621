"""What an editor and a reviewer read of the difference between two texts."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from drugs.models import Drug, DrugClass, DrugSideEffect, DrugSource, TrialResult
from education.models import Article
from tests.education import bodies
from tests.factories import (
    ArticleFactory,
    DrugClassFactory,
    DrugFactory,
    SideEffectFactory,
    indication,
    published_article,
    published_drug,
)
from tgsite.editorial.comparing import comparison
from tgsite.editorial.models import EditorialModel


def shown(before: EditorialModel, after: EditorialModel) -> BeautifulSoup:
    """The comparison as the screens show it."""
    context = {"comparison": comparison(before, after)}
    return BeautifulSoup(render_to_string("editorial/_comparison.html", context), "html.parser")


def text(before: EditorialModel, after: EditorialModel) -> str:
    """Its words, with those that went in [-…-] and those that came in [+…+]."""
    document = shown(before, after)
    for tag in document.find_all(["del", "ins"]):
        sign = "-" if tag.name == "del" else "+"
        tag.replace_with(f"[{sign}{tag.get_text()}{sign}]")
    return " ".join(document.get_text(" ").split())


def draft(entry: EditorialModel, **changes: Any) -> Any:
    """A saved draft of ``entry`` with ``changes``, as its revision gives it back."""
    copy = type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy.save_revision(clean=False).as_object()


def latest(entry: EditorialModel) -> Any:
    """The last saved text, read anew."""
    return type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()


def latest_live(entry: EditorialModel) -> Any:
    """The text that is live."""
    row = type(entry).objects.get(pk=entry.pk)
    assert row.live_revision is not None
    return row.live_revision.as_object()


def test_two_equal_texts_have_no_difference(starter_content: None) -> None:
    for model in (Drug, Article):
        for entry in model.objects.all():
            assert comparison(entry, entry.get_latest_revision_as_object()) == []


def test_changed_words_are_marked_in_place(drug: Drug) -> None:
    before = draft(drug, summary="Taken every 3 weeks at home.")
    after = draft(drug, summary="Taken every 4 weeks at home.")
    assert "Taken every [-3-] [+4+] weeks at home." in text(before, after)


def test_a_set_of_codes_shows_its_labels(drug: Drug) -> None:
    rows = list(latest(drug).indications.all())
    rows[0].her2 = ("low",)
    after = draft(drug, indications=rows)
    found = text(latest_live(drug), after)
    assert "Changed: Metastatic HER2-positive breast cancer" in found
    assert "[-HER2-positive-]" in found and "[+HER2-low+]" in found
    assert "Setting" not in found


def test_lists_are_compared_line_by_line(drug: Drug) -> None:
    before = draft(drug, call_911="chest pain\ntrouble breathing\nfainting")
    after = draft(drug, call_911="chest pain\nbad trouble breathing")
    items = [item.decode_contents() for item in shown(before, after).select(".changes__text li")]
    assert items == ["chest pain", "<ins>bad </ins>trouble breathing", "<del>fainting</del>"]


def test_a_choice_and_a_tick_are_shown_in_words(drug: Drug) -> None:
    row = latest(drug).indications.all()[0]
    row.line, row.confirmed, row.approved_on = "first", False, "2021"
    after = draft(drug, indications=[row])
    found = text(latest_live(drug), after)
    assert "[-yes-] [+no+]" in found
    assert "[-2020-01-02-] [+2021+]" in found
    assert "first" in found and "None" not in found and "True" not in found


def test_a_row_is_recognised_after_the_publication_that_gave_it_an_id(drug: Drug) -> None:
    """Without keys the row of the draft, which has no id, is deleted and added again."""
    rows = [*latest(drug).side_effects.all(), DrugSideEffect(effect="nausea", how_common="10")]
    for place, row in enumerate(rows):
        row.sort_order = place
    before = draft(drug, side_effects=rows)
    before.publish(before.latest_revision, starter=True)
    live = Drug.objects.get(pk=drug.pk)
    assert live.side_effects.get(effect="nausea").pk
    assert comparison(before, live) == []
    changed = list(live.side_effects.all())
    changed[1].effect = "sickness and vomiting all day"
    after = draft(drug, side_effects=changed)
    found = text(before, after)
    assert "Changed: sickness and vomiting all day" in found
    assert "Added" not in found and "Removed" not in found


def test_two_rows_that_changed_places_are_not_rewritten(drug: Drug) -> None:
    rows = [DrugSideEffect(effect=name, sort_order=i) for i, name in enumerate("abc")]
    before = draft(drug, side_effects=rows)
    rows = list(latest(drug).side_effects.all())
    for place, row in enumerate([rows[2], rows[0], rows[1]]):
        row.sort_order = place
    found = text(before, draft(drug, side_effects=[rows[2], rows[0], rows[1]]))
    assert found == "Side effects Moved: c"


def test_a_row_removed_above_others_does_not_move_them(drug: Drug) -> None:
    rows = [DrugSideEffect(effect=name, sort_order=i) for i, name in enumerate("abc")]
    before = draft(drug, side_effects=rows)
    after = draft(drug, side_effects=list(before.side_effects.all())[1:])
    found = text(before, after)
    assert "Removed: a" in found and "Moved" not in found and "Added" not in found


def test_another_row_with_other_words_is_no_change_of_the_first(drug: Drug) -> None:
    before = draft(drug, side_effects=[DrugSideEffect(effect="rash", sort_order=0)])
    after = draft(drug, side_effects=[DrugSideEffect(effect="fever", sort_order=0)])
    found = text(before, after)
    assert "Added: fever" in found and "Removed: rash" in found


def test_trial_figures_and_sources_stand_row_by_row(drug: Drug) -> None:
    values = {"trial": "T-1", "unit": "months", "uses": "a use", "outcome": "time", "source": "L"}
    before = draft(drug, trial_results=[TrialResult(with_value="16.5", **values)])
    trial = latest(drug).trial_results.all()[0]
    trial.with_value = "18.5"
    sources = [*before.sources.all(), DrugSource(title="A new paper", kind="trial")]
    found = text(before, draft(drug, trial_results=[trial], sources=sources))
    assert "Changed: T-1: time" in found
    assert "With the medicine [-16.5-] [+18.5+]" in found
    assert "Added: A new paper" in found
    assert "Trial or journal paper" in found


def test_links_to_other_records_are_named_and_their_order_means_nothing(drug: Drug) -> None:
    one, other = DrugClassFactory(name="Anti-HER2"), DrugClassFactory(name="Conjugates")
    before = draft(drug, classes=[one, other])
    assert comparison(before, draft(drug, classes=[other, one])) == []
    assert "[-Conjugates-]" in text(before, draft(drug, classes=[one]))


def test_a_link_to_a_record_that_is_gone_breaks_nothing(drug: Drug) -> None:
    effect = SideEffectFactory(name="Diarrhea")
    row = DrugSideEffect(effect="loose stools", explained_by=effect)
    before = draft(drug, side_effects=[row])
    row = latest(drug).side_effects.all()[0]
    row.explained_by = None
    after = draft(drug, side_effects=[row])
    assert "[-Diarrhea-]" in text(before, after)
    effect.delete()
    assert "[-deleted since" in text(before, after)


def test_what_no_screen_shows_is_compared_as_well(drug: Drug, monkeypatch: Any) -> None:
    """A clinician signs every field, so every field that changed has to be seen."""
    monkeypatch.setattr("tgsite.editorial.comparing._panels", lambda _screen: iter(()))
    before = latest(drug)
    assert "Other words" in text(before, draft(drug, storage="Other words"))


def test_line_ends_of_a_browser_are_no_change(drug: Drug) -> None:
    before = draft(drug, storage="One.\nTwo.")
    assert comparison(before, draft(drug, storage="One.\r\nTwo.")) == []


BLOCKS = [
    pytest.param(bodies.heading("Old words"), bodies.heading("New words"), "[+New+]", id="heading"),
    pytest.param(
        bodies.text("<p>Same. Old.</p>"), bodies.text("<p>Same. New.</p>"), "[+New+]", id="text"
    ),
    pytest.param(
        bodies.text('<p>Read <a href="/drugs/">this</a>.</p>'),
        bodies.text('<p>Read <a href="/classes/">this</a>.</p>'),
        "[+classes+]",
        id="address-of-a-link",
    ),
    pytest.param(
        bodies.text("<p>Not <b>ever</b>.</p>"),
        bodies.text("<p>Not ever.</p>"),
        "[-**-]",
        id="bold",
    ),
    pytest.param(
        bodies.text("<ul><li>a</li></ul>"),
        bodies.text("<ol><li>a</li></ol>"),
        "1",
        id="list-of-another-kind",
    ),
    pytest.param(bodies.callout(title="Old"), bodies.callout(title="New"), "New", id="callout"),
    pytest.param(bodies.faq(question="Old?"), bodies.faq(question="New?"), "New", id="faq"),
    pytest.param(bodies.emergency("a", "b"), bodies.emergency("b"), "Call", id="emergency"),
    pytest.param(bodies.figure(), bodies.figure(drawing="antibody"), "[+", id="drawing"),
    pytest.param(bodies.table(), bodies.table(rows=(("0", "not known"),)), "not known", id="table"),
]


@pytest.mark.parametrize(("one", "other", "words"), BLOCKS)
def test_a_body_is_compared_block_by_block(db: None, one: Any, other: Any, words: str) -> None:
    article = ArticleFactory()
    stays = bodies.heading("This stays")
    before = draft(article, body=_stored(stays, one))
    assert comparison(before, draft(article, body=_stored(stays, one))) == []
    found = text(before, draft(article, body=_stored(stays, other)))
    assert words in found
    assert "[-" in found or "[+" in found
    assert "Heading: This stays" in found


def _stored(*blocks: bodies.Block) -> list[dict[str, Any]]:
    return [{"type": kind, "value": value} for kind, value in blocks]


def test_the_card_of_a_medicine_that_is_gone_is_compared(db: None) -> None:
    other = DrugFactory(brand_name="Gonemab")
    article = published_article(("drug_card", other.pk))
    before = latest(article)
    assert "[-Card of a medicine: Gonemab" in text(before, draft(article, body=[]))
    other.delete()
    assert "deleted since" in text(before, draft(article, body=[]))


def test_no_text_of_an_editor_becomes_markup(drug: Drug) -> None:
    bad = "<script>alert(1)</script>"
    before = latest(drug)
    uses = [indication(summary=bad)]
    document = shown(before, draft(drug, summary=bad, call_911=bad, indications=uses))
    assert not document.select("script")
    assert bad in document.get_text()


def test_a_comparison_costs_no_query_for_each_row(
    drug: Drug, django_assert_max_num_queries: Any
) -> None:
    rows = [DrugSideEffect(effect=f"effect {n}", sort_order=n) for n in range(40)]
    before = draft(drug, side_effects=rows)
    changed = list(latest(drug).side_effects.all())
    for row in changed:
        row.how_common = "1 in 10"
    after = draft(drug, side_effects=changed)
    with django_assert_max_num_queries(12):
        assert text(before, after).count("Changed:") == 40


def test_classes_are_compared_by_their_steps(db: None) -> None:
    kind = DrugClassFactory(how_it_works="One.\nTwo.")
    before = draft(kind)
    assert "[+Three.+]" in text(before, draft(kind, how_it_works="One.\nTwo.\nThree."))
    assert DrugClass.objects.get(pk=kind.pk).how_it_works == "One.\nTwo."


def test_a_published_medicine_compares_with_another_draft(db: None) -> None:
    entry = published_drug()
    assert "Patient" not in text(latest_live(entry), draft(entry, storage="Cool."))
