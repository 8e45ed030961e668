"""Read models and outcomes as JSON objects.

An object has the fields of its dataclass in their order, `repeat` in the second place, with
stored times as ISO 8601. What differs (fewer fields, another order, other names) is described where
the commands of its room stand; what several rooms print is described here. A
command imports what describes all that it prints: those of other rooms it does not import.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any, TypeVar

from inventui.engine.cases.models import Roll
from inventui.engine.core.models import NeighbourCard, PlayerCard
from inventui.engine.inventory.models import ItemLine, RefusedItem
from inventui.rules.cases.odds import OddsEntry
from inventui.rules.cases.waiting import Wait
from inventui.rules.core.clock import to_iso
from inventui.rules.core.refusal import Refusal

Document = dict[str, object]
T = TypeVar("T")
Source = str | Callable[[T], object]

_TIMES = frozenset({"at", "since", "until", "begins", "ends", "available_from"})
_TIME_ENDINGS = ("_at", "_until")

Form = tuple[str | Callable[[Any], Document] | None, Mapping[str, Source[Any]]]

FORMS: dict[type, Form] = {}
"""The form and the sources of each described dataclass."""


def describe(kind: type[T], form: str | Callable[[T], Document], **sources: Source[T]) -> None:
    """Say how objects of a dataclass are printed.

    Args:
        kind: the dataclass.
        form: the fields in their order, one with a question mark being left out where it is
            None; or a function that makes the whole document.
        sources: where a field comes from that is no attribute of its name: the path of
            an attribute, which is None as soon as a part of it is, or a function of the object.
    """
    FORMS[kind] = form, sources


def document(found: object) -> Document:
    """A dataclass as a JSON object; nested values are left for `plain`."""
    form, sources = form_of(type(found))
    if callable(form):
        return form(found)
    result: Document = {}
    for name in _names(type(found)) if form is None else form.split():
        key = name.removesuffix("?")
        value = _value(found, sources.get(key, key))
        if value is not None or key == name:
            result[key] = value
    return result


def form_of(kind: type) -> Form:
    """The form and the sources of a dataclass: all fields, where nothing describes it."""
    return FORMS.get(kind, (None, {}))


def plain(value: object) -> object:
    """A value that `json` can't write as one that it can: its `default`."""
    if is_dataclass(value):
        return document(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, (frozenset, set)):
        return sorted(value)
    return str(value)


def _names(kind: Any) -> list[str]:
    names = [field.name for field in fields(kind)]
    if "repeat" in names:
        names.insert(1, names.pop(names.index("repeat")))
    return names


def _value(found: object, source: Source[Any]) -> object:
    if not isinstance(source, str):
        return source(found)
    value, name = found, ""
    for name in source.split("."):
        value = getattr(value, name)
        if value is None:
            return None
    timed = name in _TIMES or name.endswith(_TIME_ENDINGS)
    return to_iso(value) if timed and isinstance(value, int) else value


describe(Refusal, Refusal.as_json)
describe(Wait, "mean half nine_tenths all_but_one")
describe(RefusedItem, lambda one: {"id": one.id, **one.refusal.as_json()})
describe(PlayerCard, "id name rank experience oranges gems", rank="standing.rank")
describe(NeighbourCard, "id name rank experience oranges gems", rank="standing.rank")
describe(ItemLine, "id name category rarity value status locked acquired_at held_until?")
describe(Roll, "nonce ticket entry value rarity item_id server_seed_hash client_seed odds_hash")
describe(
    OddsEntry,
    "name value rarity parts_per_million item group",
    parts_per_million="parts",
    item=lambda entry: entry.item or None,
    group=lambda entry: entry.group or None,
)
