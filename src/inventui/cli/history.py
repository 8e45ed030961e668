"""History: what happened to a player, and a player item's way from its roll or purchase to now."""

from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from inventui.cli.core import documents, style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.cli.core.paging import After, Limit, check_limit
from inventui.cli.core.parse import whole, word
from inventui.engine.history.feed_models import FeedPage
from inventui.engine.history.models import ItemHistory
from inventui.rules.core.clock import to_iso
from inventui.rules.core.refusal import Refusal
from inventui.rules.history import Topic

app = typer.Typer()


@command(app, "history", examples=("history", "history --kind people --limit 20", "history 12"))
def history(
    call: CommandRun,
    item: Annotated[
        int | None,
        typer.Argument(
            metavar="ITEM_ID", parser=whole("ITEM_ID"), help="A thing; without one, your own story."
        ),
    ] = None,
    kind: Annotated[
        Topic | None,
        typer.Option(metavar="KIND", parser=word("--kind", Topic), help=", ".join(Topic) + "."),
    ] = None,
    limit: Limit = 50,
    after: After = None,
) -> Outcome:
    """Show what happened to you, or to a thing since it was made."""
    if item is not None and (kind is not None or after is not None):
        raise typer.BadParameter("--kind and --after go with your own story, not with a thing.")
    player = check_limit(limit) or call.player()
    if isinstance(player, Refusal):
        return player
    if item is None:
        return _feed(player.feed.page(kind, after, limit))
    found = player.history.of(item)
    if isinstance(found, Refusal):
        return found
    document = {
        "item": documents.item(found.item),
        "events": [
            {
                "at": to_iso(event.at),
                "from": event.from_status,
                "to": event.to_status,
                "event": event.event,
                "operation": event.operation,
                "kind": event.kind,
                "player": event.player,
                "item_id": event.item_id,
            }
            for event in found.events
        ],
        "origin": dict(found.origin),
    }
    return Answer(document, lambda page: _show(page, found))


def _feed(found: FeedPage) -> Answer:
    document = {
        "events": [
            {
                "operation": line.operation,
                "at": to_iso(line.at),
                "kind": line.kind,
                "words": line.words,
                "mine": line.mine,
                "other": line.other or None,
                "oranges": line.oranges,
                "gems": line.gems,
                "experience": line.experience,
                "things": [
                    {
                        "id": player_item.item_id,
                        "name": player_item.name,
                        "rarity": player_item.rarity,
                        "event": player_item.event,
                    }
                    for player_item in line.player_items
                ],
                "more": line.more,
                "message": line.message,
            }
            for line in found.lines
        ],
        "next": found.next,
    }
    return Answer(document, lambda page: _show_feed(page, found))


def _show_feed(page: Page, found: FeedPage) -> None:
    if not found.lines:
        page.say("Nothing of the kind has happened yet.")
        return
    page.table(
        (
            TableColumn("At (UTC)", drop=2),
            TableColumn("What", least=32),
            TableColumn("Things", least=12, drop=1),
            TableColumn("Oranges", right=True),
            TableColumn("Gems", right=True, drop=3),
            TableColumn("Operation", right=True, drop=4),
        ),
        [
            (
                style.when(line.at),
                line.words,
                ", ".join(player_item.name for player_item in line.player_items)
                + ("…" if line.more else ""),
                style.signed(line.oranges) if line.oranges else "",
                style.signed(line.gems) if line.gems else "",
                str(line.operation),
            )
            for line in found.lines
        ],
    )
    if found.next is not None:
        page.blank()
        page.say(f"For the next page add --after {found.next}.", style=style.LABEL)


def _show(page: Page, found: ItemHistory) -> None:
    line = found.item
    page.say(style.mark(line.rarity), " ", line.name, f", worth {line.value:,}, {line.status}")
    page.blank()
    page.table(
        (
            TableColumn("At (UTC)", drop=1),
            TableColumn("Event"),
            TableColumn("From", drop=2),
            TableColumn("To"),
            TableColumn("Player", least=6),
            TableColumn("Operation", drop=3, right=True),
            TableColumn("Item", drop=4, right=True),
        ),
        [
            (
                style.when(event.at),
                event.event.replace("_", " "),
                event.from_status or "–",
                event.to_status,
                event.player,
                str(event.operation),
                str(event.item_id),
            )
            for event in found.events
        ],
    )
    page.blank()
    page.heading("Origin")
    page.facts(list(_flat(found.origin)))


def _flat(origin: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in origin.items():
        if isinstance(value, Mapping):
            yield from _flat(value)
        elif value is not None:
            amount = name in ("price_paid", "parts_per_million")
            yield name.replace("_", " "), f"{value:,}" if amount else str(value)
