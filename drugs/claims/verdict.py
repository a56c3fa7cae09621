"""Whether the records bear out what a sentence says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from drugs.choices import INHERITED_MUTATIONS, Her2Status, HormoneReceptor, Route, Setting
from drugs.claims import words
from drugs.claims.reading import Mood, Statement
from drugs.claims.records import Record
from drugs.matching import HER2_ANSWERS, SETTING_ANSWERS, Use

EARLY = SETTING_ANSWERS["early"]
SETTINGS = SETTING_ANSWERS | {words.ADVANCED: frozenset({"locally-advanced", "metastatic"})}


def contradiction(statement: Statement) -> str:
    """What the records say instead, for an editor; empty text if they bear the statement out.

    Of a subject that means several medicines, one that bears it out is enough.
    """
    records = statement.subject.records
    if not records or statement.mood is Mood.REPORTED:
        return ""
    if statement.denied:
        return _of_denial(statement) if statement.mood is Mood.NOW else ""
    for value in sorted(statement.values):
        enough = all if statement.subject.all else any
        if not enough(_has(record, value, statement.mood) for record in records):
            return _without(statement, value)
    if statement.mood is Mood.NOW:
        for value in sorted(statement.only):
            beyond = [_beyond(record, value) for record in records]
            if any(beyond):
                return _("The record of %(name)s also has: “%(more)s”.") % {
                    "name": statement.subject.label,
                    "more": next(filter(None, beyond)),
                }
    asked = _of_a_use(statement.values)
    if not any(_has_in_one_use(record, asked, statement.mood) for record in records):
        return _("No single use in the record of %(name)s is for all of it: %(values)s.") % {
            "name": statement.subject.label,
            "values": ", ".join(label(value) for value in sorted(statement.values)),
        }
    return ""


def _of_denial(statement: Statement) -> str:
    asked = _of_a_use(statement.values)
    for record in statement.subject.records if asked else ():
        for use in record.uses:
            if use.is_current and all(
                any(meets(use, value) for value in values) for values in asked.values()
            ):
                return _("The record of %(name)s has the use: “%(use)s”.") % {
                    "name": record.name,
                    "use": use.summary,
                }
    return ""


def _of_a_use(values: Iterable[words.Value]) -> dict[str, list[words.Value]]:
    """What is said of the cancer, by question."""
    asked: dict[str, list[words.Value]] = defaultdict(list)
    for value in values:
        if value[0] in words.OF_A_USE:
            asked[value[0]].append(value)
    return asked


def _has(record: Record, value: words.Value, mood: Mood) -> bool:
    axis, code = value
    if axis == words.ROUTE:
        return bool(record.routes & words.ROUTES[code])
    if axis == words.STATUS:
        if code == words.ENDED:
            return record.lost_a_use or not record.is_approved
        return record.is_approved or mood is Mood.PAST
    uses = _uses(record, mood)
    if axis in words.OF_A_USE:
        return any(meets(use, value) for use in uses)
    if code == words.STAGES:
        settings = {one for use in uses for one in use.setting}
        return bool(settings & EARLY) and Setting.METASTATIC in settings
    return {Her2Status.POSITIVE, Her2Status.NEGATIVE} <= {one for use in uses for one in use.her2}


def _has_in_one_use(record: Record, asked: dict[str, list[words.Value]], mood: Mood) -> bool:
    """Whether one use meets everything; of a question with several answers nothing is known."""
    if not asked or any(len(values) > 1 for values in asked.values()):
        return True
    together = [value for values in asked.values() for value in values]
    return any(all(meets(use, value) for value in together) for use in _uses(record, mood))


def _uses(record: Record, mood: Mood) -> list[Use]:
    known = (*record.uses, *record.uses_of_others)
    return [use for use in known if use.is_current or (mood is Mood.PAST and use.confirmed)]


def meets(use: Use, value: words.Value) -> bool:
    """Whether a use is for the cancer that is spoken of, by the rules of the finder."""
    axis, code = value
    if axis == words.HER2:
        return not use.her2.isdisjoint(HER2_ANSWERS[code])
    if axis == words.HORMONE_RECEPTOR:
        return use.hormone_receptor in (HormoneReceptor.ANY, code)
    if axis == words.SETTING:
        return not use.setting.isdisjoint(SETTINGS[code])
    return not _mutations(code).isdisjoint(use.mutations)


def _beyond(record: Record, value: words.Value) -> str:
    """What the record has that is not ``value``, in words; empty text if that is all."""
    axis, code = value
    if axis == words.ROUTE:
        return ", ".join(_route(one) for one in sorted(record.routes - words.ROUTES[code]))
    if axis not in words.OF_A_USE:
        return ""
    found = (use for use in record.uses if use.is_current and _is_for_more(use, value))
    return next((use.summary for use in found), "")


def _is_for_more(use: Use, value: words.Value) -> bool:
    """Whether a use is for others than ``value`` as well."""
    if not meets(use, value):
        return True
    axis, code = value
    if axis == words.HORMONE_RECEPTOR:
        return use.hormone_receptor == HormoneReceptor.ANY
    return axis == words.MUTATION and not _mutations(code).issuperset(use.mutations)


def _mutations(code: str) -> frozenset[str]:
    return frozenset(INHERITED_MUTATIONS) if code == words.BRCA else frozenset({code.upper()})


def _without(statement: Statement, value: words.Value) -> str:
    axis, code = value
    name = statement.subject.label
    if axis == words.ROUTE:
        routes = sorted(
            {_route(one) for record in statement.subject.records for one in record.routes}
        )
        return _("By the record %(name)s is given as: %(routes)s.") % {
            "name": name,
            "routes": ", ".join(routes),
        }
    if axis == words.STATUS:
        if code == words.ENDED:
            return _("The record of %(name)s has a use that is approved today.") % {"name": name}
        return _("The record of %(name)s has no use for breast cancer that is approved today.") % {
            "name": name
        }
    return _("The record of %(name)s has no approved use for: %(value)s.") % {
        "name": name,
        "value": label(value),
    }


def no_use_for(value: words.Value) -> str:
    """What is said of a use whose words and codes differ."""
    return _("What is ticked for this use does not have: %(value)s.") % {"value": label(value)}


def _route(code: str) -> str:
    return str(Route(code).label).lower() if code in Route.values else code


def label(value: words.Value) -> str:
    """A value in the words of the admin."""
    axis, code = value
    if axis == words.HER2:
        return str(Her2Status(code).label)
    if axis == words.HORMONE_RECEPTOR:
        return str(HormoneReceptor(code).label)
    if axis == words.MUTATION:
        return code.upper()
    if axis == words.SETTING and code in (words.EARLY, words.ADVANCED):
        return _("Early cancer") if code == words.EARLY else _("Advanced cancer")
    if axis == words.SETTING:
        return str(Setting(code).label)
    return {words.STAGES: _("all stages"), words.TYPES: _("all types of breast cancer")}.get(
        code, code
    )
