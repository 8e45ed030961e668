"""The workshop: what may be fused, the chances, and fusing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from inventui.cli.core import documents, style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.cli.core.parse import whole, word
from inventui.engine.workshop.models import Fused, FusionLine, FusionQuote
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.clock import to_iso
from inventui.rules.core.enums import Currency, Rarity
from inventui.rules.core.money import money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.workshop import FEE_PERCENT, INPUTS, LEAST_FEE, input_words, next_rarity

if TYPE_CHECKING:
    from inventui.engine.world import PlayerHandle

app = typer.Typer()

LATEST = 10
"""Past fusions that are shown."""


@command(
    app,
    "fuse",
    examples=("fuse", "fuse 3 5 8 13 21", "fuse --cheapest common --odds", "fuse --cheapest rare"),
)
def fuse(
    call: CommandRun,
    ids: Annotated[
        list[int] | None,
        typer.Argument(
            metavar="[ID]...",
            parser=whole("ID"),
            help="Five collectibles of one rarity; without any, list how many may be fused.",
        ),
    ] = None,
    cheapest: Annotated[
        Rarity | None,
        typer.Option(
            metavar="RARITY",
            parser=word("--cheapest", Rarity),
            help="Take the five cheapest of a rarity; locked things are never taken.",
        ),
    ] = None,
    odds: Annotated[
        bool, typer.Option("--odds", help="Show fee and chances, and fuse nothing.")
    ] = False,
    key: Key = None,
) -> Outcome:
    """Fuse five collectibles of one rarity into one of the next."""
    if ids and cheapest is not None:
        raise typer.BadParameter("Name things or use --cheapest, not both.")
    player = call.player()
    if isinstance(player, Refusal):
        return player
    if not ids and cheapest is None and not odds and key is None:
        return _overview(player)
    if odds:
        named = ids or [] if cheapest is None else player.workshop.cheapest(cheapest)
        quote = player.workshop.quote(named)
        return quote if isinstance(quote, Refusal) else _chances(quote)
    done = (
        player.workshop.fuse(ids or [], key)
        if cheapest is None
        else player.workshop.fuse_cheapest(cheapest, key)
    )
    if isinstance(done, Refusal):
        return done
    return Answer(
        _document(done),
        lambda page: _show(page, done),
        # The game replays what nobody has seen yet; this has been seen.
        afterwards=lambda: player.reveals.revealed(done.operation),
    )


def _document(done: Fused) -> documents.Document:
    return {
        "operation": done.operation,
        "repeat": done.repeat,
        "fusion": done.fusion,
        "rarity": done.rarity,
        "inputs": list(done.inputs),
        "value": done.value,
        "fee": done.fee,
        "won": done.roll.value,
        "experience_gained": done.experience_gained,
        "rank_up": done.rank_up,
        "at": to_iso(done.at),
        "balance": documents.balance(done.balance),
        "roll": documents.roll(done.roll),
    }


def _show(page: Page, done: Fused) -> None:
    if done.repeat:
        page.say("This was done before; here is what came of it. Nothing has changed.")
    page.say(f"Fused {input_words(done.names)} into")
    page.say(
        style.mark(done.roll.rarity),
        f" {done.roll.entry}, worth {done.roll.value:,}, in your inventory as number "
        f"{done.roll.item_id}.",
    )
    page.say(
        f"The things were worth {done.value:,}, the fee was {done.fee:,}: ",
        style.signed(done.roll.value - done.value - done.fee),
        f". You have {style.money(done.balance)}.",
    )
    page.say(f"Nonce {done.roll.nonce}, ticket {done.roll.ticket}.", style=style.LABEL)
    if done.rank_up:
        page.say(f"You are now {done.rank_up}.", style=style.GOOD)


def _chances(quote: FusionQuote) -> Answer:
    table = quote.odds
    document = {
        "inputs": [
            {**documents.item(one.player_item), "case": one.case or None} for one in quote.inputs
        ],
        "rarity": quote.rarity,
        "result": quote.result,
        "fee": quote.fee,
        "value": quote.value,
        "odds_hash": None if table is None else table.hash,
        "entries": [] if table is None else documents.entries(table),
        "expected_value": None if table is None else table.expected_value,
        "refused": None if quote.refusal is None else quote.refusal.as_json(),
    }
    return Answer(document, lambda page: _show_chances(page, quote))


def _show_chances(page: Page, quote: FusionQuote) -> None:
    if quote.inputs:
        page.table(
            (
                TableColumn("Item", right=True),
                TableColumn(""),
                TableColumn("Name", least=10),
                TableColumn("Worth", right=True),
                TableColumn("Brings", least=12),
            ),
            [
                (
                    str(one.player_item.id),
                    style.mark(one.player_item.rarity),
                    one.player_item.name,
                    one.player_item.value,
                    one.case_name or "nothing",
                )
                for one in quote.inputs
            ],
        )
        page.blank()
    if quote.odds is not None:
        _show_table(page, quote.odds, quote.value)
    if quote.refusal is not None:
        page.say(quote.refusal.message, style=style.BAD)


def _show_table(page: Page, table: OddsTable, value: int) -> None:
    page.table(
        (TableColumn(""), TableColumn("Comes out", least=10), TableColumn("Worth", right=True),
         TableColumn("Chance", right=True)),
        [
            (style.mark(entry.rarity), entry.name, entry.value, style.parts(entry.parts))
            for entry in sorted(table.entries, key=lambda entry: (entry.parts, -entry.value))
        ],
    )  # fmt: skip
    page.blank()
    page.facts(
        [
            ("fee", money_words(table.price, Currency.ORANGES)),
            ("goes in", money_words(value, Currency.ORANGES)),
            ("comes out", f"{float(table.expected_value):,.2f} oranges in the mean"),
            ("odds hash", table.hash),
        ]
    )


def _overview(player: PlayerHandle) -> Answer:
    counts, past = player.workshop.counts(), player.workshop.past(limit=LATEST)
    document = {
        "fusible": {
            str(rarity): {"count": count, "result": next_rarity(rarity)}
            for rarity, count in counts.items()
        },
        "past": [_line(line) for line in past],
    }

    def show(page: Page) -> None:
        page.table(
            (
                TableColumn("Rarity"),
                TableColumn("May be fused", right=True),
                TableColumn("Gives"),
            ),
            [(rarity, count, next_rarity(rarity) or "") for rarity, count in counts.items()],
        )
        page.blank()
        page.say(f"{INPUTS} of one rarity make one of the next: inventui fuse --cheapest common")
        page.say(
            f"The house takes {FEE_PERCENT} % of what comes out in the mean, {LEAST_FEE} at least."
        )
        for line in past:
            page.say(
                f"{style.when(line.at)}  {input_words(line.names)} into {line.entry}",
                style=style.LABEL,
            )

    return Answer(document, show)


def _line(line: FusionLine) -> documents.Document:
    return {
        "fusion": line.id,
        "at": to_iso(line.at),
        "rarity": line.rarity,
        "names": list(line.names),
        "fee": line.fee,
        "entry": line.entry,
        "value": line.value,
        "result": line.result,
        "item_id": line.item_id,
    }
