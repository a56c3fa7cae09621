"""Minor edits: what a managing editor may publish without a clinician, decided by machine."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drugs.models import Drug, DrugForm, DrugSource
from education.models import Article
from tests.conftest import Page
from tests.editorial.admin_form import address_of, form_data, submit
from tests.editorial.people import (
    approved,
    author,
    client_of,
    manager,
    reviewer,
    signed,
    submitted,
)
from tests.editorial.states import public_state
from tests.education.bodies import Block, emergency
from tests.factories import (
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    indication,
    publish,
    published_article,
    published_drug,
)
from tgsite.editorial import minor
from tgsite.editorial.models import ContentVersion, Publication

pytestmark = pytest.mark.django_db

BEFORE = "This medicine helps your body find the cells. Tell your team how you feel, please."
PUBLISH = "action-publish"


def reasons(after: str, before: str = BEFORE, field: str = "how_it_works") -> list[str]:
    """Why the change of one field of a medicine is not minor."""
    return minor.reasons_against(Drug(**{field: before}), Drug(**{field: after}))


# --- The rule


@pytest.mark.parametrize(
    "after",
    [
        BEFORE.replace("helps your body find", "shows your body"),
        BEFORE.replace("please", "pleese"),
        BEFORE.replace("Tell your team how", "Let your team know how"),
        BEFORE.replace("This medicine", "It"),
        BEFORE.replace("feel, please.", "feel."),
    ],
    ids=["rephrased", "typo", "verb", "pronoun", "comma"],
)
def test_small_change_of_prose_is_minor(after: str) -> None:
    assert reasons(after) == []


@pytest.mark.parametrize(
    "after",
    [
        BEFORE.replace("helps", "helps 2 of"),
        BEFORE.replace("find the", "find two"),
        BEFORE.replace("helps", "does not help"),
        BEFORE.replace("helps", "doesn't help"),
        BEFORE.replace("helps", "doesn\u2019t help"),
        BEFORE.replace("helps", "never helps"),
        BEFORE.replace("Tell your team", "Tell your team before"),
        BEFORE.replace("how you feel", "every week"),
        BEFORE.replace("Tell your team", "Stop and tell your team"),
        BEFORE.replace("the cells", "HER2-positive cells"),
        BEFORE.replace("please", "see https://example.org"),
        BEFORE.replace("please", "see www.example"),
        BEFORE.replace("please", "see example.org"),
        BEFORE.replace("cells", "cells <5"),
        BEFORE.replace(" Tell your team how you feel, please.", ""),
        BEFORE + " Call your team.",
        BEFORE.replace(". Tell", ".\nTell"),
        "",
        BEFORE.replace("cells", "III cells"),
        BEFORE.replace("cells", "½ cells"),
        BEFORE.replace("cells", "PTEN cells"),
        BEFORE.replace("please", "safe, please"),
        BEFORE.replace("cells", "liver"),
        BEFORE.replace("please", "full"),
    ],
    ids=[
        "digit",
        "number-word",
        "not",
        "contraction",
        "curly-contraction",
        "never",
        "order",
        "time",
        "stop",
        "biomarker",
        "link",
        "www",
        "domain",
        "sign",
        "sentence-gone",
        "sentence-new",
        "line-new",
        "emptied",
        "roman",
        "fraction",
        "gene",
        "strength",
        "organ",
        "stomach",
    ],
)
def test_what_may_carry_a_fact_is_never_minor(after: str) -> None:
    assert reasons(after)


def test_medicine_names_are_never_minor(drug: Drug) -> None:
    """B5: a name of any medicine that the guide knows, in any part."""
    assert reasons(BEFORE.replace("This medicine", "Herceptin"))
    assert reasons(BEFORE.replace("This medicine", "Trastuzumab"))
    assert reasons(BEFORE, BEFORE.replace("This medicine", "herceptin"))


def test_terms_of_the_glossary_are_never_minor() -> None:
    assert reasons(BEFORE.replace("helps", "gamma")) == []
    publish(GlossaryTermFactory(term="Gamma knife", slug="gamma-knife"))
    assert reasons(BEFORE.replace("helps", "gamma"))


def test_word_is_never_turned_into_its_opposite() -> None:
    assert reasons("It is unpleasant.", "It is pleasant.")
    assert reasons("It is pleasant.", "It is unpleasant.")


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("boxed_warnings", "", "Severe yellowing"),
        ("boxed_warnings", "Rash", ""),
        ("storage", "Keep it in the box.", "Keep it in a box."),
        ("call_team_now", "A rash", "A rush"),
        ("targets", "PIK", ""),
    ],
    ids=["list-begun", "list-emptied", "label", "emergency", "name-gone"],
)
def test_what_rests_on_the_label_is_never_minor(field: str, before: str, after: str) -> None:
    assert minor.reasons_against(Drug(**{field: before}), Drug(**{field: after}))


def test_twenty_changed_words_are_minor_and_twenty_one_are_not() -> None:
    old = " ".join(f"alpha{'b' * n}" for n in range(40))
    for changed, is_minor in ((20, True), (21, False)):
        words = old.split()
        words[:changed] = [f"gamma{'d' * n}" for n in range(changed)]
        assert (reasons(" ".join(words), old) == []) is is_minor


def test_words_are_counted_over_the_whole_entry() -> None:
    old = " ".join(f"alpha{'b' * n}" for n in range(15))
    new = " ".join(f"gamma{'d' * n}" for n in range(15))
    before = Drug(how_it_works=old, cost_note=old)
    assert minor.reasons_against(before, Drug(how_it_works=new, cost_note=old)) == []
    assert minor.reasons_against(before, Drug(how_it_works=new, cost_note=new))


def test_slug_aliases_and_internal_notes_are_not_clinical(drug: Drug) -> None:
    after = Drug.objects.get(pk=drug.pk)
    after.slug, after.search_aliases, after.internal_notes = "new", "a 1\nb", "Note 7."
    assert minor.reasons_against(drug, after) == []


CHANGED_FACTS: dict[str, dict[str, Any]] = {
    "use-added": {"indications": [indication(), indication(summary="Another")]},
    "source-address": {
        "sources": [DrugSource(title="T", url="https://example.org/b", kind="charity")]
    },
    "route": {"forms": [DrugForm(route="oral")]},
    "fever-rule": {"fever_rule": False},
    "date": {"first_approval_on": "2020-01-02"},
    "sign-gone": {"call_team_now": "new cough"},
    "waits-for-check": {"unconfirmed": ("storage",)},
}


@pytest.mark.parametrize("changes", CHANGED_FACTS.values(), ids=CHANGED_FACTS)
def test_change_of_a_fact_is_never_minor(changes: dict[str, Any]) -> None:
    row = {"call_team_now": "new cough\nrash", "forms": [DrugForm(route="iv-infusion")]}
    source = DrugSource(title="T", url="https://example.org/a", kind="charity")
    before = published_drug(**row, sources=[source])
    after = before.live_revision.as_object()
    for name, value in changes.items():
        setattr(after, name, value)
    assert minor.reasons_against(before.live_revision.as_object(), after)


@pytest.mark.parametrize(
    ("block", "is_minor"),
    [
        (("text", "<p>Ask your nurse about it.</p>"), True),
        (("text", "<p>Ask <b>your</b> doctor about it.</p>"), False),
        (("text", '<p>Ask your <a href="/learn/">doctor</a> about it.</p>'), False),
        (("text", "<p>Ask your doctor about it twice.</p>"), False),
        (("heading", "Ask your doctor about it."), False),
    ],
    ids=["word", "bold", "link", "number-word", "other-block"],
)
def test_body_of_an_article_is_compared_text_by_text(
    block: tuple[str, str], is_minor: bool
) -> None:
    before = published_article(("text", "<p>Ask your doctor about it.</p>"))
    after = before.live_revision.as_object()
    after.body = Article._meta.get_field("body").to_python([{"type": block[0], "value": block[1]}])
    found = minor.reasons_against(before.live_revision.as_object(), after)
    assert (found == []) is is_minor


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            emergency("x", call_911=("wheezing badly",)),
            emergency("x", call_911=("coughing badly",)),
        ),
        (emergency("wheezing badly"), emergency("coughing badly")),
        (("trial", {"medicine": 1, "trial": "alpha"}), ("trial", {"medicine": 1, "trial": "beta"})),
    ],
    ids=["911", "team", "trial"],
)
def test_what_is_read_in_an_emergency_or_names_a_record_is_never_minor(
    before: Block, after: Block
) -> None:
    one, other = (Article(body=[{"type": kind, "value": value}]) for kind, value in (before, after))
    assert minor.reasons_against(one, other)


PLAIN = st.sampled_from(["bench", "gently", "nurse", "often-seen", "window", "please", "kindly"])
LOADED = st.one_of(
    st.integers(0, 999).map(str),
    st.sampled_from(sorted(minor.NEGATIONS | minor.AMOUNTS)),
    st.sampled_from(["isn't", "3-weekly", "10%", "HER2", "www.x.org", "a@b.org"]),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PLAIN, max_size=12), st.lists(PLAIN, max_size=12), LOADED, st.booleans())
def test_no_loaded_word_comes_or_goes_by_a_minor_edit(
    before: list[str], after: list[str], loaded: str, comes: bool
) -> None:
    """Whatever else changes around it, in upper or lower case."""
    plain = " ".join(before)
    with_it = " ".join([*after[:5], loaded.upper() if comes else loaded, *after[5:]])
    pair = (plain, with_it) if comes else (with_it, plain)
    assert reasons(pair[1], pair[0])


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="abc 12.<>/!\n\u2019'", max_size=60), st.text(max_size=60))
def test_no_text_makes_the_rule_stumble(before: str, after: str) -> None:
    assert reasons(before, before) == []
    assert isinstance(reasons(after, before), list)


# --- The road


def minor_edit(user: Any, drug: Drug, **changes: str) -> Any:
    """Change the form of ``drug`` as ``user`` and press the button."""
    return submit(client_of(user), address_of(drug), PUBLISH, **changes)


@pytest.fixture
def guide() -> Drug:
    """A live medicine with a text to correct."""
    return published_drug(how_it_works=BEFORE, slug="corrected")


def test_minor_edit_is_public_at_once_and_keeps_the_review(guide: Drug, page: Page) -> None:
    entry = signed(guide, manufacturer="Roche")
    stamp = (entry.reviewed_by, entry.reviewed_on, entry.review_due)
    minor_edit(manager(), entry, how_it_works=BEFORE.replace("helps", "lets"), change_note="Typo.")
    entry = Drug.objects.get(pk=entry.pk)
    assert "lets your body find" in page(entry.get_absolute_url()).get_text()
    assert (entry.reviewed_by, entry.reviewed_on, entry.review_due) == stamp
    publication = Publication.of(entry).first()
    assert (publication.kind, publication.note) == ("minor", "Typo.")


def test_minor_edit_of_an_unreviewed_entry_keeps_its_notice(guide: Drug, page: Page) -> None:
    """A1, A7."""
    minor_edit(manager(), guide, how_it_works=BEFORE.replace("helps", "lets"), change_note="Typo.")
    text = page(guide.get_absolute_url()).get_text()
    assert "lets your body find" in text
    assert "Not yet reviewed by a clinician" in text


def test_more_than_a_minor_edit_is_kept_as_a_draft_with_the_reason(guide: Drug) -> None:
    before, version = public_state(guide), ContentVersion.current()
    changed = BEFORE.replace("helps", "does not help")
    response = minor_edit(manager(), guide, how_it_works=changed, change_note="Why.")
    assert "clinician has to review this first" in response.text
    assert "More than a minor edit: how it works" in response.text
    assert public_state(guide) == before
    assert ContentVersion.current() == version
    assert Drug.objects.get(pk=guide.pk).get_latest_revision_as_object().how_it_works == changed


def test_minor_edit_never_carries_a_colleague_s_draft(guide: Drug) -> None:
    """Stock publishes the latest draft, with whatever an author left in it."""
    submit(client_of(author()), address_of(guide), how_it_works=BEFORE.replace("cells", "cell"))
    before = public_state(guide)
    client = client_of(manager())
    assert PUBLISH not in client.get(address_of(guide)).text
    response = submit(
        client,
        address_of(guide),
        PUBLISH,
        summary="A medicine for our tests.",
        change_note="Typo.",
    )
    assert "A colleague&#x27;s draft is in this text" in response.text
    assert public_state(guide) == before


def test_draft_of_a_claim_hidden_behind_a_minor_edit_is_refused(guide: Drug) -> None:
    """The words of the whole text are compared with the site, not those of the last save."""
    mona = manager()
    submit(client_of(mona), address_of(guide), how_it_works="It cures 9 of 10 people.")
    before = public_state(guide)
    minor_edit(mona, guide, cost_note="", change_note="Typo.")
    assert public_state(guide) == before


def test_minor_edit_that_was_saved_can_be_published_later(guide: Drug) -> None:
    """The form saves itself while one writes: the button is still there when it is opened again."""
    mona = manager()
    words = BEFORE.replace("helps", "lets")
    submit(client_of(mona), address_of(guide), how_it_works=words)
    assert Drug.objects.get(pk=guide.pk).how_it_works == BEFORE
    assert PUBLISH in client_of(mona).get(address_of(guide)).text
    minor_edit(mona, guide, change_note="Typo.")
    assert Drug.objects.get(pk=guide.pk).how_it_works == words


def test_many_minor_edits_do_not_add_up_to_a_large_one(guide: Drug) -> None:
    """Twenty words since a clinician read the text, not since the last edit."""
    mona = manager()
    old, new = (" ".join(f"{word}{'b' * n}" for n in range(30)) for word in ("alpha", "gamma"))
    signed(guide, how_it_works=old)
    half = " ".join([*new.split()[:15], *old.split()[15:]])
    minor_edit(mona, guide, how_it_works=half, change_note="Typo.")
    assert Drug.objects.get(pk=guide.pk).how_it_works == half
    response = minor_edit(mona, guide, how_it_works=new, change_note="Typo.")
    assert "30 words" in response.text
    assert Drug.objects.get(pk=guide.pk).how_it_works == half


def test_minor_edit_takes_no_review_from_another_text(guide: Drug) -> None:
    """A later text was signed for a day and then given up: its signature is not this one's."""
    day = timezone.localdate()
    entry = signed(guide, how_it_works=BEFORE)
    Drug.objects.filter(pk=entry.pk).update(reviewed_on=day - timedelta(days=90))
    task_state = submitted(
        entry, author(), summary="Later.", go_live_at=timezone.now() + timedelta(days=30)
    )
    approved(task_state, reviewer("rolf"))
    entry = Drug.objects.get(pk=guide.pk)
    scheduled = entry.scheduled_revision
    scheduled.approved_go_live_at = None
    scheduled.save()
    mona = manager()
    entry.live_revision.as_object().save_revision(user=mona)
    words = BEFORE.replace("helps", "lets")
    minor_edit(mona, guide, how_it_works=words, change_note="Typo.", go_live_at="", expire_at="")
    entry = Drug.objects.get(pk=guide.pk)
    assert entry.how_it_works == words
    assert entry.reviewed_on == day - timedelta(days=90)
    assert entry.reviewed_by.slug == "rita"


def test_note_of_a_minor_edit_says_no_fact(guide: Drug) -> None:
    """It is public and nobody else reads it first."""
    before = public_state(guide)
    response = minor_edit(
        manager(),
        guide,
        how_it_works=BEFORE.replace("helps", "lets"),
        change_note="It cures every cancer: stop your other medicines.",
    )
    assert "these words of it may carry a fact: cures, every, stop" in response.text
    assert public_state(guide) == before


def test_draft_of_a_colleague_that_was_given_up_does_not_stand_in_the_way(guide: Drug) -> None:
    submit(client_of(author()), address_of(guide), summary="Half a thought")
    mona = manager()
    assert PUBLISH not in client_of(mona).get(address_of(guide)).text
    Drug.objects.get(pk=guide.pk).live_revision.as_object().save_revision(user=mona)
    words = BEFORE.replace("helps", "lets")
    minor_edit(mona, guide, how_it_works=words, change_note="Typo.")
    assert Drug.objects.get(pk=guide.pk).how_it_works == words


def test_without_the_live_version_there_is_no_minor_edit(guide: Drug) -> None:
    """Wagtail's purge keeps the latest version of an entry, and not the live one."""
    submit(client_of(author()), address_of(guide), summary="A draft.")
    call_command("purge_revisions", stdout=StringIO())
    assert Drug.objects.get(pk=guide.pk).live_revision is None
    response = client_of(manager()).get(address_of(guide))
    assert response.status_code == 200
    assert PUBLISH not in response.text


def test_minor_edit_cannot_be_scheduled(guide: Drug) -> None:
    entry = guide.live_revision.as_object()
    entry.how_it_works = BEFORE.replace("helps", "lets")
    entry.go_live_at = timezone.now() + timezone.timedelta(days=1)
    mona = manager()
    revision = entry.save_revision(user=mona)
    with pytest.raises(ValidationError, match="Only a text that a clinician approved"):
        revision.publish(user=mona)
    assert not Drug.objects.get(pk=guide.pk).approved_schedule


def test_minor_edit_waits_while_the_text_is_under_review(guide: Drug) -> None:
    submitted(guide, author(), manufacturer="Roche")
    before = public_state(guide)
    response = minor_edit(manager(), guide, how_it_works="Changed.", change_note="Typo.")
    assert "could not be saved as it is locked" in response.text
    assert public_state(guide) == before


@pytest.mark.parametrize("make", [DrugFactory, DrugClassFactory])
def test_entry_that_was_never_live_has_no_minor_edit(make: Any) -> None:
    entry = make()
    mona = manager()
    client = client_of(mona)
    assert PUBLISH not in client.get(address_of(entry)).text
    data = form_data(client.get(address_of(entry)))
    client.post(address_of(entry), data | {PUBLISH: "1"}, follow=True)
    assert not type(entry).objects.get(pk=entry.pk).live


def test_author_who_forges_a_minor_edit_saves_a_draft(guide: Drug) -> None:
    before = public_state(guide)
    minor_edit(author(), guide, how_it_works=BEFORE.replace("helps", "lets"), change_note="Typo.")
    assert public_state(guide) == before


def test_edit_screen_offers_each_role_its_own_buttons(guide: Drug) -> None:
    def buttons(user: Any) -> list[str]:
        screen = BeautifulSoup(client_of(user).get(address_of(guide)).content, "html.parser")
        return sorted(str(one["name"]) for one in screen.select("[name^=action-]"))

    assert buttons(author()) == ["action-submit"]
    assert buttons(manager()) == [PUBLISH, "action-submit"]
    publish(guide, cost_note="Live and unreviewed.")
    assert buttons(manager("mia")) == [PUBLISH, "action-submit"]
