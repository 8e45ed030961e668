"""History: a player's feed, and the journal of one player item."""

from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe
from inventui.cli.core.output import answer
from inventui.cli.core.paging import After, Limit
from inventui.cli.core.parse import choice, number_argument
from inventui.engine.history.feed_models import FeedItem, FeedLine, FeedPage
from inventui.engine.history.models import HistoryEvent, ItemHistory
from inventui.room import Topic

app = typer.Typer()

describe(FeedPage, "events next", events="lines")
describe(
    FeedLine,
    "operation at kind words mine other oranges gems experience things more message",
    other=lambda line: line.other or None,
    things="player_items",
)
describe(FeedItem, "id name rarity event", id="item_id")
describe(
    HistoryEvent,
    "at from to event operation kind player item_id",
    **{"from": "from_status", "to": "to_status"},
)


def _one_story(item: int | None, kind: Topic | None, after: int | None, **_: object) -> None:
    if item is not None and (kind is not None or after is not None):
        raise typer.BadParameter("--kind and --after go with your own story, not with a thing.")


@command(
    app,
    "history",
    examples=("history", "history --kind people --limit 20", "history 12"),
    usage=_one_story,
)
def history(
    player: PlayerHandle,
    item: Annotated[
        int | None, number_argument("ITEM_ID", "A thing; without one, your own story.")
    ] = None,
    kind: Annotated[
        Topic | None, choice("--kind", Topic, metavar="KIND", help=", ".join(Topic) + ".")
    ] = None,
    limit: Limit = 50,
    after: After = None,
) -> Outcome:
    """Show what happened to you, or to a thing since it was made."""
    if item is None:
        return answer(player.feed.page(kind, after, limit), _show_feed)
    return answer(player.history.of(item), _show)


def _show_feed(page: Page, found: FeedPage) -> None:
    if not found.lines:
        page.say("Nothing of the kind has happened yet.")
        return

    def items(line: FeedLine) -> str:
        return ", ".join(item.name for item in line.player_items) + ("…" if line.more else "")

    page.table(
        found.lines,
        TableColumn("At (UTC)", lambda line: style.when(line.at), drop=2),
        TableColumn("What", lambda line: line.words, least=32),
        TableColumn("Things", items, least=12, drop=1),
        TableColumn(
            "Oranges", lambda line: style.signed(line.oranges) if line.oranges else "", right=True
        ),
        TableColumn(
            "Gems", lambda line: style.signed(line.gems) if line.gems else "", right=True, drop=3
        ),
        TableColumn("Operation", lambda line: str(line.operation), right=True, drop=4),
    )
    if found.next is not None:
        page.blank()
        page.onward(found.next)


def _show(page: Page, found: ItemHistory) -> None:
    line = found.item
    page.say(style.mark(line.rarity), " ", line.name, f", worth {line.value:,}, {line.status}")
    page.blank()
    page.table(
        found.events,
        TableColumn("At (UTC)", lambda event: style.when(event.at), drop=1),
        TableColumn("Event", lambda event: event.event.replace("_", " ")),
        TableColumn("From", lambda event: event.from_status or "–", drop=2),
        TableColumn("To", lambda event: event.to_status),
        TableColumn("Player", lambda event: event.player, least=6),
        TableColumn("Operation", lambda event: str(event.operation), drop=3, right=True),
        TableColumn("Item", lambda event: str(event.item_id), drop=4, right=True),
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
