"""What the commands about packs print."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from inventui.cli.core import style
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.documents import describe
from inventui.engine.packs.models import CatalogueChange, PackDetail, PackLayer, PacksChanged

if TYPE_CHECKING:
    from inventui.content.advice import Advice

MOST_ADVICE = 10
"""Most lines of one kind of advice."""

MOST_LINES = 20
"""Of more that are added or gone, of a kind, only the number is printed."""

LONGEST = 60
"""Most characters of a value in a list of differences."""

describe(PackLayer, "id version digest layer plain newer")
describe(
    PackDetail,
    "id version digest layer plain newer name author description files tables",
    **{name: f"layer.{name}" for name in ("id", "version", "digest", "layer", "plain", "newer")},
)
describe(
    CatalogueChange,
    "kind id name change fields",
    fields=lambda change: {
        name: {"before": before, "after": after} for name, (before, after) in change.fields.items()
    },
)
describe(PacksChanged, "packs changes dry_run")


def show_layers(page: Page, layers: Sequence[PackLayer]) -> None:
    """A world's packs, the first lowest."""
    page.table(
        layers,
        TableColumn("Layer", lambda layer: layer.layer, right=True),
        TableColumn("Pack", lambda layer: layer.id, least=8),
        TableColumn("Version", lambda layer: layer.version or "unknown"),
        TableColumn("Digest", lambda layer: layer.digest, drop=1, least=12),
        TableColumn("", lambda layer: "another version: packs diff" if layer.newer else "", drop=2),
    )


def show_detail(page: Page, detail: PackDetail) -> None:
    """One pack."""
    layer = detail.layer
    page.heading(detail.name or layer.id)
    if detail.description:
        page.say(detail.description)
    page.blank()
    page.facts(
        [
            ("pack", layer.id),
            ("version", layer.version or "unknown"),
            ("author", detail.author or "unknown"),
            ("layer", str(layer.layer)),
            ("ids", "as they are" if layer.plain else f"after {layer.id}:"),
            ("digest", layer.digest),
            *[(name, f"{count:,}") for name, count in detail.tables.items()],
            *[("file", f"{name}, {size:,} bytes") for name, size in detail.files.items()],
        ]
    )


def show_changes(page: Page, done: PacksChanged) -> None:
    """What became, or would become, different in the catalogue."""
    if not done.changes:
        page.say("The catalogue stays as it is.")
    many = Counter((change.change, change.kind) for change in done.changes if not change.fields)
    for (how, kind), count in many.items():
        if count > MOST_LINES:
            page.say(f"{how:<8}{count:,} {kind}s", style=style.BAD if how == "gone" else "")
    for change in done.changes:
        if many[change.change, change.kind] > MOST_LINES:
            continue
        page.say(
            f"{change.change:<8}{change.kind} {change.id} ({change.name})",
            style=style.BAD if change.change == "gone" else "",
        )
        for field, (before, after) in change.fields.items():
            if isinstance(before, Mapping) and isinstance(after, Mapping):
                _show_rows(page, field, before, after)
            else:
                page.say(f"          {field}: {_short(before)} → {_short(after)}")
    if any(change.change == "gone" for change in done.changes):
        page.say("What is gone can't be got any more; players keep what they have of it.")
    if done.dry_run:
        page.say("Nothing was changed.")


def _show_rows(
    page: Page, field: str, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    """What differs in a table of a field, a line a row."""
    rows = list({**before, **after})
    for row in rows[:MOST_LINES]:
        one = "entry" if field == "entries" else field
        page.say(f"          {one} {row}: {_short(before.get(row))} → {_short(after.get(row))}")
    if len(rows) > MOST_LINES:
        page.say(f"          {field}: {len(rows) - MOST_LINES:,} more, all of them with --json")


def show_advice(page: Page, advice: Sequence["Advice"]) -> None:
    """Advice by kind; what is said alike of several cases or items is said once."""
    kinds: dict[str, dict[str, list[str]]] = {}
    for one in advice:
        kinds.setdefault(one.kind, {}).setdefault(one.message, []).append(one.subject)
    for kind, messages in kinds.items():
        for message, subjects in list(messages.items())[:MOST_ADVICE]:
            more = f" and {len(subjects) - 1:,} more" * (len(subjects) > 1)
            page.say(f"{kind}: {subjects[0]}{more}: {message}", style=style.LABEL)
        if len(messages) > MOST_ADVICE:
            rest = len(messages) - MOST_ADVICE
            page.say(f"{kind}: {rest:,} more, all of them with --json", style=style.LABEL)


def _short(value: Any) -> str:
    text = "nothing" if value in (None, "") else " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
