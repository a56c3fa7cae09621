"""How fresh every entry is: one table over all kinds, and the reviews due by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, QuerySet, TextChoices
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from tgsite.editorial import reminders, review
from tgsite.editorial.models import EditorialModel, SignOff, entry_models
from tgsite.editorial.reports.base import (
    EditAddresses,
    Report,
    RowChoice,
    RowFilterSet,
    kind_choices,
)
from tgsite.editorial.reports.chart import ReviewChart

SOON = timedelta(days=reminders.DAYS_BEFORE)


class State(TextChoices):
    """Where an entry stands between two reviews."""

    NEVER = "never", gettext_lazy("Never reviewed")
    OVERDUE = "overdue", gettext_lazy("Overdue")
    SOON = "soon", gettext_lazy("Due in 30 days")
    IN_ORDER = "in-order", gettext_lazy("In order")
    OFF = "off", gettext_lazy("Not on the site")


@dataclass(frozen=True)
class Freshness:
    """One entry, as the report shows it on the day ``today``."""

    today: date
    kind: str
    kind_name: str
    name: str
    live: bool
    reviewed_on: date | None
    reviewed_by: str
    review_due: date | None
    last_published: datetime | None
    last_saved: datetime | None
    has_draft: bool
    is_waiting: bool
    has_notice: bool
    owner_id: int | None
    owner: str
    edit_url: str

    @property
    def state(self) -> State:
        """Where it stands."""
        if not self.live:
            return State.OFF
        if self.review_due is None:
            return State.NEVER
        if self.review_due < self.today:
            return State.OVERDUE
        return State.SOON if self.review_due <= self.today + SOON else State.IN_ORDER

    @property
    def state_name(self) -> str:
        """In words."""
        return str(self.state.label)

    @property
    def days_overdue(self) -> int | None:
        """Days since the review was due; none unless it is overdue."""
        if self.state != State.OVERDUE or self.review_due is None:
            return None
        return (self.today - self.review_due).days


def freshness(user: Any) -> list[Freshness]:
    """Every entry, by kind and name: the same number of queries however many there are."""
    today = timezone.localdate()
    edit = EditAddresses(user)
    waiting = set(
        review.waiting()
        .values_list("workflow_state__base_content_type", "workflow_state__object_id")
        .order_by()
    )
    people = {one.pk: one for one in get_user_model().objects.all()}

    def row(model: type[EditorialModel], content_type: int, values: dict[str, Any]) -> Freshness:
        # Who sent the signed text to review owns it; before any signature, who saved last.
        owner = people.get(values["sent_by"] or values["saved_by"])
        return Freshness(
            today=today,
            kind=model._meta.label_lower,
            kind_name=capfirst(str(model._meta.verbose_name)),
            name=values["entry_name"] or "",
            live=values["live"],
            reviewed_on=values["reviewed_on"],
            reviewed_by=values["reviewer"] or "",
            review_due=values["review_due"],
            last_published=values["last_published_at"],
            last_saved=values["saved"],
            has_draft=values["has_unpublished_changes"],
            is_waiting=(content_type, str(values["pk"])) in waiting,
            has_notice=bool(values["safety_notice"]),
            owner_id=owner.pk if owner else None,
            owner=_name(owner) if owner else "",
            edit_url=edit.of(model, values["pk"]),
        )

    types = {model: ContentType.objects.get_for_model(model).pk for model in entry_models()}
    return [
        row(model, content_type, values)
        for model, content_type in types.items()
        for values in _values(model)
    ]


def _values(model: type[EditorialModel]) -> QuerySet[Any, dict[str, Any]]:
    """The columns of one kind, without the texts."""
    return model.objects.order_by(model.name_field).values(
        "pk",
        "live",
        "reviewed_on",
        "review_due",
        "last_published_at",
        "has_unpublished_changes",
        "safety_notice",
        entry_name=F(model.name_field),
        reviewer=F("reviewed_by__name"),
        saved=F("latest_revision__created_at"),
        saved_by=F("latest_revision__user"),
        sent_by=SignOff.sender_of_last(model),
    )


def _name(user: Any) -> str:
    name = user.get_full_name() or user.get_username()
    return name if user.is_active else _("%(name)s (has left)") % {"name": name}


def _owners() -> list[tuple[str, str]]:
    return [(str(user.pk), _name(user)) for user in get_user_model().objects.order_by("username")]


class FreshnessFilterSet(RowFilterSet):
    """Kind, state and owner."""

    kind = RowChoice(label=gettext_lazy("Kind"), choices=kind_choices)
    state = RowChoice(label=gettext_lazy("State"), choices=State.choices)
    owner = RowChoice(field_name="owner_id", label=gettext_lazy("Owner"), choices=_owners)


class _YesColumn(Column):
    """Says yes, or nothing: to have no draft is no fault that wants a cross."""

    def get_value(self, instance: Freshness) -> str:
        """The word."""
        return _("yes") if super().get_value(instance) else ""


class FreshnessReport(Report):
    """Every entry with its review dates, the most urgent to be found by the filters."""

    page_title = gettext_lazy("Freshness")
    header_icon = "time"
    template_name = "editorial/reports/freshness.html"
    index_url_name = "editorial_reports:freshness"
    index_results_url_name = "editorial_reports:freshness_results"
    export_filename = "freshness"
    filterset_class = FreshnessFilterSet
    default_ordering = "review_due"
    columns = [
        TitleColumn(
            "name",
            label=gettext_lazy("Name"),
            sort_key="name",
            get_url=lambda row: row.edit_url or None,
        ),
        Column("kind_name", label=gettext_lazy("Kind"), sort_key="kind_name"),
        Column("state_name", label=gettext_lazy("State"), sort_key="state_name"),
        _YesColumn("live", label=gettext_lazy("Live"), sort_key="live"),
        Column("reviewed_on", label=gettext_lazy("Reviewed on"), sort_key="reviewed_on"),
        Column("reviewed_by", label=gettext_lazy("By"), sort_key="reviewed_by"),
        Column("review_due", label=gettext_lazy("Due"), sort_key="review_due"),
        Column("days_overdue", label=gettext_lazy("Days overdue"), sort_key="days_overdue"),
        DateColumn("last_published", label=gettext_lazy("Published"), sort_key="last_published"),
        DateColumn("last_saved", label=gettext_lazy("Saved"), sort_key="last_saved"),
        _YesColumn("has_draft", label=gettext_lazy("Draft"), sort_key="has_draft"),
        _YesColumn("is_waiting", label=gettext_lazy("In review"), sort_key="is_waiting"),
        _YesColumn("has_notice", label=gettext_lazy("Safety notice"), sort_key="has_notice"),
        Column("owner", label=gettext_lazy("Owner"), sort_key="owner"),
    ]
    list_export = [column.name for column in columns]

    def rows(self) -> list[Freshness]:
        """Every entry."""
        return freshness(self.request.user)

    @cached_property
    def chart(self) -> ReviewChart:
        """The reviews of all live entries, whatever the filters say."""
        return ReviewChart.of(
            (row.review_due for row in self.all_rows if row.live), timezone.localdate()
        )
